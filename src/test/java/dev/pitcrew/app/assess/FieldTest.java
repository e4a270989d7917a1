package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What public repositories taught: what was told twice for one cause, and what was told and wasn't so.
class FieldTest {
    private static List<String> told(String code, Map<String, String> files) {
        return Assessed.of(files).findings().stream()
                .filter(one -> one.check().code().equals(code))
                .map(FieldTest::text)
                .toList();
    }

    private static String text(Finding one) {
        return one.place()
                + " "
                + one.what()
                + one.related().stream()
                        .map(also -> " + " + also.place())
                        .reduce("", String::concat);
    }

    @Test
    void the_address_of_a_contract_is_no_key() {
        assertThat(
                        told(
                                "SEC-001",
                                Map.of(
                                        "bot/kraken.py",
                                        "token ="
                                                + " \"0x5cc7c91690b2cbaee19a513473d73403e13fb431\"\n")))
                .isEmpty();
    }

    @Test
    void a_key_and_its_secret_in_one_file_are_one_finding() {
        String env =
                """
                BINANCE_API_KEY=%s
                BINANCE_API_SECRET=%s
                """
                        .formatted("q7Xw2Lm9Rt4Zs8Vb1Nc6Yd3K", "Zs8Vb1Nc6Yd3Kf5Hj0Gpq7Xw");

        assertThat(told("SEC-001", Map.of("config/live.env", env)))
                .containsExactly(
                        "config/live.env:1:17 BINANCE_API_KEY holds 24 characters that look like a"
                                + " key of Binance + config/live.env:2:20");
    }

    @Test
    void an_action_that_is_used_twice_is_told_once_and_a_user_name_is_no_secret() {
        String workflow =
                """
                on: workflow_dispatch
                jobs:
                  tell:
                    runs-on: ubuntu-24.04
                    steps:
                      - uses: someone/notify@v1
                        with: {hook: "${{ secrets.HOOK }}"}
                      - uses: someone/notify@v1
                        with: {hook: "${{ secrets.OTHER_HOOK }}"}
                      - uses: someone/scan@v1
                        with: {image: "${{ secrets.DOCKERHUB_USERNAME }}/desk"}
                """;

        assertThat(told("CI-001", Map.of(".github/workflows/tell.yml", workflow)))
                .containsExactly(
                        ".github/workflows/tell.yml:6:15 someone/notify gets HOOK, OTHER_HOOK, and"
                                + " @v1 may be other code tomorrow + .github/workflows/tell.yml:8:15");
    }

    @Test
    void a_branch_of_this_repository_is_not_the_code_of_strangers() {
        String workflow =
                """
                on: pull_request_target
                jobs:
                  generate:
                    runs-on: ubuntu-24.04
                    %s
                    steps:
                      - uses: actions/checkout@v4
                        with: {ref: "${{ %s }}"%s}
                      - run: make generate
                """;
        String path = ".github/workflows/generate.yml";
        String theirs = ", repository: \"${{ github.event.pull_request.head.repo.full_name }}\"";

        assertThat(told("CI-002", Map.of(path, workflow.formatted("", "github.head_ref", ""))))
                .isEmpty();
        assertThat(told("CI-002", Map.of(path, workflow.formatted("", "github.head_ref", theirs))))
                .hasSize(1);
        assertThat(
                        told(
                                "CI-002",
                                Map.of(
                                        path,
                                        workflow.formatted(
                                                "if: github.event.pull_request.user.login =="
                                                        + " 'dependabot[bot]'",
                                                "github.event.pull_request.head.sha",
                                                ""))))
                .isEmpty();
    }

    @Test
    void nobody_else_looks_at_a_runner_that_lives_as_long_as_its_job() {
        String workflow =
                """
                on: workflow_dispatch
                jobs:
                  sign:
                    runs-on: %s
                    steps:
                      - run: notarize store --password "${{ secrets.PASS }}"
                """;
        String path = ".github/workflows/sign.yml";

        assertThat(told("SEC-005", Map.of(path, workflow.formatted("macos-15")))).isEmpty();
        assertThat(told("SEC-005", Map.of(path, workflow.formatted("self-hosted")))).hasSize(1);
    }

