package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.model.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final String FORGETFUL =
            """
            services:
              db:
                image: postgres:16.4
                %s
                command: ["postgres", "-c", "fsync=off"]
                volumes: [data:/var/lib/postgresql/data]
            volumes: {data: {}}
            """;

    @Test
    void a_suppression_with_a_reason_hides_its_finding_and_keeps_it_in_sight() {
        var assessed = with("# pitcrew: ignore TRD-014 because it is filled anew each night");

        assertThat(codes(assessed.findings())).doesNotContain("TRD-014");
        assertThat(assessed.suppressed())
                .extracting(one -> one.finding().check().code() + " " + one.by().reason())
                .containsExactly("TRD-014 it is filled anew each night");
        assertThat(assessed.notes()).isEmpty();
    }

    @Test
    void one_without_a_reason_hides_nothing() {
        var assessed = with("# pitcrew: ignore TRD-014");

        assertThat(codes(assessed.findings())).contains("TRD-014");
        assertThat(notes(assessed))
                .containsExactly(
                        "suppresses TRD-014 without a reason, so it is told; add `because …`");
    }

    @Test
    void one_that_has_expired_hides_nothing() {
        var assessed = with("# pitcrew: ignore TRD-014 until 2026-11-24 because of the migration");

        assertThat(codes(assessed.findings())).contains("TRD-014");
        assertThat(notes(assessed))
                .containsExactly("suppressed TRD-014 until 2026-11-24, so it is told again");
    }

    @Test
    void one_holds_on_its_last_day() {
        var assessed = with("# pitcrew: ignore TRD-014 until 2026-11-25 because of the migration");

        assertThat(codes(assessed.findings())).doesNotContain("TRD-014");
    }

    @Test
    void one_that_matches_nothing_is_told() {
        var assessed = with("# pitcrew: ignore TRD-001 because there was a second copy");

        assertThat(notes(assessed))
                .containsExactly(
                        "suppresses TRD-001, which finds nothing here any more; delete it");
    }

    @Test
    void the_system_file_suppresses_by_path() {
        var assessed =
                Assessed.of(
                        Map.of(
                                "infra/compose.yml",
                                FORGETFUL.formatted(""),
                                "pitcrew.yaml",
                                """
                                assess:
                                  ignore:
                                    - {check: TRD-014, path: "infra/*", because: "a rehearsal"}
                                """));

        assertThat(codes(assessed.findings())).doesNotContain("TRD-014");
        assertThat(assessed.notes()).isEmpty();
    }

    private static Assessment with(String comment) {
        return Assessed.of(Map.of("compose.yml", FORGETFUL.formatted(comment)));
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(one -> one.check().code()).toList();
    }

    private static List<String> notes(Assessment assessment) {
        return assessment.notes().stream().map(Problem::message).toList();
    }
}
