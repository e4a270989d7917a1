package dev.pitcrew.app.harden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.fix.ByHand;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.assess.fix.Fixes;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every fix, on the bad example of its check's page; and for every check whether it has one, or why not.
class FixLawsTest {
    static Stream<Check> fixed() {
        return Checks.ALL.stream().filter(check -> Fixes.has(check.id()));
    }

    @Test
    void every_check_has_a_fix_or_a_reason_why_a_person_has_to_mend_it() {
        var all = new TreeSet<String>();
        Checks.ALL.forEach(check -> all.add(check.id().code()));
        var told = new TreeSet<>(Fixes.codes());
        told.addAll(ByHand.codes());

        assertThat(told).isEqualTo(all);
        assertThat(Fixes.codes()).doesNotContainAnyElementsOf(ByHand.codes());
        assertThat(Fixes.codes().size() * 2).isGreaterThan(all.size());
    }

    @Test
    void the_docs_say_how_many_checks_have_a_fix() throws IOException {
        var page = Path.of("docs/harden.md");
        String counts =
                "Of the %d checks, %d have a fix for what their pages show, and %d have none;"
                        .formatted(Checks.ALL.size(), Fixes.codes().size(), ByHand.codes().size());
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(
                    page,
                    Files.readString(page).replaceFirst("Of the [0-9]+ checks, .*?;", counts));
        }

        assertThat(Files.readString(page)).contains(counts);
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void a_fix_takes_its_finding_away_brings_none_and_changes_nothing_the_second_time(Check check) {
        var bad = example(check);

        var first = harden(bad, check, Reach.BEHAVIOUR);

        assertThat(first.mended()).as(() -> "no fix: " + first.byHand()).isNotEmpty();
        assertThat(assess(first.after())).isEmpty();
        assertThat(first.byHand()).isEmpty();
        var second = harden(first.after(), check, Reach.BEHAVIOUR);
        assertThat(second.mended()).isEmpty();
        assertThat(second.changes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void a_fix_keeps_line_ends_and_a_last_line_without_one(Check check) {
        var plain = harden(example(check), check, Reach.BEHAVIOUR);
        var windows =
                harden(
                        each(example(check), text -> text.replace("\n", "\r\n")),
                        check,
                        Reach.BEHAVIOUR);
        var cut = harden(each(example(check), String::stripTrailing), check, Reach.BEHAVIOUR);

        if (!windows.mended().isEmpty()) { // some formats don't know such line ends
            assertThat(windows.after().all())
                    .filteredOn(file -> windows.before().sources().file(file.path()).isPresent())
                    .allSatisfy(
                            file ->
                                    assertThat(file.text().replace("\r\n", ""))
                                            .doesNotContain("\n"));
        }
        assertThat(cut.mended()).hasSameSizeAs(plain.mended());
        for (var file : cut.after().all()) {
            boolean isNew = cut.before().sources().file(file.path()).isEmpty();
            assertThat(file.text().endsWith("\n")).as(file.path()).isEqualTo(isNew);
            assertThat(file.text().strip())
                    .isEqualTo(plain.after().file(file.path()).orElseThrow().text().strip());
        }
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void without_being_asked_nothing_is_made_that_could_change_what_trades(Check check) {
        var safe = harden(example(check), check, Reach.SAFE);

        assertThat(safe.mended()).allMatch(one -> one.fix().reach() == Reach.SAFE);
        assertThat(safe.withheld()).allMatch(one -> one.fix().reach() == Reach.BEHAVIOUR);
        assertThat(safe.mended().size() + safe.withheld().size()).isPositive();
    }

    static List<Check> all() {
        return Checks.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void its_page_says_what_harden_does_about_it(Check check) throws IOException {
        Path page = Path.of("docs/checks", check.id().code() + ".md");
        if ("update".equals(System.getProperty("golden"))) {
            String text = Files.readString(page).replaceFirst("(?s)## Mending\n.*?(?=## )", "");
            Files.writeString(
                    page, text.replaceFirst("(?=## Seen in\n)", quoted(mending(check) + "\n")));
        }

        assertThat(Files.readString(page)).contains(mending(check));
    }

    private static String quoted(String text) {
        return java.util.regex.Matcher.quoteReplacement(text);
    }

    /// What `harden` does with the bad example, with the line that it writes where it is one.
    private static String mending(Check check) {
        String code = check.id().code();
        var reason = ByHand.reason(code);
        if (reason.isPresent()) {
            return "## Mending\nBy hand, because %s.\n".formatted(reason.get());
        }
        var mended = harden(example(check), check, Reach.BEHAVIOUR);
        var lines =
                mended.changes().values().stream()
                        .flatMap(
                                change ->
                                        UnifiedDiff.hunks(change.before(), change.after()).stream())
                        .flatMap(hunk -> hunk.lines().stream())
                        .filter(line -> line.startsWith("+") && !line.contains("`"))
                        .map(line -> line.substring(1).strip())
                        .filter(line -> !line.isEmpty())
                        .toList();
        var first = mended.mended().getFirst().fix();
        String command =
                "`pitcrew harden --check %s%s`"
                        .formatted(
                                code,
                                first.reach() == Reach.BEHAVIOUR ? " --include-behaviour" : "");
        return "## Mending\n%s%s %s\n"
                .formatted(
                        command,
                        lines.size() == 1 ? " writes `" + lines.getFirst() + "`." : " can.",
                        first.effect());
    }

    private static Sources each(Sources sources, java.util.function.UnaryOperator<String> change) {
        return new Sources(
                sources.all().stream()
                        .map(file -> new SourceFile(file.path(), change.apply(file.text())))
                        .toList());
    }

    private static Hardening harden(Sources sources, Check check, Reach reach) {
        return Harden.harden(
                sources, List.of(), List.of(check), LocalDate.EPOCH, false, _ -> true, reach);
    }

    private static List<String> assess(Sources sources) {
        return Harden.harden(
                        sources,
                        List.of(),
                        List.of(),
                        LocalDate.EPOCH,
                        false,
                        _ -> true,
                        Reach.SAFE)
                .before()
                .findings()
                .stream()
                .map(one -> one.check().code() + " " + one.place() + " " + one.what())
                .toList();
    }

    static Sources example(Check check) {
        Map<String, String> files = CheckPage.of(check.id()).orElseThrow().example("Bad");
        return new Sources(
                files.entrySet().stream()
                        .map(file -> new SourceFile(file.getKey(), file.getValue()))
                        .toList());
    }
}
