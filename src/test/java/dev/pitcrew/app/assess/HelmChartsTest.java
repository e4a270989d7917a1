package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pitcrew.assess.Checks;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.runtime.helm.HelmMissing;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Charts that use functions, with a `helm` of scripts, and with the real one where the machine has it.
class HelmChartsTest {
    private static final String TEMPLATE =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ include "desk.name" . }}
            spec:
              replicas: {{ .Values.replicas | default 2 }}
              selector:
                matchLabels: {app: gateway}
              template:
                metadata:
                  labels: {app: gateway}
                spec:
                  containers:
                    - name: gateway
                      image: "{{ .Values.image }}"
                      env:
                        {{- range $key, $value := .Values.env }}
                        - name: {{ $key }}
                          value: {{ $value | quote }}
                        {{- end }}
                      {{- include "desk.resources" . | nindent 10 }}
            """;
    private static final String HELPERS =
            """
            {{- define "desk.name" -}}{{ .Chart.Name }}-gateway{{- end }}
            {{- define "desk.resources" -}}
            resources:
              limits:
                memory: 512Mi
            {{- end }}
            """;

    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        write("chart/Chart.yaml", "apiVersion: v2\nname: desk\nversion: 1.0.0\n");
        write(
                "chart/values.yaml",
                "image: registry.example/desk/gateway:1.2.3\nenv: {TRADING_MODE: live}\n");
        write("chart/templates/_helpers.tpl", HELPERS);
        write("chart/templates/gateway.yaml", TEMPLATE);
        write(
                "chart/templates/off.yaml",
                "{{- if .Values.never }}\n" + TEMPLATE.replace("desk.name", "x") + "{{- end }}\n");
    }

    @Test
    void the_real_helm_renders_a_chart_and_its_facts_stand_in_the_template() throws IOException {
        assumeThat(hasHelm()).as("helm is on the PATH").isTrue();

        var assessed = assess("helm");
        var container = container(assessed);

        assertThat(container.unit()).isEqualTo("Deployment/desk-gateway");
        assertThat(container.image().map(Located::value))
                .contains("registry.example/desk/gateway:1.2.3");
        assertThat(container.image().orElseThrow().place())
                .hasToString("chart/templates/gateway.yaml:15:11");
        assertThat(container.variable("TRADING_MODE").map(Located::value)).contains("live");
        assertThat(container.memoryMax()).isPresent();
        assertThat(container.memoryMax().orElseThrow().place())
                .hasToString("chart/templates/gateway.yaml:1:1");
        assertThat(assessed.problems())
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.message())
                                        .contains("come from elsewhere than their template"));
    }

    @Test
    void what_a_program_makes_is_read_instead_of_the_templates() throws IOException {
        var container =
                container(
                        assess(
                                script(
                                        """
                                        printf '%s\\n' '---' '# Source: desk/templates/gateway.yaml' 'apiVersion: v1' 'kind: Pod' 'metadata:' '  name: made' 'spec:' '  containers:' '    - name: gateway' '      image: "a:1"'
                                        """)));

        assertThat(container.unit()).isEqualTo("Pod/made");
        assertThat(container.image().orElseThrow().place())
                .hasToString("chart/templates/gateway.yaml:15:11");
    }

    @Test
    void a_chart_that_is_not_rendered_is_read_as_it_would_be_without_and_the_reason_is_told()
            throws IOException {
        var assessed =
                assess(
                        script(
                                "echo 'Error: found in Chart.yaml, but missing in charts/ directory: redis' >&2; exit 1\n"));

        assertThat(assessed.problems())
                .anySatisfy(
                        one ->
                                assertThat(one.toString())
                                        .startsWith("chart/Chart.yaml:1:1")
                                        .endsWith("missing in charts/ directory: redis"));
        assertThat(container(assessed).name()).isEqualTo("gateway");
    }

    @Test
    void it_gets_no_home_and_no_cluster_of_the_user() throws IOException {
        var seen = folder.resolve("seen");

        assess(script("env > '%s'\n".formatted(seen)));

        assertThat(Files.readAllLines(seen))
                .noneMatch(line -> line.equals("HOME=" + System.getenv("HOME")))
                .anyMatch(line -> line.matches("KUBECONFIG=.*/KUBECONFIG"))
                .anyMatch(line -> line.matches("HELM_PLUGINS=.*"));
    }

    @Test
    void more_than_eight_mebibytes_are_refused() throws IOException {
        assertThat(assess(script("yes | head -c 9000000\n")).problems())
                .anySatisfy(one -> assertThat(one.message()).endsWith("it makes more than 8 MiB"));
    }

    @Test
    void a_program_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> assess(folder.resolve("none").toString()))
                .isInstanceOf(HelmMissing.class)
                .hasMessageContaining("can't be started; name the helm program by --helm");
    }

    private static Container container(Assessment assessed) {
        var all = assessed.subject().all(Container.class);
        assertThat(all).isNotEmpty();
        return all.getFirst();
    }

    private Assessment assess(String helm) throws IOException {
        return Assess.assess(folder, Checks.ALL, LocalDate.EPOCH, helm);
    }

    private String script(String body) throws IOException {
        var file = Files.writeString(folder.resolve("helm.bin"), "#!/bin/sh\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).resolveSibling(""));
        Files.writeString(folder.resolve(path), text);
    }

    private static boolean hasHelm() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(one -> Files.isExecutable(Path.of(one, "helm")));
    }
}
