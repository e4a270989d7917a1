package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that their own programs read, and that were given up on.
class UnreadTest {
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
        String text =
                "{\n\t\"name\": \"desk\",\n\t\"scripts\": {\n\t\t\"test\": \"vitest\"\n\t}\n}\n";

        assertThat(unread("package.json", text)).isEmpty();
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

    @Test
    void a_character_that_was_lost_before_is_text_like_any_other(@TempDir Path folder)
            throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "# \uFFFD\uD83D\uDE80\nservices: {}\n");

        assertThat(Assess.assess(folder, Checks.ALL, Assessed.TODAY).problems()).isEmpty();
    }

    @Test
    void scalers_in_a_file_with_a_config_map_and_templates_of_monitors_are_left_to_others() {
        String objects =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: web}
                data: {LEVEL: info}
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec:
                  behavior:
                    scaleDown:
                      policies: []
                """;
        String monitor =
                """
                {{- if .Values.monitor }}
                apiVersion: monitoring.coreos.com/v1
                kind: ServiceMonitor
                metadata: {name: web}
                {{- end }}
                """;

        assertThat(unread("k8s/web.yaml", objects)).isEmpty();
        assertThat(unread("chart/templates/monitor.yaml", monitor)).isEmpty();
    }
}
