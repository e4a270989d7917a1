package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The same of checks of what watches a trading system, and of the proxies before it.
class FirstSeenAroundTest {
    private static final String RULES =
            """
            groups:
              - name: desk
                rules:
                  - alert: EngineDown
                    expr: up{job="engine"} == 0 and up{job="engine", pod="a"} == 0
                    labels: {severity: critical}
                  - alert: EngineSlow
                    expr: order_seconds{job="engine"} > 1
                    labels: {severity: critical}
            """;
    private static final String SCRAPES =
            """
            scrape_configs:
              - job_name: feed
                static_configs: [{targets: ["feed:9100"]}]
            """;

    @Test
    void a_job_that_is_missing_is_one_finding_for_all_alerts_that_ask_for_it() {
        assertThat(Assessed.told("SYS-057", Map.of("rules.yml", RULES, "prometheus.yml", SCRAPES)))
                .containsExactly(
                        "rules.yml:5:18 alert EngineDown asks for job=\"engine\", and the jobs are"
                                + " feed: it can never fire + prometheus.yml:2:15 + rules.yml:5:44 +"
                                + " rules.yml:8:29");
    }

    @Test
    void an_operator_makes_jobs_that_no_scrape_configuration_has() {
        String monitor =
                """
                apiVersion: monitoring.coreos.com/v1
                kind: ServiceMonitor
                metadata: {name: engine}
                spec:
                  selector: {matchLabels: {app: engine}}
                  endpoints: [{port: metrics, interval: 15s}]
                """;

        assertThat(
                        Assessed.told(
                                "SYS-057",
                                Map.of(
                                        "rules.yml",
                                        RULES,
                                        "prometheus.yml",
                                        SCRAPES,
                                        "k8s/monitor.yaml",
                                        monitor)))
                .isEmpty();
    }

    private static List<String> muted(String from, String to, String zone) {
        String routing =
                """
                time_intervals:
                  - name: closed
                    time_intervals:
                      - times: [{start_time: "%s", end_time: "%s"}]
                        weekdays: ["monday:friday"]
                        location: %s
                route:
                  receiver: desk
                  routes:
                    - matchers: [severity="critical"]
                      mute_time_intervals: [closed]
                receivers:
                  - name: desk
                    webhook_configs: [{url: "http://pager:80/"}]
                """
                        .formatted(from, to, zone);
        String rules =
                """
                groups:
                  - name: desk
                    rules:
                      - alert: OrdersRejected
                        expr: rate(orders_rejected_total[5m]) > 1
                        labels: {severity: critical}
                """;
        return Assessed.told("TRD-075", Map.of("alertmanager.yml", routing, "rules.yml", rules));
    }

    @Test
    void a_market_has_the_hours_of_its_own_zone() {
        assertThat(muted("13:45", "15:00", "Asia/Taipei")).isEmpty();
        assertThat(muted("13:00", "15:00", "Asia/Taipei")).hasSize(1);
        assertThat(muted("13:45", "15:00", "America/New_York")).hasSize(1);
    }

    private static List<String> exported(String metric) {
        String code =
                """
                from prometheus_client import Gauge
                state = Gauge('%s', 'State')
                """
                        .formatted(metric);
        return Assessed.told("TRD-076", Map.of("desk/metrics.py", code, "rules.yml", RULES));
    }

    @Test
    void a_breaker_before_calls_is_no_kill_switch() {
        assertThat(exported("circuit_breaker_state")).isEmpty();
        assertThat(exported("circuit_breaker_tripped")).hasSize(1);
        assertThat(exported("trading_circuit_breaker_state")).hasSize(1);
    }

    @Test
    void a_file_of_its_own_may_open_a_port_for_metrics() {
        String compose =
                """
                services:
                  prometheus:
                    image: prom/prometheus:v3.0.0
                    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]
                  clickhouse:
                    image: clickhouse/clickhouse-server:25.12.3
                    ports: ["127.0.0.1:8123:8123"]
                    volumes: ["%s"]
                """;
        String scrapes =
                """
                scrape_configs:
                  - job_name: clickhouse
                    static_configs: [{targets: ["clickhouse:9363"]}]
                """;

        assertThat(
                        Assessed.told(
                                "SYS-050",
                                Map.of(
                                        "compose.yaml",
                                        compose.formatted("./a.xml:/a.xml:ro"),
                                        "prometheus.yml",
                                        scrapes)))
                .hasSize(1);
        assertThat(
                        Assessed.told(
                                "SYS-050",
                                Map.of(
                                        "compose.yaml",
                                        compose.formatted("./clickhouse_prometheus.xml:/a.xml:ro"),
                                        "prometheus.yml",
                                        scrapes)))
                .isEmpty();
    }

    private static final String PROXY =
            """
            services:
              web:
                image: ghcr.io/desk/web:1.4.2
                ports: ["8000:8000"]
              proxy:
                image: nginx:1.29
                ports: ["443:443"]
                volumes: ["./desk.conf:/etc/nginx/conf.d/desk.conf:ro"]
            """;

    @Test
    void a_proxy_that_does_not_fit_its_set_is_one_finding_with_all_names() {
        String config =
                """
                upstream a { server engine-1:80; server engine-2:80; }
                server { listen 443 ssl; location / { proxy_pass http://a; } }
                """;

        assertThat(Assessed.told("SYS-052", Map.of("compose.yaml", PROXY, "desk.conf", config)))
                .containsExactly(
                        "desk.conf:1:21 no container that runs beside this proxy is called engine-1,"
                                + " engine-2; there are proxy, web + compose.yaml:2:3 +"
                                + " desk.conf:1:41");
    }

    private static List<String> around(String guard) {
        String config =
                """
                server {
                  listen 443 ssl;
                  location / { %s proxy_pass http://web:8000; }
                }
                """
                        .formatted(guard);
        return Assessed.told("SYS-055", Map.of("compose.yaml", PROXY, "desk.conf", config));
    }

    @Test
    void a_list_of_addresses_is_no_login_to_walk_around() {
        assertThat(around("auth_basic desk; auth_basic_user_file /users;")).hasSize(1);
        assertThat(around("allow 10.0.0.0/8; deny all;")).isEmpty();
    }

    @Test
    void the_host_is_no_container_that_knows_its_name() {
        String compose =
                """
                services:
                  prometheus:
                    image: prom/prometheus:v3.0.0
                    ports: ["127.0.0.1:9090:9090"]
                    extra_hosts: ["host.docker.internal:host-gateway"]
                    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]
                """;
        String scrapes =
                """
                scrape_configs:
                  - job_name: bank
                    static_configs: [{targets: ["host.docker.internal:3200"]}]
                """;

        assertThat(
                        Assessed.told(
                                "SYS-050",
                                Map.of("compose.yaml", compose, "prometheus.yml", scrapes)))
                .isEmpty();
    }

    @Test
    void an_application_behind_admin_is_told_more_mildly_than_a_tool_without_a_login() {
        String config =
                """
                server {
                  listen 443 ssl;
                  location /%s/ { proxy_pass http://web:8000; }
                }
                """;

        assertThat(severity(config.formatted("prometheus"))).isEqualTo(Severity.HIGH);
        assertThat(severity(config.formatted("admin"))).isEqualTo(Severity.MEDIUM);
    }

    private static Severity severity(String config) {
        return Assessed.of(Map.of("desk.conf", config)).findings().stream()
                .filter(one -> one.check().code().equals("PRX-001"))
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }
}
