package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What public repositories taught of checks that had never fired in one before the fifth run.
class FirstSeenTest {
    private static List<String> told(String code, Map<String, String> files) {
        return Assessed.of(files).findings().stream()
                .filter(one -> one.check().code().equals(code))
                .map(
                        one ->
                                one.place()
                                        + " "
                                        + one.what()
                                        + one.related().stream()
                                                .map(also -> " + " + also.place())
                                                .reduce("", String::concat))
                .toList();
    }

    private static final String BROKER =
            """
            services:
              gateway:
                image: ghcr.io/desk/gateway:1.4.2
                environment: {KAFKA_BROKERS: "kafka:%s"}
              kafka:
                image: confluentinc/cp-kafka:7.6.0
                ports: ["9092:29092"]
                environment:
                  KAFKA_LISTENERS: INSIDE://kafka:9092,HOST://0.0.0.0:29092
                  KAFKA_ADVERTISED_LISTENERS: INSIDE://kafka:9092,HOST://localhost:9092
                  KAFKA_JMX_HOSTNAME: localhost
              kafka-2:
                image: confluentinc/cp-kafka:7.6.0
            """;

    @Test
    void a_broker_listens_where_its_listeners_say_as_well() {
        assertThat(told("SYS-002", Map.of("compose.yaml", BROKER.formatted("9092")))).isEmpty();
    }

    @Test
    void what_a_broker_says_of_itself_is_no_call_of_another() {
        assertThat(told("SYS-004", Map.of("compose.yaml", BROKER.formatted("9092")))).isEmpty();
    }

    @Test
    void what_a_live_and_a_paper_service_share_is_one_finding_and_their_code_is_no_data() {
        String compose =
                """
                x-env: &env
                  DATABASE_URL: postgresql://desk@db:5432/desk
                services:
                  broker-live:
                    image: ghcr.io/desk/broker:1.4.2
                    environment:
                      <<: *env
                      DATABASE_URL_DOCKER: postgresql://desk@db:5432/desk
                    volumes: ["./src:/app/src", "trades:/data"]
                  broker-paper:
                    image: ghcr.io/desk/broker:1.4.2
                    environment: *env
                    volumes: ["./src:/app/src", "trades:/data"]
                volumes:
                  trades: {}
                """;

        assertThat(told("TRD-009", Map.of("compose.yaml", compose)))
                .containsExactly(
                        "compose.yaml:9:33 broker-live, which trades live, and broker-paper, which does"
                                + " not, both write trades + compose.yaml:13:33 + compose.yaml:8:28");
    }

    @Test
    void what_is_live_by_the_name_of_its_set_alone_does_not_trade_beside_one_that_plays() {
        String compose =
                """
                name: production
                services:
                  telegram:
                    image: ghcr.io/desk/telegram:1.4.2
                    volumes: ["./data:/data"]
                  engine:
                    image: ghcr.io/desk/engine:1.4.2
                    environment: {TRADING_MODE: paper}
                    volumes: ["./data:/data"]
                """;

        assertThat(told("TRD-009", Map.of("compose.prod.yaml", compose))).isEmpty();
    }

