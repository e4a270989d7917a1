package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.Duty;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    @Test
    void a_system_file_in_a_folder_speaks_of_what_lies_in_it_and_may_mean_every_check() {
        var assessed =
                Assessed.of(
                        Map.of(
                                "infra/desk/compose.yml",
                                FORGETFUL.formatted(""),
                                "infra/pitcrew.yaml",
                                """
                                assess:
                                  ignore:
                                    - {check: "*", path: "desk/**", because: "a rehearsal"}
                                """));

        assertThat(assessed.findings()).isEmpty();
        assertThat(assessed.suppressed()).isNotEmpty();
        assertThat(assessed.notes()).isEmpty();
    }

    @Test
    void what_one_example_exports_says_nothing_of_the_alerts_of_another() {
        var rules =
                """
                groups:
                  - name: desk
                    rules:
                      - {alert: Rejects, expr: orders_rejected_total > 5}
                """;
        var code =
                """
                from prometheus_client import Counter
                REJECTS = Counter("orders_reject_total", "Rejected orders")
                """;

        assertThat(codes(Assessed.of(Map.of("a/rules.yml", rules, "b/app.py", code)).findings()))
                .contains("OBS-001");
        assertThat(
                        codes(
                                Assessed.of(
                                                Map.of(
                                                        "examples/a/rules.yml",
                                                        rules,
                                                        "examples/b/app.py",
                                                        code))
                                        .findings()))
                .doesNotContain("OBS-001");
    }

    @Test
    void one_of_many_that_show_how_it_is_done_costs_less_than_a_desk() {
        var files = new TreeMap<String, String>();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            files.put(name + "/compose.yml", FORGETFUL.formatted(""));
        }

        assertThat(severity(with(""))).isEqualTo(Severity.CRITICAL);
        assertThat(severity(Assessed.of(files))).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void a_sender_whose_redis_forgets_is_told_and_one_that_only_caches_there_is_not() {
        var desk =
                """
                services:
                  executor:
                    image: desk/executor:1.2.3
                    environment: {%s: "redis://redis:6379/0"}
                  redis:
                    image: redis:7.4
                    command: ["redis-server", "--save", "", "--appendonly", "no"]
                """;

        assertThat(
                        codes(
                                Assessed.of(Map.of("compose.yml", desk.formatted("REDIS_URL")))
                                        .findings()))
                .contains("DUR-003");
        assertThat(
                        codes(
                                Assessed.of(Map.of("compose.yml", desk.formatted("CACHE_URL")))
                                        .findings()))
                .doesNotContain("DUR-003");
    }

    @Test
    void a_router_of_the_network_sends_no_orders() {
        var daemon =
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: %1$s, image: "registry/%1$s:v1"}]}
                """;

        assertThat(duties(Assessed.of(Map.of("a.yaml", daemon.formatted("kube-router")))))
                .containsExactly(Duty.OTHER);
        assertThat(duties(Assessed.of(Map.of("a.yaml", daemon.formatted("order-router")))))
                .containsExactly(Duty.ORDER_ENTRY);
    }

    private static List<Duty> duties(Assessment assessment) {
        return assessment.subject().sketch().services().stream().map(part -> part.duty()).toList();
    }

    private static Severity severity(Assessment assessment) {
        return assessment.findings().stream()
                .filter(one -> one.check().code().equals("TRD-014"))
                .findFirst()
                .orElseThrow()
                .severity();
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
