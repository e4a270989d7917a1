package dev.pitcrew.read.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.whole.TimeToPage;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.ConsoleSetting;
import dev.pitcrew.model.infra.ContactPoint;
import dev.pitcrew.model.infra.Dashboard;
import dev.pitcrew.model.infra.DataSource;
import dev.pitcrew.model.infra.GrafanaAlert;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.SourceUse;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a Grafana is given, as facts with places.
class GrafanaTest {
    private static final String ALERTS = "grafana/provisioning/alerting/";
    private static final SourceFile WHO =
            new SourceFile(
                    ALERTS + "who.yml",
                    """
                    apiVersion: 1
                    contactPoints:
                      - name: pager
                        receivers:
                          - {uid: a, type: pagerduty, settings: {integrationKey: $KEY}}
                      - name: mail
                        receivers:
                          - {uid: b, type: email, settings: {addresses: desk@desk.example}}
                    policies:
                      - receiver: mail
                        group_wait: 20s
                        routes:
                          - receiver: pager
                            object_matchers: [[severity, "=", page]]
                            group_wait: 5s
                    """);

    private static SourceFile rules(String more, String expression) {
        return new SourceFile(
                ALERTS + "rules.yml",
                """
                apiVersion: 1
                groups:
                  - name: desk
                    interval: 10s
                    rules:
                      - title: OrdersStuck
                        condition: B
                        for: 15s
                        labels: {severity: page}
                %s
                        data:
                          - refId: A
                            datasourceUid: prom
                            model: {expr: '%s'}
                          - refId: B
                            datasourceUid: __expr__
                            model:
                              conditions:
                                - evaluator: {type: gt, params: [3]}
                """
                        .formatted(more.indent(8), expression));
    }

