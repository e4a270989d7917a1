package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What public repositories taught of checks of the trading system itself that had never fired in one before the fifth run.
class FirstSeenTest {
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
        assertThat(Assessed.told("SYS-002", Map.of("compose.yaml", BROKER.formatted("9092"))))
                .isEmpty();
    }

    @Test
    void what_a_broker_says_of_itself_is_no_call_of_another() {
        assertThat(Assessed.told("SYS-004", Map.of("compose.yaml", BROKER.formatted("9092"))))
                .isEmpty();
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

        assertThat(Assessed.told("TRD-009", Map.of("compose.yaml", compose)))
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

        assertThat(Assessed.told("TRD-009", Map.of("compose.prod.yaml", compose))).isEmpty();
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

        assertThat(Assessed.told("K8S-003", both)).isEmpty();
        both.put("feed.yaml", pod.formatted("f", "f", "f", "f", "f", "{requests: {memory: 1Gi}}"));
        assertThat(Assessed.told("K8S-003", both)).hasSize(1);
    }

    @Test
    void a_timer_has_its_service_where_a_template_of_it_lies_beside() {
        String timer =
                "[Timer]\nOnCalendar=Mon..Fri 07:00 Europe/Berlin\n[Install]\nWantedBy=timers.target\n";
        var files = new HashMap<String, String>();
        files.put("systemd/prices.timer", timer);
        files.put("systemd/other.service", "[Service]\nExecStart=/opt/desk/other\n");
        assertThat(Assessed.told("SYS-072", files)).hasSize(1);

        files.put("systemd/prices.service.template", "[Service]\nExecStart=@HOME@/prices\n");
        assertThat(Assessed.told("SYS-072", files)).isEmpty();
    }

    private static List<String> selects(String selector) {
        return Assessed.told(
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
                        Assessed.told(
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
                        Assessed.told(
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

        assertThat(Assessed.told("TRD-052", Map.of("restarts.yaml", job, "gateway.yaml", gateway)))
                .containsExactly(
                        "restarts.yaml:13:25 restarts runs 'kubectl rollout restart statefulset' by"
                                + " its schedule, with nobody there + restarts.yaml:3:18");
        assertThat(Assessed.told("TRD-052", Map.of("restarts.yaml", job))).isEmpty();
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

        assertThat(Assessed.told("IMG-006", Map.of("Dockerfile", image, "start.sh", start)))
                .hasSize(1);
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
                        Assessed.told(
                                "TRD-010",
                                Map.of(
                                        "compose.yaml",
                                        compose.formatted(
                                                "test $(( $(date +%s) - $(stat -c %Y /beat || echo 0)"
                                                        + " )) -lt 60"))))
                .isEmpty();
        assertThat(
                        Assessed.told(
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
                        Assessed.told(
                                "SYS-073",
                                Map.of(
                                        "install.sh",
                                        script.formatted("install -m 0644 \"$made\" \"$UNIT\""),
                                        "systemd/order-prices-publish.service",
                                        unit)))
                .isEmpty();
        assertThat(
                        Assessed.told(
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
        assertThat(Assessed.told("MIG-001", files)).hasSize(1);

        files.put(
                "db/migration/V2__at.sql",
                "CREATE TABLE orders (id bigint primary key, at timestamptz);\n" + index);
        assertThat(Assessed.told("MIG-001", files)).isEmpty();
    }

    @Test
    void a_store_for_tests_may_forget() {
        String compose =
                "services: {db: {image: \"postgres:17.2\"}, order-gateway: {image: \"a/b:1\"}}\n";

        assertThat(Assessed.told("TRD-013", Map.of("compose.yaml", compose))).hasSize(1);
        assertThat(Assessed.told("TRD-013", Map.of("infra/tests/compose.yaml", compose))).isEmpty();
    }
}