    @Test
    void research_beside_one_sender_is_one_finding_and_a_backtest_sends_nothing() {
        String compose =
                """
                services:
                  trader:
                    image: freqtradeorg/freqtrade:2026.1
                    command: trade
                  backtesting:
                    image: freqtradeorg/freqtrade:2026.1
                    command: backtesting --timerange 2025
                  hyperopt-2025:
                    image: freqtradeorg/freqtrade:2026.1
                    command: hyperopt
                """;

        assertThat(told("CMP-006", Map.of("compose.yaml", compose)))
                .containsExactly(
                        "compose.yaml:5:3 backtesting has no memory limit and runs beside trader +"
                                + " compose.yaml:2:3 + compose.yaml:8:3");
        assertThat(
                        told(
                                "CMP-006",
                                Map.of(
                                        "compose.yaml",
                                        compose.replace("command: trade", "command: plot-profit"))))
                .isEmpty();
    }

    @Test
    void a_file_and_its_copy_have_a_fault_once() {
        String script = "#!/bin/sh\nexec vnc -passwd \"$VNC_PASSWORD\"\n";

        assertThat(told("SEC-005", Map.of("latest/run.sh", script, "stable/run.sh", script)))
                .containsExactly(
                        "latest/run.sh:2:1 vnc gets a secret with -passwd, and ps shows it to every"
                                + " user and agent of the host while it runs + stable/run.sh:2:1");
    }

    @Test
    void tests_that_are_allowed_to_fail_are_told_of_once_for_each_job() {
        String workflow =
                """
                on: push
                jobs:
                  tests:
                    runs-on: ubuntu-24.04
                    continue-on-error: true
                    steps:
                      - run: go test ./...
                        continue-on-error: true
                """;

        assertThat(told("TRD-053", Map.of(".github/workflows/test.yml", workflow)))
                .containsExactly(
                        ".github/workflows/test.yml:5:24 job tests runs the tests and is allowed to"
                                + " fail");
    }

    @Test
    void a_client_that_a_person_sits_at_need_not_come_back() {
        String compose =
                """
                services:
                  bot:
                    image: desk/trading-bot:1
                    %s
                  db:
                    image: postgres:16.4
                    restart: always
                """;

        assertThat(told("CMP-001", Map.of("compose.yaml", compose.formatted("")))).hasSize(1);
        assertThat(told("CMP-001", Map.of("compose.yaml", compose.formatted("stdin_open: true"))))
                .isEmpty();
    }

    @Test
    void a_value_that_the_values_offer_in_a_comment_may_be_missing() {
        var chart =
                Map.of(
                        "chart/Chart.yaml",
                        "name: feed\n",
                        "chart/templates/config.yaml",
                        "kind: ConfigMap\ndata:\n  ARGS: '{{ .Values.feed.args }}'\n");
        var plain = new HashMap<>(chart);
        plain.put("chart/values.yaml", "feed:\n  on: true\n");
        var offered = new HashMap<>(chart);
        offered.put("chart/values.yaml", "feed:\n  on: true\n  # args: --fast\n");

        assertThat(told("SYS-009", plain)).hasSize(1);
        assertThat(told("SYS-009", offered)).isEmpty();
    }

    @Test
    void a_default_that_a_file_gives_twice_is_told_once() {
        String script =
                """
                cat > .env << EOF
                PASSWORD=${BOT_PASSWORD:-hunter22}
                OTHER=${BOT_PASSWORD:-hunter22}
                EOF
                """;

        assertThat(told("SEC-002", Map.of("setup.sh", script)))
                .containsExactly(
                        "setup.sh:2:10 where BOT_PASSWORD isn't set, everybody who reads this file"
                                + " knows its value + setup.sh:3:7");
    }

    @Test
    void the_name_of_a_database_beside_a_password_is_no_secret() {
        String compose =
                """
                services:
                  api:
                    image: desk/pages:1
                    environment:
                      DATABASE_URL: postgresql://${DB_USER:-desk}:${DB_PASSWORD:-desk1}@db:5432/${DB_NAME:-desk}
                """;

        assertThat(told("SEC-002", Map.of("compose.yaml", compose)))
                .hasSize(1)
                .first()
                .asString()
                .contains("where DB_PASSWORD isn't set");
    }

