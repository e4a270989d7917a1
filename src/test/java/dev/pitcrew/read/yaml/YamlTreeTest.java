package dev.pitcrew.read.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.YamlTree.ParsedAll;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the world's YAML files hold, and what is left of it.
class YamlTreeTest {
    @Test
    void a_broken_document_is_a_problem_and_the_others_are_read() {
        var parsed = all("a: 1\n---\nb: [1\n---\nc: 3\n");

        assertThat(parsed.documents())
                .extracting(document -> document.root().entriesAt().size())
                .hasSize(2);
        assertThat(text(parsed, 1, "c")).isEqualTo("3");
        assertThat(parsed.documents().get(1).root().at("c").orElseThrow().place())
                .isEqualTo(new Place("x.yaml", 5, 4));
        assertThat(parsed.problems()).extracting(Problem::place).hasSize(1);
        assertThat(parsed.problems().getFirst().place().line()).isBetween(3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 1 << 16})
    void an_emoji_is_read_wherever_a_buffer_of_the_parser_could_end(int buffer) {
        for (int before = buffer - 9; before < buffer + 9; before++) {
            var parsed = all("#" + "x".repeat(before) + "😀\na: 😀\n");

            assertThat(text(parsed, 0, "a")).as("after %d", before).isEqualTo("😀");
        }
    }

    @Test
    void merge_keys_give_what_is_not_said_and_never_what_is() {
        var parsed = all("base: &b {x: 1, y: 2}\nmore: &m {z: 3}\nuse:\n  <<: [*b, *m]\n  x: 9\n");

        assertThat(text(parsed, 0, "use", "x")).isEqualTo("9");
        assertThat(text(parsed, 0, "use", "y")).isEqualTo("2");
        assertThat(text(parsed, 0, "use", "z")).isEqualTo("3");
        assertThat(parsed.problems()).isEmpty();
    }

    @Test
    void tags_of_other_tools_are_kept_beside_the_values_that_they_mark() {
        var document =
                all("a: !reset null\nb: !override [1]\nc: !Ref Thing\n").documents().getFirst();

        assertThat(document.tags())
                .containsEntry(new Place("x.yaml", 1, 4), "!reset")
                .containsEntry(new Place("x.yaml", 2, 4), "!override")
                .containsEntry(new Place("x.yaml", 3, 4), "!Ref");
        assertThat(document.root().scalarAt("c").orElseThrow().text()).isEqualTo("Thing");
    }

    @Test
    void aliases_of_aliases_end_at_the_limit() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String one = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(i, i, String.join(", ", Collections.nCopies(10, one))));
        }

        assertThat(all(bomb.toString()).problems())
                .extracting(Problem::message)
                .containsExactly("more than 50000 values, aliases included");
    }

    @Test
    void a_template_is_read_with_its_own_lines_and_columns() {
        var parsed =
                all(
                        """
                        {{- if .Values.on }}
                        kind: Deployment
                        {{- end }}
                        name: {{ .Release.Name }}-gateway
                        image: "{{ .Values.image }}:1.2"
                        labels:
                          {{- include "labels" . | nindent 2 }}
                          app: x
                        resources:
                          {{- toYaml .Values.resources | nindent 2 }}
                        last: 1
                        """);

        assertThat(parsed.problems()).isEmpty();
        assertThat(text(parsed, 0, "kind")).isEqualTo("Deployment");
        assertThat(text(parsed, 0, "name")).isEqualTo("‹.Release.Name›-gateway");
        assertThat(text(parsed, 0, "image")).isEqualTo("‹.Values.image›:1.2");
        assertThat(text(parsed, 0, "labels", "app")).isEqualTo("x");
        assertThat(YamlTree.isUnknown(text(parsed, 0, "resources"))).isTrue();
        assertThat(parsed.documents().getFirst().root().at("last").orElseThrow().place())
                .isEqualTo(new Place("x.yaml", 11, 7));
        assertThat(parsed.documents().getFirst().isTemplate()).isTrue();
    }

    @Test
    void what_begins_a_block_that_goes_on_with_keys_written_out_is_part_of_it() {
        var parsed =
                all(
                        """
                        metadata:
                          labels: {{- include "labels" . | nindent 4 }}
                            app: gateway
                          name: {{ .Values.name }}
                        env:
                          - name: {{ .Values.a }}
                            value: 1
                        """);

        assertThat(parsed.problems()).isEmpty();
        assertThat(text(parsed, 0, "metadata", "labels", "app")).isEqualTo("gateway");
        assertThat(text(parsed, 0, "metadata", "name")).isEqualTo("‹.Values.name›");
    }

    @Test
    void given_values_fill_a_template_and_decide_its_conditions() {
        var values =
                YamlTree.parse(
                                "values.yaml",
                                """
                                Values:
                                  replicas: 3
                                  auto: {enabled: false}
                                  tag: ''
                                  resources: {limits: {memory: 1Gi}}
                                """)
                        .root()
                        .orElseThrow();

        var parsed =
                YamlTree.parseAll(
                        "x.yaml",
                        """
                        {{- if not .Values.auto.enabled }}
                        replicas: {{ .Values.replicas }}
                        {{- else }}
                        replicas: 9
                        {{- end }}
                        tag: {{ .Values.tag | default "1.0" | quote }}
                        {{- with .Values.resources }}
                        resources:
                          {{- toYaml . | nindent 2 }}
                        {{- end }}
                        {{- with .Values.nothing }}
                        nothing: 1
                        {{- end }}
                        """,
                        values);

        assertThat(parsed.problems()).isEmpty();
        assertThat(text(parsed, 0, "replicas")).isEqualTo("3");
        assertThat(text(parsed, 0, "tag")).isEqualTo("1.0");
        assertThat(text(parsed, 0, "resources", "limits", "memory")).isEqualTo("1Gi");
        assertThat(parsed.documents().getFirst().root().at("nothing")).isEmpty();
        assertThat(parsed.documents().getFirst().root().at("replicas").orElseThrow().place().file())
                .isEqualTo("values.yaml");
    }

    @Test
    void braces_in_quotes_are_no_template() {
        var parsed = all("summary: \"{{ $labels.instance }} is down\"\n");

        assertThat(text(parsed, 0, "summary")).isEqualTo("{{ $labels.instance }} is down");
        assertThat(parsed.documents().getFirst().isTemplate()).isFalse();
    }

    @Test
    void jinja_and_erb_are_read_as_far_as_they_are_yaml() {
        var parsed =
                all(
                        """
                        {% for host in hosts %}
                        - name: {{ host }}
                        {% endfor %}
                        - name: <%= node %>
                        """);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.documents().getFirst().root())
                .isInstanceOf(Node.Sequence.class)
                .extracting(root -> ((Node.Sequence) root).items().size())
                .isEqualTo(2);
    }

    private static ParsedAll all(String text) {
        return YamlTree.parseAll("x.yaml", text);
    }

    private static String text(ParsedAll parsed, int document, String... path) {
        return parsed.documents()
                .get(document)
                .root()
                .scalarAt(path)
                .map(Scalar::text)
                .orElse("none");
    }
}
