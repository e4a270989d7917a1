package dev.pitcrew.app.assess;

import dev.pitcrew.app.assess.Assessment.Suppressed;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Family;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An assessment as JUnit XML, as CI servers show test results: a suite for each family, a failed test for each finding, a passed one for each check that found nothing, and
/// what is suppressed as skipped. A test's name has no line, so that it is the same test when lines move.
public final class JUnitReport {
    private final Assessment assessment;
    private final StringBuilder suites = new StringBuilder();
    private int tests;
    private int failures;
    private int skipped;

    private JUnitReport(Assessment assessment) {
        this.assessment = assessment;
    }

    /// The text of it.
    ///
    /// @param checks that ran
    public static String of(Assessment assessment, List<Check> checks) {
        var report = new JUnitReport(assessment);
        for (Family family : Family.values()) {
            var ids = checks.stream().map(Check::id).filter(id -> id.family() == family).toList();
            if (!ids.isEmpty()) {
                report.suite(family, ids);
            }
        }
        return """
               <?xml version="1.0" encoding="UTF-8"?>
               <testsuites name="pitcrew assess" %s>
               %s</testsuites>"""
                .formatted(counts(report.tests, report.failures, report.skipped), report.suites);
    }

    private void suite(Family family, List<Check.Id> checks) {
        var cases = new ArrayList<String>();
        int failed = 0;
        int left = 0;
        for (Check.Id check : checks) {
            var found = assessment.findings().stream().filter(it -> it.check().equals(check));
            var told = found.map(JUnitReport::failed).toList();
            var hidden =
                    assessment.suppressed().stream()
                            .filter(it -> it.finding().check().equals(check))
                            .map(JUnitReport::skipped)
                            .toList();
            cases.addAll(told);
            cases.addAll(hidden);
            failed += told.size();
            left += hidden.size();
            if (told.isEmpty() && hidden.isEmpty()) {
                cases.add(passed(check));
            }
        }
        suites.append("  <testsuite name=\"%s\" ".formatted(text(family.title())))
                .append(counts(cases.size(), failed, left))
                .append(">\n");
        cases.forEach(suites::append);
        if (tests == 0 && !assessment.problems().isEmpty()) {
            suites.append("    <system-err>Could not be read:\n");
            for (Problem one : assessment.problems()) {
                suites.append(text(one.toString())).append('\n');
            }
            suites.append("</system-err>\n");
        }
        suites.append("  </testsuite>\n");
        tests += cases.size();
        failures += failed;
        skipped += left;
    }

    private static String counts(int tests, int failures, int skipped) {
        return "tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"0\""
                .formatted(tests, failures, skipped);
    }

    private static String failed(Finding one) {
        var details = new StringBuilder(one.place() + " " + one.what() + "\n");
        one.related().forEach(it -> details.append(it.place() + " " + it.what() + "\n"));
        CheckPage.of(one.check())
                .ifPresent(
                        page ->
                                details.append("Why: " + page.inOneLine("Why it matters") + "\n")
                                        .append("Do: " + page.inOneLine("What to do") + "\n"));
        return """
               %s>
                     <failure type="%s" message="%s">%s</failure>
                   </testcase>
               """
                .formatted(
                        testcase(one),
                        one.severity().name().toLowerCase(Locale.ROOT),
                        text(one.what()),
                        text(details.toString()));
    }

    private static String skipped(Suppressed one) {
        return """
               %s>
                     <skipped message="%s"/>
                   </testcase>
               """
                .formatted(testcase(one.finding()), text(one.by().reason()));
    }

    private static String passed(Check.Id check) {
        return "    <testcase classname=\"%s\" name=\"finds nothing\" time=\"0\"/>\n"
                .formatted(text(title(check)));
    }

    private static String testcase(Finding one) {
        Place place = one.place();
        return "    <testcase classname=\"%s\" name=\"%s\" time=\"0\" file=\"%s\" line=\"%d\""
                .formatted(
                        text(title(one.check())),
                        text(place.file() + ": " + one.what()),
                        text(place.file()),
                        place.line());
    }

    private static String title(Check.Id check) {
        return check.code() + " " + check.name();
    }

    /// Without the characters that XML can't hold.
    private static String text(String text) {
        return Html.text(
                text.replaceAll(
                        "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "�"));
    }
}
