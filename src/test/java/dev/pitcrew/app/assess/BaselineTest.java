package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.assess.Baseline.Earlier;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.Read.Bad;
import dev.pitcrew.model.Read.Good;
import dev.pitcrew.model.infra.Container;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTest {
    private static final String FORGETFUL =
            """
            services:
              db:
                image: postgres:16.4
                command: ["postgres", "-c", "fsync=off"]
                volumes: [data:/var/lib/postgresql/data]
            volumes: {data: {}}
            """;
    private static final String RULES =
            """
            groups:
              - name: desk
                rules:
                  - {alert: Rejects, expr: vector(1) > 0}
            """;

    /// Says the same of each.
    private static final Check EACH_CONTAINER =
            new Check() {
                @Override
                public Id id() {
                    return new Id("OWN-999", "each-container", Severity.LOW, "There is one");
                }

                @Override
                public void look(Subject subject, Report report) {
                    subject.all(Container.class)
                            .forEach(one -> report.finding(one.place(), "a container"));
                }
            };

    enum Written {
        AS_BASELINE,
        AS_JSON,
        AS_SARIF;

        String of(Assessment run) {
            return switch (this) {
                case AS_BASELINE -> BaselineFile.text(Baseline.of("x", run));
                case AS_JSON -> AssessmentView.of(run, run.outlook()).json();
                case AS_SARIF -> Sarif.of(run);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_an_earlier_run_wrote_in_any_form_is_known_when_its_lines_have_moved(Written written) {
        var before = Assessed.of(Map.of("a b/compose.yml", FORGETFUL));
        var moved = "# a line\n\n" + FORGETFUL.replace("services:", "name: desk\nservices:");

        var now = compare(written.of(before), Assessed.of(Map.of("a b/compose.yml", moved)));

        assertThat(before.findings()).isNotEmpty();
        assertThat(now.findings()).isEmpty();
        assertThat(now.comparison().orElseThrow().still()).hasSameSizeAs(before.findings());
        assertThat(now.comparison().orElseThrow().gone()).isEmpty();
    }

    @Test
    void what_was_not_there_is_new_and_what_is_no_longer_there_is_gone() {
        var before = Assessed.of(Map.of("rules.yml", RULES));
        var now = Assessed.of(Map.of("compose.yml", FORGETFUL));

        var held = compare(Written.AS_BASELINE.of(before), now);

        assertThat(held.findings()).isEqualTo(now.findings());
        assertThat(held.comparison().orElseThrow().gone())
                .extracting(Earlier::code)
                .containsExactlyElementsOf(codes(before.findings()));
        assertThat(held.comparison().orElseThrow().bySeverity())
                .allSatisfy(row -> assertThat(row.still()).isZero());
    }

    @Test
    void of_several_that_say_the_same_in_one_file_only_a_further_one_is_new() {
        String one = "services:\n  a: {image: 'x:1'}\n";
        var once = Assessed.of(Map.of("compose.yml", one), List.of(EACH_CONTAINER));
        var twice =
                Assessed.of(
                        Map.of("compose.yml", one + "  b: {image: 'x:1'}\n"),
                        List.of(EACH_CONTAINER));

        assertThat(once.findings()).hasSize(1);
        assertThat(twice.findings()).hasSize(2);
        assertThat(Fingerprints.of(twice).values()).doesNotHaveDuplicates();
        assertThat(compare(Written.AS_JSON.of(once), twice).findings())
                .extracting(finding -> finding.place().line())
                .containsExactly(3);
    }

    @Test
    void what_is_suppressed_now_is_not_gone_and_what_was_suppressed_is_new() {
        String quiet =
                FORGETFUL.replace(
                        "    command",
                        "    # pitcrew: ignore TRD-014 because rehearsal\n    command");
        var loud = Assessed.of(Map.of("compose.yml", FORGETFUL));
        var hushed = Assessed.of(Map.of("compose.yml", quiet));

        assertThat(compare(Written.AS_SARIF.of(loud), hushed).comparison().orElseThrow().gone())
                .isEmpty();
        assertThat(codes(compare(Written.AS_SARIF.of(hushed), loud).findings()))
                .containsExactly("TRD-014");
    }

    @Test
    void of_checks_that_did_not_run_nothing_is_gone() {
        var before = Assessed.of(Map.of("compose.yml", FORGETFUL));
        var baseline = Baseline.of("before", before);
        var now = Assessed.of(Map.of("compose.yml", "services: {}\n"));

        assertThat(baseline.compare(now, _ -> false).comparison().orElseThrow().gone()).isEmpty();
        assertThat(baseline.compare(now, _ -> true).comparison().orElseThrow().gone())
                .hasSameSizeAs(before.findings());
    }

    @Test
    void rows_by_severity_and_by_family_add_up() {
        var before = Assessed.of(Map.of("compose.yml", FORGETFUL));
        var held =
                compare(
                        Written.AS_BASELINE.of(before),
                        Assessed.of(Map.of("compose.yml", FORGETFUL, "rules.yml", RULES)));
        var trend = held.comparison().orElseThrow();

        for (var rows : List.of(trend.bySeverity(), trend.byFamily())) {
            assertThat(rows.stream().mapToInt(Comparison.Row::fresh).sum())
                    .isEqualTo(held.findings().size());
            assertThat(rows.stream().mapToInt(Comparison.Row::still).sum())
                    .isEqualTo(before.findings().size());
        }
        assertThat(MarkdownReport.of(held, held.outlook())).contains(trend.summary());
        assertThat(HtmlReport.of("x", held, held.outlook())).contains(trend.summary());
    }

    @Test
    void a_file_that_is_none_is_told_with_its_place_and_all_that_is_wrong() {
        assertThat(problems("{\n  \"findings\": [,"))
                .singleElement()
                .satisfies(one -> assertThat(one.place()).isEqualTo(new Place("b.json", 2, 16)));
        assertThat(problems("{}"))
                .extracting(Problem::message)
                .first()
                .asString()
                .contains("--write-baseline");
        assertThat(problems("{\"findings\": [{}, {\"check\": \"TRD-001\"}]}"))
                .extracting(Problem::message)
                .containsExactly(
                        "findings[0] lacks its check, file, fingerprint, line, severity, what",
                        "findings[1] lacks its file, fingerprint, line, severity, what");
        assertThat(problems("{\"runs\": [{\"tool\": {\"driver\": {\"name\": \"other\"}}}]}"))
                .extracting(Problem::message)
                .containsExactly("runs is of another tool; give a log that `assess` wrote");
    }

    private static List<Problem> problems(String text) {
        return ((Bad<Baseline>) BaselineFile.read("b.json", text)).problems();
    }

    private static Assessment compare(String earlier, Assessment now) {
        Read<Baseline> read = BaselineFile.read("b.json", earlier);
        assertThat(read).isInstanceOf(Good.class);
        return ((Good<Baseline>) read).document().compare(now, _ -> true);
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(one -> one.check().code()).toList();
    }
}