    @Test
    void empty_resources_ask_for_nothing() {
        String pod =
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: desk}
                spec:
                  selector: {matchLabels: {app: %s}}
                  template:
                    metadata: {labels: {app: %s}}
                    spec:
                      containers:
                        - name: %s
                          image: ghcr.io/desk/%s:1.4.2
                          resources: %s
                """;
        var gateway = "order-gateway";
        var both = new HashMap<String, String>();
        both.put("gateway.yaml", pod.formatted(gateway, gateway, gateway, gateway, gateway, "{}"));
        both.put("feed.yaml", pod.formatted("f", "f", "f", "f", "f", "{}"));

        assertThat(told("K8S-003", both)).isEmpty();
        both.put("feed.yaml", pod.formatted("f", "f", "f", "f", "f", "{requests: {memory: 1Gi}}"));
        assertThat(told("K8S-003", both)).hasSize(1);
    }

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
        assertThat(told("SYS-057", Map.of("rules.yml", RULES, "prometheus.yml", SCRAPES)))
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
                        told(
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
        return told("TRD-075", Map.of("alertmanager.yml", routing, "rules.yml", rules));
    }

    @Test
    void a_market_has_the_hours_of_its_own_zone() {
        assertThat(muted("13:45", "15:00", "Asia/Taipei")).isEmpty();
        assertThat(muted("13:00", "15:00", "Asia/Taipei")).hasSize(1);
        assertThat(muted("13:45", "15:00", "America/New_York")).hasSize(1);
    }

    @Test
    void a_timer_has_its_service_where_a_template_of_it_lies_beside() {
        String timer =
                "[Timer]\nOnCalendar=Mon..Fri 07:00 Europe/Berlin\n[Install]\nWantedBy=timers.target\n";
        var files = new HashMap<String, String>();
        files.put("systemd/prices.timer", timer);
        files.put("systemd/other.service", "[Service]\nExecStart=/opt/desk/other\n");
        assertThat(told("SYS-072", files)).hasSize(1);

        files.put("systemd/prices.service.template", "[Service]\nExecStart=@HOME@/prices\n");
        assertThat(told("SYS-072", files)).isEmpty();
    }

    private static List<String> exported(String metric) {
        String code =
                """
                from prometheus_client import Gauge
                state = Gauge('%s', 'State')
                """
                        .formatted(metric);
        return told("TRD-076", Map.of("desk/metrics.py", code, "rules.yml", RULES));
    }

    @Test
    void a_breaker_before_calls_is_no_kill_switch() {
        assertThat(exported("circuit_breaker_state")).isEmpty();
        assertThat(exported("circuit_breaker_tripped")).hasSize(1);
        assertThat(exported("trading_circuit_breaker_state")).hasSize(1);
    }

    private static List<String> selects(String selector) {
        return told(
                "K8S-006",
                Map.of(
                        "db.yaml",
                        """
                        apiVersion: apps/v1
                        kind: StatefulSet
                        metadata: {name: db}
                        spec:
                          selector: {matchLabels: {app: db}}
                          template:
                            metadata: {labels: {app: db}}
                            spec:
                              containers: [{name: db, image: "ghcr.io/desk/db:1.4.2"}]
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata: {name: db}
                        spec:
                          selector: {%s}
                          ports: [{port: 5432}]
                        """
                                .formatted(selector)));
    }

    @Test
    void labels_that_a_cluster_or_an_operator_sets_are_not_missed() {
        assertThat(selects("app: database")).hasSize(1);
        assertThat(selects("app.kubernetes.io/name: db")).hasSize(1);
        assertThat(selects("app: db, role: replica")).isEmpty();
        assertThat(selects("clickhouse.altinity.com/app: chi")).isEmpty();
    }

    @Test
    void the_tool_of_a_deploy_is_not_the_deploy_and_one_that_is_tried_again_is() {
        String workflow =
                """
                on: {push: {branches: [main]}}
                jobs:
                  deploy:
                    runs-on: ubuntu-24.04
                    steps:
                      - uses: superfly/flyctl-actions/setup-flyctl@master
                      - run: |
                          for attempt in 1 2 3; do
                            if flyctl deploy --remote-only; then exit 0; fi
                          done
                """;

        assertThat(
                        told(
                                "TRD-051",
                                Map.of(
                                        ".github/workflows/deploy.yml",
                                        workflow,
                                        "compose.yaml",
                                        "services: {order-gateway: {image: \"ghcr.io/desk/gateway:1\"}}\n")))
                .containsExactly(
                        ".github/workflows/deploy.yml:9:16 job deploy runs 'flyctl deploy"
                                + " --remote-only' on every push, and nobody starts or approves it,"
                                + " also while the market is open and orders work +"
                                + " .github/workflows/deploy.yml:1:6");
    }

    @Test
    void workloads_that_are_asked_for_in_one_wrong_namespace_are_one_finding() {
        String pod =
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: desk}
                spec:
                  template: {spec: {containers: [{name: a, image: "ghcr.io/desk/a:1.4.2"}]}}
                """;
        String workflow =
                """
                on: workflow_dispatch
                jobs:
                  deploy:
                    runs-on: ubuntu-24.04
                    steps:
                      - run: |
                          kubectl rollout status deployment/web -n staging
                          kubectl rollout status deployment/feed -n staging
                """;