    @Test
    void an_alert_is_one_as_those_of_prometheus_with_its_condition_at_the_end_of_its_query() {
        var subject = read(rules("noDataState: OK", "desk_open_orders{venue=\"x\"}"), WHO);
        var rule = only(subject, AlertRule.class);
        var query = rule.query().orElseThrow();

        assertThat(rule.name()).isEqualTo("OrdersStuck");
        assertThat(rule.isOfGrafana()).isTrue();
        assertThat(query.metrics()).containsExactly("desk_open_orders");
        assertThat(query.selectors().getFirst().place()).hasToString(ALERTS + "rules.yml:15:28");
        assertThat(query.comparisons())
                .extracting(Query.Comparison::operator, one -> one.number().orElseThrow())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(">", 3.0));
        assertThat(only(subject, GrafanaAlert.class).noData().orElseThrow().value())
                .isEqualTo("OK");
        assertThat(only(subject, GrafanaAlert.class).sources())
                .extracting(SourceUse::name)
                .containsExactly("prom", "__expr__");
    }

    @Test
    void the_time_to_a_page_goes_by_the_group_and_the_policy_that_takes_the_alert() {
        var subject = read(rules("", "desk_open_orders"), WHO);

        assertThat(TimeToPage.of(subject, only(subject, AlertRule.class)))
                .isEqualTo(
                        new TimeToPage(
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(5)));
        assertThat(only(subject, AlertRouting.class).receivers())
                .extracting(AlertRouting.Receiver::name)
                .containsExactly("pager", "mail");
        assertThat(subject.all(ContactPoint.class)).hasSize(2);
    }

    @Test
    void an_alert_that_names_its_contact_point_goes_past_the_policies() {
        var subject = read(rules("notification_settings: {receiver: pager}", "a_b"), WHO);

        assertThat(TimeToPage.of(subject, only(subject, AlertRule.class)).groupWait())
                .isEqualTo(AlertRouting.Route.GROUP_WAIT_DEFAULT);
    }

    @Test
    void policies_of_a_grafana_say_nothing_of_alerts_that_a_prometheus_sends() {
        var subject =
                read(
                        WHO,
                        new SourceFile(
                                "rules.yml",
                                """
                                groups:
                                  - name: desk
                                    rules:
                                      - alert: OrdersStuck
                                        expr: desk_open_orders > 3
                                        labels: {severity: page}
                                """));

        assertThat(TimeToPage.of(subject, only(subject, AlertRule.class)).groupWait())
                .isEqualTo(AlertRouting.Route.GROUP_WAIT_DEFAULT);
    }

    @Test
    void a_window_that_grafana_fills_in_is_one_and_a_question_to_another_source_is_none() {
        var windowed = read(rules("", "rate(desk_rejects_total[$__rate_interval])"));
        var logs = read(rules("", "count_over_time({job=\"desk\"} |= \"reject\" [5m])"));

        assertThat(only(windowed, AlertRule.class).query().orElseThrow().metrics())
                .containsExactly("desk_rejects_total");
        assertThat(only(logs, AlertRule.class).query()).isEmpty();
    }

    @Test
    void a_dashboard_with_tabs_and_halves_of_characters_is_read_with_its_places() {
        var subject =
                read(
                        new SourceFile(
                                "grafana/dashboards/desk.json",
                                """
                                {
                                \t"title": "Desk \\ud83d\\ude80",
                                \t"schemaVersion": 39,
                                \t"panels": [{"title": "row", "panels": [
                                \t\t{"title": "Rejects", "datasource": {"type": "prometheus", "uid": "prom"},
                                \t\t"targets": [{"expr": "sum(desk_rejects_total{venue=\\"x\\"})"}]}]}]
                                }
                                """));
        var dashboard = only(subject, Dashboard.class);
        var panel = dashboard.panels().getFirst();

        assertThat(dashboard.sources()).extracting(SourceUse::name).containsExactly("prom");
        assertThat(panel.title()).isEqualTo("Rejects");
        assertThat(panel.queries().getFirst().selectors().getFirst().place())
                .hasToString("grafana/dashboards/desk.json:6:29");
    }

    @Test
    void what_a_config_map_holds_is_read_as_well() {
        var subject =
                read(
                        new SourceFile(
                                "k8s/grafana.yaml",
                                """
                                apiVersion: v1
                                kind: ConfigMap
                                metadata: {name: grafana}
                                data:
                                  sources.yaml: |
                                    apiVersion: 1
                                    datasources:
                                      - name: Prometheus
                                        type: prometheus
                                  desk.json: |
                                    {"schemaVersion": 1, "panels": [{"targets": [{"expr": "a_b"}]}]}
                                """));

        assertThat(only(subject, DataSource.class).place()).hasToString("k8s/grafana.yaml:8:15");
        assertThat(only(subject, Dashboard.class).panels()).hasSize(1);
    }

    @Test
    void a_data_source_without_a_uid_has_the_one_that_grafana_makes() {
        var subject =
                read(
                        new SourceFile(
                                "datasources.yml",
                                "datasources:\n  - name: Prometheus\n    type: prometheus\n"));

        assertThat(only(subject, DataSource.class).id()).isEqualTo("PBFA97CFB590B2093");
    }

    @Test
    void lines_of_its_own_file_are_settings_of_their_section() {
        var subject = read(new SourceFile("grafana.ini", "[auth.anonymous]\nenabled = true\n"));

        assertThat(only(subject, ConsoleSetting.class).section()).isEqualTo("auth.anonymous");
        assertThat(only(subject, ConsoleSetting.class).value().value()).isEqualTo("true");
    }

    @Test
    void what_is_no_json_is_a_problem_with_a_place() {
        var problems =
                assess(new SourceFile("desk.json", "{\"schemaVersion\": 1,\n\"panels\": [}"))
                        .problems();

        assertThat(problems)
                .singleElement()
                .satisfies(one -> assertThat(one.place().line()).isEqualTo(2));
    }

    private static Assessment assess(SourceFile... files) {
        return Assess.assess(
                new Sources(Arrays.asList(files)), List.of(), Checks.ALL, LocalDate.EPOCH);
    }

    private static Subject read(SourceFile... files) {
        return assess(files).subject();
    }

    private static <F extends InfraFact> F only(Subject subject, Class<F> kind) {
        assertThat(subject.all(kind)).hasSize(1);
        return subject.all(kind).getFirst();
    }
}
