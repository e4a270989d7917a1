package dev.pitcrew.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.judge.input.Scrape.Series;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks a Prometheus server what instances have counted, by its HTTP API. What it answers becomes scrapes, as if the instances had been asked.
///
/// @param url of the server, without a path
/// @param limit on connecting, and on each wait for more of the answer
public record PrometheusServer(String url, Duration limit) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "__name__";

    /// A query for counters and the buckets of classic histograms.
    ///
    /// @param selectors each `name` or `name{label="value"}`
    /// @param labels such as `instance="gateway-1"`; may be empty
    public static String series(Collection<String> selectors, String labels) {
        return selectors.stream()
                .map(one -> one.replaceFirst("\\{.*", ""))
                .flatMap(one -> Stream.of(one, one + "_bucket"))
                .distinct()
                .sorted()
                .collect(
                        Collectors.joining(
                                "|",
                                "{" + NAME + "=~\"",
                                "\"" + (labels.isEmpty() ? "" : "," + labels) + "}"));
    }

    /// What holds now.
    public Read<Scrape> now(String query) {
        return switch (ask("query", Map.of("query", query))) {
            case Read.Bad<JsonNode>(var problems) -> new Read.Bad<>(problems);
            case Read.Good<JsonNode>(var result) -> {
                var values = new HashMap<Series, Double>();
                for (JsonNode one : result) {
                    number(one.path("value")).ifPresent(value -> values.put(name(one), value));
                }
                yield new Read.Good<>(new Scrape(values));
            }
        };
    }

    /// What held at each step, in the order of time; a step of which nothing is known is left out.
    ///
    /// @param from the first step
    /// @param to the last one, at most
    public Read<List<Scrape>> range(String query, Instant from, Instant to, Duration step) {
        var parameters =
                Map.of(
                        "query",
                        query,
                        "start",
                        from.toString(),
                        "end",
                        to.toString(),
                        "step",
                        step.toMillis() + "ms");
        return switch (ask("query_range", parameters)) {
            case Read.Bad<JsonNode>(var problems) -> new Read.Bad<>(problems);
            case Read.Good<JsonNode>(var result) -> new Read.Good<>(steps(result));
        };
    }

    private static List<Scrape> steps(JsonNode result) {
        var byTime = new TreeMap<Double, Map<Series, Double>>();
        for (JsonNode one : result) {
            var series = name(one);
            for (JsonNode value : one.path("values")) {
                number(value)
                        .ifPresent(
                                number ->
                                        byTime.computeIfAbsent(
                                                        value.path(0).asDouble(),
                                                        _ -> new HashMap<>())
                                                .put(series, number));
            }
        }
        return byTime.values().stream().map(Scrape::new).toList();
    }

    private static Series name(JsonNode series) {
        var labels = new TreeMap<String, String>();
        series.path("metric")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        var name = labels.remove(NAME);
        return new Series(name == null ? "" : name, labels);
    }

    /// The number of a pair of time and text; empty for NaN, since it says nothing.
    private static Optional<Double> number(JsonNode pair) {
        var text = pair.path(1).asText();
        var number =
                switch (text) {
                    case "+Inf" -> Double.POSITIVE_INFINITY;
                    case "-Inf" -> Double.NEGATIVE_INFINITY;
                    case "NaN", "" -> Double.NaN;
                    default -> Double.parseDouble(text);
                };
        return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
    }

    private Read<JsonNode> ask(String what, Map<String, String> parameters) {
        try {
            var form = new ArrayList<String>();
            new TreeMap<>(parameters)
                    .forEach((key, value) -> form.add(key + "=" + URLEncoder.encode(value, UTF_8)));
            var answer = JSON.readTree(post(what, String.join("&", form)));
            return answer.path("status").asText().equals("success")
                    ? new Read.Good<>(answer.path("data").path("result"))
                    : bad(answer.path("error").asText("it answered no result"));
        } catch (JsonProcessingException _) {
            return bad("what answers is no Prometheus server");
        } catch (IOException | IllegalArgumentException e) {
            return bad("it can't be asked: " + e);
        }
    }

    private String post(String what, String form) throws IOException {
        var address = URI.create(url.replaceFirst("/+$", "") + "/api/v1/" + what).toURL();
        var connection = (HttpURLConnection) address.openConnection();
        connection.setConnectTimeout(Math.toIntExact(limit.toMillis()));
        connection.setReadTimeout(Math.toIntExact(limit.toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        try (var out = connection.getOutputStream()) {
            out.write(form.getBytes(UTF_8));
        }
        int status = connection.getResponseCode();
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return body == null ? "" : new String(body.readAllBytes(), UTF_8);
        }
    }

    private <T> Read<T> bad(String message) {
        return new Read.Bad<>(List.of(new Problem(new Place(url, 1, 1), message)));
    }
}