        assertThat(
                        told(
                                "SYS-035",
                                Map.of(
                                        ".github/workflows/deploy.yml",
                                        workflow,
                                        "web.yaml",
                                        pod.formatted("web"),
                                        "feed.yaml",
                                        pod.formatted("feed"))))
                .hasSize(1);
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
                        told(
                                "SYS-050",
                                Map.of(
                                        "compose.yaml",
                                        compose.formatted("./a.xml:/a.xml:ro"),
                                        "prometheus.yml",
                                        scrapes)))
                .hasSize(1);
        assertThat(
                        told(
                                "SYS-050",
                                Map.of(
                                        "compose.yaml",
                                        compose.formatted("./clickhouse_prometheus.xml:/a.xml:ro"),
                                        "prometheus.yml",
                                        scrapes)))
                .isEmpty();
    }

    @Test
    void a_cron_job_of_the_cluster_restarts_by_the_clock_as_well() {
        String job =
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: restarts, namespace: desk}
                spec:
                  schedule: "30 22 * * *"
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          containers:
                            - name: kubectl
                              image: bitnami/kubectl:1.33
                              command: [kubectl, rollout, restart, statefulset, -n, desk]
                """;
        String gateway =
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: order-gateway, namespace: desk}
                spec:
                  template:
                    metadata: {labels: {app: order-gateway}}
                    spec:
                      containers: [{name: order-gateway, image: "ghcr.io/desk/gateway:1.4.2"}]
                """;

        assertThat(told("TRD-052", Map.of("restarts.yaml", job, "gateway.yaml", gateway)))
                .containsExactly(
                        "restarts.yaml:13:25 restarts runs 'kubectl rollout restart statefulset' by"
                                + " its schedule, with nobody there + restarts.yaml:3:18");
        assertThat(told("TRD-052", Map.of("restarts.yaml", job))).isEmpty();
    }

    @Test
    void a_cron_behind_the_container_dies_unnoticed_as_well() {
        String start = "#!/bin/sh\n/usr/sbin/cron -f &\ntail -f /var/log/cron.log\n";
        String image =
                """
                FROM debian:13.1
                COPY start.sh /start.sh
                ENTRYPOINT ["/start.sh"]
                """;

        assertThat(told("IMG-006", Map.of("Dockerfile", image, "start.sh", start))).hasSize(1);
    }

    @Test
    void a_health_check_can_fail_where_only_a_part_of_it_falls_back() {
        String compose =
                """
                services:
                  recorder:
                    image: ghcr.io/desk/recorder:1.4.2
                    healthcheck:
                      test: ["CMD-SHELL", "%s"]
                """;

        assertThat(
                        told(
                                "TRD-010",
                                Map.of(
                                        "compose.yaml",
                                        compose.formatted(
                                                "test $(( $(date +%s) - $(stat -c %Y /beat || echo 0)"
                                                        + " )) -lt 60"))))
                .isEmpty();
        assertThat(
                        told(
                                "TRD-010",
                                Map.of("compose.yaml", compose.formatted("stat /beat || echo 0"))))
                .hasSize(1);
    }

    @Test
    void a_script_that_brings_a_unit_knows_its_name() {
        String script =
                """
                #!/bin/sh
                %s
                systemctl daemon-reload
                systemctl start order-prices-relay.service
                """;
        String unit = "[Service]\nExecStart=/opt/desk/relay\n";

        assertThat(
                        told(
                                "SYS-073",
                                Map.of(
                                        "install.sh",
                                        script.formatted("install -m 0644 \"$made\" \"$UNIT\""),
                                        "systemd/order-prices-publish.service",
                                        unit)))
                .isEmpty();
        assertThat(
                        told(
                                "SYS-073",
                                Map.of(
                                        "install.sh",
                                        script.formatted("date"),
                                        "systemd/order-prices-publish.service",
                                        unit)))
                .hasSize(1);
    }

    @Test
    void an_index_on_a_table_that_the_same_migration_creates_holds_nobody_up() {
        String first = "CREATE TABLE trading.orders (id bigint primary key, at timestamptz);\n";
        String index = "CREATE INDEX orders_at ON orders (at);\n";
        var files = new HashMap<String, String>();
        files.put(
                "compose.yaml",
                "services: {db: {image: \"postgres:17.2\"}, order-gateway: {image: \"a/b:1\"}}\n");
        files.put("db/migration/V1__orders.sql", first);
        files.put("db/migration/V2__at.sql", index);
        assertThat(told("MIG-001", files)).hasSize(1);

        files.put(
                "db/migration/V2__at.sql",
                "CREATE TABLE orders (id bigint primary key, at timestamptz);\n" + index);
        assertThat(told("MIG-001", files)).isEmpty();
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

        assertThat(told("SYS-052", Map.of("compose.yaml", PROXY, "desk.conf", config)))
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
        return told("SYS-055", Map.of("compose.yaml", PROXY, "desk.conf", config));
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

        assertThat(told("SYS-050", Map.of("compose.yaml", compose, "prometheus.yml", scrapes)))
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

    @Test
    void a_store_for_tests_may_forget() {
        String compose =
                "services: {db: {image: \"postgres:17.2\"}, order-gateway: {image: \"a/b:1\"}}\n";

        assertThat(told("TRD-013", Map.of("compose.yaml", compose))).hasSize(1);
        assertThat(told("TRD-013", Map.of("infra/tests/compose.yaml", compose))).isEmpty();
    }

    private static List<String> unread(String path, String text) {
        return Assessed.of(Map.of(path, text)).problems().stream()
                .map(one -> one.place() + " " + one.message())
                .toList();
    }

    @Test
    void an_emoji_may_stand_anywhere_in_a_file() {
        for (int before = 1000; before < 1040; before++) {
            String text =
                    "on: push\n# "
                            + "a".repeat(before)
                            + "\uD83D\uDE80".repeat(600)
                            + "\njobs: {}\n";

            assertThat(unread(".github/workflows/test.yml", text))
                    .as("%d before", before)
                    .isEmpty();
        }
    }

    @Test
    void json_may_be_indented_by_tabs() {
        assertThat(unread("package.json", "{\n\t\"name\": \"desk\",\n\t\"version\": \"1\"\n}\n"))
                .isEmpty();
    }

    @Test
    void the_policies_of_a_scaler_are_none_of_grafana() {
        String scaler =
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec:
                  behavior:
                    scaleDown:
                      policies:
                        - {type: Percent, value: 10, periodSeconds: 60}
                """;

        assertThat(unread("k8s/web.yaml", scaler)).isEmpty();
    }

    @Test
    void an_index_of_terraform_may_hold_another() {
        String route =
                """
                resource "aws_route" "out" {
                  for_each       = aws_route_table.private
                  nat_gateway_id = aws_nat_gateway.this[var.one ? local.zones[0] : each.key].id
                }
                """;

        assertThat(unread("main.tf", route)).isEmpty();
    }
}
