package dev.pitcrew.read.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.UpdateKind;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Scaling;
import dev.pitcrew.model.infra.Workload;
import dev.pitcrew.read.survey.TestingSurvey;
import org.junit.jupiter.api.Test;

/// Manifests, overlays and charts become what a cluster would run.
class KubernetesFormatTest {
    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: gateway}
            spec:
              replicas: 2
              template:
                metadata: {labels: {app: gateway}}
                spec:
                  terminationGracePeriodSeconds: 60
                  containers:
                    - name: main
                      image: desk/gateway:1
                      env: [{name: MODE, value: live}]
            """;

    @Test
    void a_deployment_is_a_workload_and_its_containers() {
        var survey =
                TestingSurvey.of(
                        "k8s/all.yaml",
                        DEPLOYMENT
                                + "---\napiVersion: v1\nkind: Service\nmetadata: {name: gw}\n"
                                + "spec: {selector: {app: gateway}, ports: [{port: 80, targetPort: 8080}]}\n");
        var container = survey.all(Container.class).getFirst();

        assertThat(survey.problems()).isEmpty();
        assertThat(container.name()).isEqualTo("gateway");
        assertThat(container.unit()).isEqualTo("Deployment/gateway");
        assertThat(container.replicas()).map(Located::value).contains(2);
        assertThat(container.update()).map(Located::value).contains(UpdateKind.START_FIRST);
        assertThat(container.variable("MODE")).map(Located::value).contains("live");
        assertThat(
                        survey.all(Endpoint.class)
                                .getFirst()
                                .selects(survey.all(Workload.class).getFirst()))
                .isTrue();
    }

    @Test
    void an_overlay_is_what_counts_and_its_values_keep_their_places() {
        var survey =
                TestingSurvey.of(
                        "base/deployment.yaml",
                        DEPLOYMENT,
                        "base/kustomization.yaml",
                        "resources: [deployment.yaml]\n",
                        "overlays/prod/kustomization.yaml",
                        """
                        resources: [../../base]
                        images: [{name: desk/gateway, newTag: "7"}]
                        patches:
                          - path: one.yaml
                          - target: {kind: Deployment}
                            patch: |-
                              - op: replace
                                path: /spec/strategy
                                value: {type: Recreate}
                              - op: add
                                path: /spec/strategy
                                value: {type: Recreate}
                        """,
                        "overlays/prod/one.yaml",
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: gateway}
                        spec:
                          replicas: 1
                          template: {spec: {containers: [{name: main, env: [{name: MODE, value: paper}]}]}}
                        """);
        var container = survey.all(Container.class).getFirst();

        assertThat(survey.all(Container.class)).hasSize(1);
        assertThat(container.image()).map(Located::value).contains("desk/gateway:7");
        assertThat(container.replicas().orElseThrow().place().toString())
                .isEqualTo("overlays/prod/one.yaml:5:13");
        assertThat(container.update()).map(Located::value).contains(UpdateKind.STOP_FIRST);
        assertThat(container.variable("MODE")).map(Located::value).contains("paper");
    }

    @Test
    void a_chart_is_filled_with_its_own_values() {
        var survey =
                TestingSurvey.of(
                        "chart/Chart.yaml",
                        "apiVersion: v2\nname: desk\nappVersion: '3'\n",
                        "chart/values.yaml",
                        "replicaCount: 4\nautoscaling: {enabled: false}\nimage: {repository: desk/x, tag: ''}\n",
                        "chart/templates/deployment.yaml",
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: {{ include "desk.fullname" . }}
                        spec:
                          replicas: {{ .Values.replicaCount }}
                          template:
                            spec:
                              containers:
                                - name: {{ .Chart.Name }}
                                  image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
                        """,
                        "chart/templates/hpa.yaml",
                        """
                        {{- if .Values.autoscaling.enabled }}
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        metadata: {name: x}
                        {{- end }}
                        """);
        var container = survey.all(Container.class).getFirst();

        assertThat(survey.problems()).isEmpty();
        assertThat(container.name()).isEqualTo("desk");
        assertThat(container.image()).map(Located::value).contains("desk/x:3");
        assertThat(container.replicas().orElseThrow().place().toString())
                .isEqualTo("chart/values.yaml:1:15");
        assertThat(survey.all(Scaling.class)).isEmpty();
    }
}