    @Test
    void the_key_of_a_session_is_none_of_a_venue_that_the_file_mentions() {
        String compose =
                """
                services:
                  api:
                    image: desk/pages:1
                    environment:
                      CELERY_BROKER_URL: redis://redis:6379/1
                      SECRET_KEY: 9f8e7d6c5b4a39281706f5e4d3c2b1a0ffeeddccbbaa99887766554433221100
                      encryptionKey: q7Xw2Lm9Rt4Zs8Vb1Nc6Yd3Kf5Hj0Gp
                """;

        assertThat(told("SEC-001", Map.of("compose.yaml", compose))).isEmpty();
    }

    @Test
    void one_line_that_several_services_share_is_one_finding() {
        String compose =
                """
                x-worker: &worker
                  image: desk/strategy-engine:1
                  depends_on: [redis]
                services:
                  strategy-a: {<<: *worker}
                  strategy-b: {<<: *worker}
                  redis: {image: "redis:7.4"}
                """;

        assertThat(Assessed.of(Map.of("compose.yaml", compose)).findings())
                .filteredOn(one -> one.check().code().equals("SYS-003"))
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.related())
                                        .extracting(Finding.Related::what)
                                        .anyMatch(what -> what.startsWith("strategy-b starts")));
    }

    @Test
    void targets_that_one_configuration_names_in_vain_are_one_finding_and_a_cluster_is_none() {
        var files = new HashMap<String, String>();
        files.put(
                "compose.yaml",
                """
                services:
                  prometheus:
                    image: prom/prometheus:v3.5.0
                    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]
                """);
        files.put(
                "prometheus.yml",
                """
                scrape_configs:
                  - job_name: a
                    static_configs: [{targets: ["node-exporter:9100", "redis-exporter:9121"]}]
                """);

        assertThat(told("SYS-051", files)).hasSize(1);

        files.put(
                "k8s/prometheus.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: prometheus}
                data:
                  prometheus.yml: |
                    scrape_configs:
                      - job_name: a
                        static_configs: [{targets: ["risk:9100"]}]
                """);

        assertThat(told("SYS-051", files)).hasSize(1);
    }

    @Test
    void a_product_s_part_is_what_its_own_name_says() {
        String compose =
                """
                services:
                  nautilus-risk-engine: {image: "nautilus/risk-engine:4", deploy: {replicas: 2}}
                  strategy-deployer: {image: "nautilus/strategy-deployer:4", deploy: {replicas: 2}}
                  druid-router: {image: "apache/druid:30", command: router, deploy: {replicas: 2}}
                """;

        assertThat(told("TRD-001", Map.of("compose.yaml", compose))).isEmpty();
    }

    @Test
    void a_second_port_of_a_program_is_no_wrong_one() {
        var files = new HashMap<String, String>();
        files.put("Dockerfile", "FROM python:3.13-slim\nEXPOSE 8080\nCMD [\"desk\"]\n");
        files.put(
                "compose.yaml",
                "services: {pages: {build: ., ports: ['8080:8080', '8081:8081']}}\n");

        assertThat(told("SYS-006", files)).isEmpty();

        files.put("compose.yaml", "services: {pages: {build: ., ports: ['8081:8081']}}\n");

        assertThat(told("SYS-006", files)).hasSize(1);
    }

    @Test
    void a_key_that_may_be_missing_is_not_missed() {
        String pod =
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: desk}
                stringData: {PASSWORD: "${PASSWORD}"}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: pages}
                spec:
                  containers:
                    - name: pages
                      image: desk/pages:1
                      env:
                        - name: KEY
                          valueFrom: {secretKeyRef: {name: desk, key: KEY%s}}
                """;

        assertThat(told("SYS-012", Map.of("pod.yaml", pod.formatted("")))).hasSize(1);
        assertThat(told("SYS-012", Map.of("pod.yaml", pod.formatted(", optional: true"))))
                .isEmpty();
    }
}
