package dev.pitcrew.read.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.GrafanaAlert;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Alerts inside the panels of dashboards, as Grafana had them up to version 10.
class PanelAlertsTest {
    private static final String DASHBOARD =
            """
            {
              "title": "Orders", "schemaVersion": 27,
              "panels": [{
                "title": "Orders that wait", "datasource": "Prometheus",
                "alert": {
                  "name": "Orders wait", "for": "5m", "frequency": "30s", "noDataState": "%s",
                  "alertRuleTags": {"severity": "page"},
                  "notifications": [{"uid": "desk"}],
                  "conditions": [{
                    "type": "query", "query": {"params": ["A", "5m", "now"]},
                    "reducer": {"type": "last"}, "evaluator": {"type": "gt", "params": [30]}
                  }]
                },
                "targets": [{"refId": "B", "expr": "up"}, {"refId": "A", "expr": "order_queue_depth"}]
              }]
            }
            """;

    private static Assessment assess(String text) {
        return Assess.assess(
                new Sources(List.of(new SourceFile("grafana/orders.json", text))),
                List.of(),
                Checks.ALL,
                LocalDate.EPOCH);
    }

    private static <T extends InfraFact> List<T> facts(Class<T> type, String text) {
        return assess(text).subject().all(type);
    }

    @Test
    void an_alert_of_a_panel_asks_what_its_condition_names() {
        AlertRule rule = facts(AlertRule.class, DASHBOARD.formatted("ok")).getFirst();

        assertThat(rule.name()).isEqualTo("Orders wait");
        assertThat(rule.hold().map(Located::value)).contains(Duration.ofMinutes(5));
        assertThat(rule.query().orElseThrow().text()).startsWith("order_queue_depth");
        assertThat(rule.query().orElseThrow().comparisons()).hasSize(1);
        assertThat(rule.labels()).extracting(one -> one.name()).containsExactly("severity");
    }

    @Test
    void it_says_itself_who_is_told_and_what_no_data_means() {
        GrafanaAlert alert = facts(GrafanaAlert.class, DASHBOARD.formatted("ok")).getFirst();

        assertThat(alert.receiver().map(Located::value)).contains("desk");
        assertThat(alert.noData().map(Located::value)).contains("ok");
    }

    @Test
    void one_that_is_good_without_data_is_told() {
        assertThat(told("ok")).containsExactly("TRD-124");
        assertThat(told("alerting")).isEmpty();
    }

    private static List<String> told(String noData) {
        return assess(DASHBOARD.formatted(noData)).findings().stream()
                .map(one -> one.check().code())
                .filter(code -> code.equals("TRD-124"))
                .toList();
    }
}
