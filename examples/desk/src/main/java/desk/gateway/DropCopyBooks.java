package desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import desk.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the drop copy says about our orders: the second, independent source.
final class DropCopyBooks {
    private static final Duration LIMIT = Duration.ofMillis(250);

    private final Optional<URI> books;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /// @param recorder base URL of the drop-copy recorder; empty without one
    DropCopyBooks(Optional<String> recorder) {
        books = recorder.map(url -> URI.create(url.replaceAll("/$", "") + "/books"));
    }

    /// One instrument.
    ///
    /// @param open orders
    /// @param position shares, negative when short
    record Line(long open, long position) {}

    /// @return the books by instrument, without instruments that have neither; empty when the recorder doesn't answer
    Optional<Map<String, Line>> read() {
        if (books.isEmpty()) {
            return Optional.empty();
        }
        try {
            var request = HttpRequest.newBuilder(books.get()).timeout(LIMIT).build();
            var answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.of(parse(Json.parse(answer.body())))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// @return the books of our own store in the same form
    static Map<String, Line> of(Map<String, Long> open, Map<String, Long> positions) {
        var lines = new TreeMap<String, Line>();
        positions.forEach((symbol, shares) -> lines.put(symbol, new Line(0, shares)));
        open.forEach(
                (symbol, count) ->
                        lines.merge(
                                symbol,
                                new Line(count, 0),
                                (a, b) -> new Line(b.open(), a.position())));
        return withoutEmpty(lines);
    }

    private static Map<String, Line> parse(JsonNode answer) {
        var lines = new TreeMap<String, Line>();
        answer.path("byInstrument")
                .properties()
                .forEach(
                        each ->
                                lines.put(
                                        each.getKey(),
                                        new Line(
                                                each.getValue().path("open").asLong(),
                                                each.getValue().path("position").asLong())));
        return withoutEmpty(lines);
    }

    private static Map<String, Line> withoutEmpty(Map<String, Line> lines) {
        lines.values().removeIf(line -> line.open() == 0 && line.position() == 0);
        return lines;
    }
}
