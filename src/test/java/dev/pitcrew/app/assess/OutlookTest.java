package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitcrew.assess.outlook.Failover;
import dev.pitcrew.assess.outlook.Loss;
import dev.pitcrew.assess.outlook.Outlook;
import dev.pitcrew.assess.outlook.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a bad day would bring, in numbers that were worked out by hand.
class OutlookTest {
    private static final String VOLUME = "volumes: ['data:/var/lib/postgresql/data']";

    @Test
    void the_death_of_a_store_stops_those_that_use_it_and_those_that_use_them() {
        assertThat(loss(desk(VOLUME), "db"))
                .isEqualTo(
                        new Loss(
                                "db",
                                1,
                                List.of("gateway", "web"),
                                "gateway can't work on its orders",
                                "with its disk: everything since the last backup that restores"));
        assertThat(loss(desk(VOLUME), "db").isSinglePoint()).isTrue();
    }

    @Test
    void a_store_without_a_volume_loses_all_that_it_holds() {
        assertThat(loss(desk("restart: always"), "db").data())
                .isEqualTo("everything in it: no volume keeps its data");
    }

    @Test
    void orders_rest_at_the_venue_while_what_sent_them_is_dead() {
        assertThat(loss(desk(VOLUME), "gateway"))
                .isEqualTo(
                        new Loss(
                                "gateway",
                                1,
                                List.of("web"),
                                "orders at the venue rest unwatched until it is back",
                                ""));
    }

    @Test
    void the_engine_restarts_what_ended_and_leaves_alone_what_hangs() {
        assertThat(desk(VOLUME).recoveries())
                .containsExactly(
                        new Recovery(
                                "gateway",
                                Optional.of(Duration.ofMillis(10_100)),
                                "restart: always after 0.1 s, and 10 s assumed for its start",
                                Optional.empty(),
                                "no health check, and nothing that acts on one"));
    }

    @Test
    void the_kubelet_restarts_what_hangs_after_its_probe_failed_often_enough_and_the_grace() {
        var outlook =
                outlook(
                        Map.of(
                                "gateway.yaml",
                                """
                                apiVersion: apps/v1
                                kind: Deployment
                                metadata: {name: order-gateway}
                                spec:
                                  replicas: 1
                                  selector: {matchLabels: {app: order-gateway}}
                                  template:
                                    metadata: {labels: {app: order-gateway}}
                                    spec:
                                      terminationGracePeriodSeconds: 45
                                      containers:
                                        - name: order-gateway
                                          image: desk/order-gateway:1.4.2
                                          livenessProbe:
                                            httpGet: {path: /live, port: 8080}
                                            periodSeconds: 5
                                            failureThreshold: 4
                                """));

        // 10 s of back-off and 10 s to start; 4 probes of 5 s, 45 s of grace and 10 s to start
        assertThat(outlook.recoveries())
                .containsExactly(
                        new Recovery(
                                "order-gateway",
                                Optional.of(Duration.ofSeconds(20)),
                                "the kubelet's first back-off of 10 s, and 10 s assumed for its start",
                                Optional.of(Duration.ofSeconds(75)),
                                "liveness 5 s × 4 + grace 45 s + 10 s assumed for its start"));
    }

    @Test
    void availability_adds_up_crashes_hangs_and_lost_hosts_in_session() {
        var availability = desk(VOLUME).availability();

        // In session is 6.5/24 × 21/30.4 = 0.187089 of all time. A crash in 3 months of 10.1 s is
        // 0.63 s a month in
        // session, a hang in 6 of 900 s is 28.06 s, a host in 24 of 3,600 s is 28.06 s; of 491,400
        // s of sessions.
        assertThat(availability.secondsAMonth()).isCloseTo(56.757, within(0.001));
        assertThat(availability.share().orElseThrow()).isCloseTo(0.9998845, within(1e-7));
    }

    @Test
    void the_page_comes_after_scrape_evaluation_hold_and_group_wait() {
        var page =
                outlook(
                                Map.of(
                                        "prometheus.yml",
                                        """
                                        global: {scrape_interval: 15s, evaluation_interval: 20s}
                                        rule_files: [rules.yml]
                                        alerting: {alertmanagers: [{static_configs: [{targets: ['alertmanager:9093']}]}]}
                                        scrape_configs:
                                          - job_name: executor
                                            static_configs: [{targets: ['executor:9100']}]
                                        """,
                                        "rules.yml",
                                        """
                                        groups:
                                          - name: desk
                                            rules:
                                              - alert: ExecutorDown
                                                expr: up{job="executor"} == 0
                                                for: 10m
                                                labels: {severity: critical}
                                        """,
                                        "alertmanager.yml",
                                        """
                                        route: {receiver: pager, group_wait: 5s}
                                        receivers:
                                          - name: pager
                                            webhook_configs: [{url: 'http://pager:8080/'}]
                                        """))
                        .page()
                        .orElseThrow();

        assertThat(page.alert()).isEqualTo("ExecutorDown");
        assertThat(page.time())
                .hasToString("15s scrape + 20s evaluation + 10m for + 5s group wait = 10m40s");
        assertThat(page.time().worst()).isEqualTo(Duration.ofSeconds(640));
    }

