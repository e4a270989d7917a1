package desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import desk.common.HttpConnection;
import desk.common.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the drop copy says about our orders: the second, independent source.
final class DropCopyBooks {
    private static final Duration LIMIT = Duration.ofMillis(250);

    private final Optional<HttpConnection> recorder;

    /// @param recorder base URL of the drop-copy recorder; empty without one
    DropCopyBooks(Optional<String> recorder) {
        this.recorder = recorder.map(url -> new HttpConnection(url, LIMIT));
    }

    /// One instrument.
    ///
    /// @param open orders
    /// @param position shares, negative when short
    record Line(long open, long position) {}

    /// Whether there is one at all.
    boolean isThere() {
        return recorder.isPresent();
    }

    /// @return the books by instrument, without instruments that have neither; empty when the recorder doesn't answer, or is
    ///     itself cut off from the venue, so that its books are old
    synchronized Optional<Map<String, Line>> read() {
        if (recorder.isEmpty()) {
            return Optional.empty();
        }
        try {
            var answer = recorder.get().get("/books");
            return answer.status() == 200
                    ? Optional.of(parse(Json.parse(answer.body())))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// @return the books of our own store in the same form
    static Map<String, Line> of(Map<String, Long> open, Map<String, Long> positions) {
        var lines = new TreeMap<String, Line>();
        positions.forEach((symbol, shares) -> lines.put(symbol, new Line(0, shares)));
        open.forEach(
                (symbol, count) -> {
                    var held = lines.getOrDefault(symbol, new Line(0, 0));
                    lines.put(symbol, new Line(count, held.position()));
                });
        return withoutEmpty(lines);
    }

    private static Map<String, Line> parse(JsonNode answer) {
        var lines = new TreeMap<String, Line>();
        for (var each : answer.path("byInstrument").properties()) {
            var line = each.getValue();
            lines.put(
                    each.getKey(),
                    new Line(line.path("open").asLong(), line.path("position").asLong()));
        }
        return withoutEmpty(lines);
    }

    private static Map<String, Line> withoutEmpty(Map<String, Line> lines) {
        lines.values().removeIf(line -> line.open() == 0 && line.position() == 0);
        return lines;
    }
}
