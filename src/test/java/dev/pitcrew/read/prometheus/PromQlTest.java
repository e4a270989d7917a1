package dev.pitcrew.read.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Comparison;
import dev.pitcrew.model.infra.Query.Matcher;
import dev.pitcrew.model.infra.Query.Selector;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
    @Test
    void precedence_grouping_ranges_and_matchers_are_read_with_their_places() {
        var read = parse("sum by (venue) (rate(a_total{job=\"x\"}[5m])) / 2 > -1");

        var series =
                new PromQl.Series(
                        21,
                        "a_total",
                        List.of(new Matcher(at(29), "job", "=", "x")),
                        Optional.of(new PromQl.Range(38, Duration.ofMinutes(5))),
                        false);
        assertThat(read)
                .isEqualTo(
                        new PromQl.Binary(
                                0,
                                48,
                                ">",
                                false,
                                new PromQl.Binary(
                                        0,
                                        44,
                                        "/",
                                        false,
                                        new PromQl.Aggregation(
                                                0,
                                                "sum",
                                                true,
                                                List.of("venue"),
                                                List.of(
                                                        new PromQl.Call(
                                                                16, "rate", List.of(series)))),
                                        new PromQl.Num(46, 2)),
                                new PromQl.Negative(50, new PromQl.Num(51, 1))));
    }

    @Test
    void a_power_binds_to_the_right_and_a_comparison_weaker_than_a_product() {
        assertThat(parse("2 ^ 3 ^ 2"))
                .isEqualTo(
                        new PromQl.Binary(
                                0,
                                2,
                                "^",
                                false,
                                new PromQl.Num(0, 2),
                                new PromQl.Binary(
                                        4,
                                        6,
                                        "^",
                                        false,
                                        new PromQl.Num(4, 3),
                                        new PromQl.Num(8, 2))));
    }

    @Test
    void what_checks_ask_for_is_taken_out_of_an_expression() {
        var query =
                Queries.of(
                        "max by (job) (errors_total) > 3 or absent(up{job=\"x\"})", PromQlTest::at);

        var errors =
                new Selector(at(14), "errors_total", List.of(), Optional.empty(), List.of("max"));
        var bare = new Selector(at(14), "errors_total", List.of(), Optional.empty(), List.of());
        var up =
                new Selector(
                        at(42),
                        "up",
                        List.of(new Matcher(at(45), "job", "=", "x")),
                        Optional.empty(),
                        List.of("absent"));
        assertThat(query)
                .isEqualTo(
                        new Query(
                                "max by (job) (errors_total) > 3 or absent(up{job=\"x\"})",
                                at(0),
                                List.of(errors, up),
                                List.of(
                                        new Comparison(
                                                at(28), ">", Optional.of(3.0), Optional.of(bare))),
                                Optional.empty(),
                                false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a offset 5m",
                "a[5m] offset -1h30m",
                "rate(a[5m] @ end())",
                "max_over_time(rate(a[1m])[10m:30s])",
                "a * on (job) group_left (venue) b",
                "a == bool 1",
                "sum without (instance) (a)",
                "sum(a) by (b)",
                "{__name__=~\"desk_.*\", job!=\"x\"}",
                "desk:errors:rate5m > 0.01",
                "topk(3, a) # the worst",
                "a and on() hour() > 13 unless b",
                "quantile_over_time(0.99, a[1h]) > 1e3",
                "vector(1)",
                "-a + +b",
                "a % 2 atan2 3",
                "histogram_quantile(0.99, sum by (le) (rate(h_bucket[5m])))"
            })
    void what_prometheus_takes_is_read(String text) {
        assertThat(parse(text)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "rate(a[5m]|10|it ends where ',' is expected",
                "a >|3|it ends too early",
                "a[5x]|3|']' is expected before 'x'",
                "a{job=x}|6|a text in quotes is expected here",
                "sum(a) by venue|10|'(' is expected before 'venue'",
                "a b|2|'b' is not expected here",
                "a ~ b|2|'~' is not expected here"
            })
    void what_it_does_not_take_is_told_with_its_place(String text, int at, String message) {
        var told = catchThrowableOfType(PromQlParser.Unreadable.class, () -> parse(text));

        assertThat(told).hasMessage(message);
        assertThat(told.at()).isEqualTo(at);
    }

    @Test
    void nothing_is_nested_or_long_without_end() {
        assertThat(
                        catchThrowableOfType(
                                PromQlParser.Unreadable.class, () -> parse("(".repeat(100_000))))
                .isNotNull();
        assertThat(
                        catchThrowableOfType(
                                PromQlParser.Unreadable.class,
                                () -> parse("a" + "+a".repeat(100_000))))
                .isNotNull();
    }

    @Test
    void a_rule_in_a_block_has_the_places_of_the_file() {
        String text =
                """
                groups:
                  - name: desk
                    interval: 5s
                    rules:
                      - alert: Rejects
                        expr: |
                          rate(rejects_total[1m])
                            > 2
                        for: 30s
                        labels: {severity: page}
                """;

        var file = "rules.yml";
        var series =
                new Selector(
                        new Place(file, 7, 16),
                        "rejects_total",
                        List.of(),
                        Optional.of(new Located<>(Duration.ofMinutes(1), new Place(file, 7, 30))),
                        List.of("rate"));
        assertThat(facts(file, text))
                .containsExactly(
                        new AlertRule(
                                "prometheus",
                                new Place(file, 5, 16),
                                "Rejects",
                                "desk",
                                Optional.of(
                                        new Located<>(
                                                Duration.ofSeconds(5), new Place(file, 3, 15))),
                                Optional.of(
                                        new Query(
                                                "rate(rejects_total[1m])\n  > 2",
                                                new Place(file, 7, 11),
                                                List.of(series),
                                                List.of(
                                                        new Comparison(
                                                                new Place(file, 8, 13),
                                                                ">",
                                                                Optional.of(2.0),
                                                                Optional.empty())),
                                                Optional.empty(),
                                                false)),
                                Optional.of(
                                        new Located<>(
                                                Duration.ofSeconds(30), new Place(file, 9, 14))),
                                List.of(new Label("severity", "page", new Place(file, 10, 28))),
                                List.of()));
    }

    @Test
    void a_rule_inside_a_config_map_has_the_places_of_the_file_as_well() {
        String text =
                """
                kind: ConfigMap
                data:
                  rules.yml: |
                    groups:
                      - name: desk
                        rules:
                          - alert: Down
                            expr: up == 0
                """;

        assertThat(facts("map.yaml", text))
                .singleElement()
                .extracting(fact -> ((AlertRule) fact).query().orElseThrow().place())
                .isEqualTo(new Place("map.yaml", 8, 19));
    }

    private static List<InfraFact> facts(String path, String text) {
        var facts = new ArrayList<InfraFact>();
        var file = new SourceFile(path, text);
        new PrometheusFormat()
                .read(
                        List.of(file),
                        new Sources(List.of(file)),
                        new Found() {
                            @Override
                            public void fact(InfraFact fact) {
                                facts.add(fact);
                            }

                            @Override
                            public void problem(Place place, String message) {
                                throw new AssertionError(place + " " + message);
                            }
                        });
        return facts;
    }

    private static PromQl parse(String text) {
        return PromQlParser.parse(text, PromQlTest::at);
    }

    private static Place at(int offset) {
        return new Place("expr", 1, offset + 1);
    }
}