    @Test
    void patroni_as_it_comes_takes_46_seconds_and_320_when_postgresql_does_not_start() {
        assertThat(patroni("loop_wait: 10, ttl: 30, retry_timeout: 10"))
                .containsExactly(
                        "the leader's host is lost: 46 s (ttl 30 s + loop_wait 10 s + 6 s until a proxy sees it)",
                        "PostgreSQL crashes and won't start: 320 s, over (2 × loop_wait 10 s + primary_start_timeout 300 s)");
    }

    @Test
    void patroni_that_may_not_retry_within_its_ttl_is_told() {
        assertThat(patroni("loop_wait: 5, ttl: 20, retry_timeout: 10, primary_start_timeout: 0"))
                .containsExactly(
                        "the leader's host is lost: 31 s (ttl 20 s + loop_wait 5 s + 6 s until a proxy sees it)",
                        "PostgreSQL crashes and won't start: 5 s (loop_wait 5 s, since primary_start_timeout is 0)",
                        "the configuration store doesn't answer for a moment: 31 s (loop_wait 5 s + 2 × retry_timeout 10 s is more than ttl 20 s, so a leader that is well loses its lock before it may ask again)");
    }

    @Test
    void sentinel_tries_again_after_twice_its_timeout_and_loses_what_nothing_bounds() {
        var conf = "sentinel monitor orders 10.0.0.1 6379 2\n";

        assertThat(failovers(Map.of("sentinel.conf", conf)))
                .containsExactly(
                        "the master is lost: 30 s (down-after-milliseconds 30000; no min-replicas-to-write is set, so nothing bounds the acknowledged writes that are lost)",
                        "the master is lost, and the first attempt fails: 390 s, over (down-after-milliseconds 30000 + 2 × failover-timeout 180000)");
        assertThat(
                        failovers(
                                        Map.of(
                                                "sentinel.conf",
                                                conf
                                                        + "sentinel down-after-milliseconds orders 5000\n",
                                                "redis.conf",
                                                "appendonly yes\nmin-replicas-to-write 1\n"))
                                .getFirst())
                .isEqualTo("the master is lost: 5 s (down-after-milliseconds 5000)");
    }

    @Test
    void repmgr_asks_six_times_before_it_promotes() {
        assertThat(
                        failovers(
                                Map.of(
                                        "repmgr.conf",
                                        "failover='automatic'\nmonitor_interval_secs=2\n")))
                .containsExactly(
                        "the primary is lost: 60 s, over (reconnect_attempts 6 × reconnect_interval 10 s)");
    }

    private static List<String> patroni(String dcs) {
        return failovers(
                Map.of("patroni.yml", "scope: orders\nbootstrap: {dcs: {%s}}\n".formatted(dcs)));
    }

    private static List<String> failovers(Map<String, String> files) {
        return outlook(files).failovers().stream().map(OutlookTest::text).toList();
    }

    private static String text(Failover one) {
        return "%s: %s%s (%s)"
                .formatted(
                        one.fault(),
                        Recovery.text(one.least()),
                        one.isOverBudget() ? ", over" : "",
                        one.sum());
    }

    private static Loss loss(Outlook outlook, String service) {
        return outlook.losses().stream()
                .filter(one -> one.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    private static Outlook desk(String db) {
        String compose =
                """
                services:
                  gateway:
                    image: desk/gateway:1.4.2
                    restart: always
                    environment: {FIX_SENDER_COMP_ID: DESK1, DATABASE_URL: "postgresql://db:5432/orders"}
                  web:
                    image: desk/web:1.4.2
                    environment: {GATEWAY_HOST: gateway}
                  db:
                    image: postgres:16.4
                    %s
                volumes: {data: {}}
                """
                        .formatted(db);
        return outlook(Map.of("compose.yml", compose));
    }

    private static Outlook outlook(Map<String, String> files) {
        return Assessed.of(files).outlook();
    }
}
