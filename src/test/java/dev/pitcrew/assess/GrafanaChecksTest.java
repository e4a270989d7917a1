package dev.pitcrew.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What checks say of a Grafana beside the examples of their pages, and what they leave alone.
class GrafanaChecksTest {
    private static final String PROVISIONING = "grafana/provisioning/";
    private static final SourceFile POLICY =
            new SourceFile(
                    PROVISIONING + "alerting/who.yml",
                    """
                    apiVersion: 1
                    contactPoints:
                      - name: desk
                        receivers:
                          - {uid: a, type: email, settings: {addresses: desk@desk.example}}
                    policies:
                      - receiver: desk
                    """);

    private static SourceFile alert(String name, String uid, String expression, String noData) {
        return new SourceFile(
                PROVISIONING + "alerting/" + name + ".yml",
                """
                apiVersion: 1
                groups:
                  - name: desk
                    rules:
                      - title: %s
                        noDataState: %s
                        labels: {severity: warning}
                        data:
                          - refId: A
                            datasourceUid: %s
                            model: {expr: '%s'}
                """
                        .formatted(name, noData, uid, expression));
    }

    private static SourceFile source(String uid) {
        return new SourceFile(
                PROVISIONING + "datasources/a.yml",
                """
                apiVersion: 1
                datasources:
                  - name: Prometheus
                    type: prometheus
                    uid: %s
                """
                        .formatted(uid));
    }

    private static SourceFile grafana(String more) {
        return new SourceFile(
                "docker-compose.yml",
                """
                services:
                  grafana:
                    image: grafana/grafana:11.3.0
                    ports: ["3000:3000"]
                    volumes:
                      - grafana:/var/lib/grafana
                      - ./grafana.ini:/etc/grafana/grafana.ini
                    environment:
                      GF_LOG_LEVEL: warn
                %s
                volumes:
                  grafana:
                """
                        .formatted(more.indent(6)));
    }

    @Test
    void a_source_that_no_file_provisions_may_have_been_made_by_hand() {
        assertThat(
                        told(
                                "OBS-011",
                                POLICY,
                                source("a"),
                                alert("Rejects", "dez5wyaa618n4e", "a", "OK")))
                .isEmpty();
        assertThat(told("OBS-011", POLICY, alert("Rejects", "prometheus", "a", "OK"))).isEmpty();
        assertThat(
                        told(
                                "OBS-011",
                                POLICY,
                                source("$UID"),
                                alert("Rejects", "prometheus", "a", "OK")))
                .isEmpty();
    }

    @Test
    void mail_alone_reaches_nobody_where_the_grafana_has_no_mail_server() {
        var alert = alert("Rejects", "a", "a_b", "NoData");

        assertThat(told("OBS-013", POLICY, alert, grafana("")))
                .containsExactly(
                        "desk is told by mail alone, and the Grafana here has no mail server: GF_SMTP_ENABLED is not set, so it sends none");
        assertThat(told("OBS-013", POLICY, alert, grafana("GF_SMTP_ENABLED: \"true\""))).isEmpty();
        assertThat(
                        told(
                                "OBS-013",
                                POLICY,
                                alert,
                                grafana(""),
                                new SourceFile("grafana.ini", "[smtp]\nenabled = true\n")))
                .isEmpty();
        assertThat(told("OBS-013", POLICY, alert)).isEmpty();
    }

    @Test
    void alerts_of_which_no_file_says_who_is_told_are_told_of_more_mildly() {
        assertThat(told("OBS-013", alert("Rejects", "a", "a_b", "NoData")))
                .containsExactly(
                        "the alerts (1) are provisioned, and no file says who is told: until somebody sets it by hand, they go to grafana-default-email, whose address is <example@email.com>");
    }

    @Test
    void the_password_that_every_grafana_begins_with_is_told_where_others_reach_it() {
        var ini =
                new SourceFile(
                        "grafana.ini",
                        "[security]\nadmin_password = admin\n[auth.anonymous]\nenabled = true\norg_role = Admin\n");

        assertThat(told("OBS-014", grafana(""), ini))
                .containsExactlyInAnyOrder(
                        "whoever reaches grafana is admin without a login, and may silence every alert and ask every data source",
                        "the admin of grafana has the password that every Grafana begins with, and who logs in may silence every alert and ask every data source");
        assertThat(
                        told(
                                "OBS-014",
                                new SourceFile(
                                        "docker-compose.yml",
                                        grafana("")
                                                .text()
                                                .replace("3000:3000", "127.0.0.1:3000:3000")),
                                ini))
                .isEmpty();
        assertThat(told("OBS-014", grafana("GF_AUTH_ANONYMOUS_ENABLED: \"false\""), ini))
                .hasSize(1);
    }

    @Test
    void an_alert_on_up_guards_those_that_are_ok_without_data_and_events_may_not_have_begun() {
        var stuck = alert("OrdersStuck", "a", "desk_open_orders", "OK");

        assertThat(told("TRD-124", POLICY, source("a"), stuck)).hasSize(1);
        assertThat(
                        told(
                                "TRD-124",
                                POLICY,
                                source("a"),
                                stuck,
                                alert("Down", "a", "up == 0", "NoData")))
                .isEmpty();
        assertThat(
                        told(
                                "TRD-124",
                                POLICY,
                                source("a"),
                                alert("Rejects", "a", "rate(desk_order_rejects_total[5m])", "OK")))
                .isEmpty();
    }

    @Test
    void what_an_alert_of_grafana_asks_is_watched() {
        var code =
                new SourceFile(
                        "gateway.py",
                        "from prometheus_client import Gauge\nkill = Gauge(\"desk_kill_switch\", \"1: stopped\")\n");
        var other = alert("Rejects", "a", "desk_kill_other", "NoData");
        var asks = alert("Stopped", "a", "desk_kill_switch", "NoData");

        assertThat(told("TRD-076", POLICY, source("a"), code, other)).hasSize(1);
        assertThat(told("TRD-076", POLICY, source("a"), code, asks)).isEmpty();
    }

    private static List<String> told(String code, SourceFile... files) {
        return Assess.assess(
                        new Sources(Arrays.asList(files)), List.of(), Checks.ALL, LocalDate.EPOCH)
                .findings()
                .stream()
                .filter(one -> one.check().code().equals(code))
                .map(Finding::what)
                .toList();
    }
}
