package dev.pitcrew.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.runtime.http.ProbeReading.Failed;
import dev.pitcrew.runtime.http.ProbeReading.Value;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a fetch, a query or a command answered, from which probes take their values.
///
/// @param good whether it succeeded: a 2xx status, or exit code 0
/// @param outcome the status or exit code in words
/// @param text the body or the output
/// @param at when it was complete
/// @param json the same text, once somebody looked for a place in it
record Answer(boolean good, String outcome, String text, Instant at, Json json) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SAMPLE = // what follows the name: value [timestamp]
            Pattern.compile("[ \\t]+(\\S+)");

    Answer(boolean good, String outcome, String text, Instant at) {
        this(good, outcome, text, at, new Json());
    }

    /// Many probes read one answer, each a place of its own, so it is parsed once. For the thread of one round alone.
    static final class Json {
        private @Nullable JsonNode tree;

        private JsonNode of(String text) throws JsonProcessingException {
            if (tree == null) {
                tree = JSON.readTree(text);
            }
            return tree;
        }
    }

    /// Whether it succeeded, as `true` or `false`.
    ProbeReading succeeded() {
        return new Value(Boolean.toString(good), at);
    }

    /// The whole text.
    ProbeReading whole() {
        return good ? new Value(text, at) : new Failed(outcome, at);
    }

    /// The JSON at an RFC 6901 pointer; what stands in an error's body is no observation.
    ProbeReading at(String pointer) {
        if (!good) {
            return new Failed(outcome, at);
        }
        try {
            JsonNode found = json.of(text).at(pointer);
            return found.isMissingNode() || found.isNull()
                    ? new Failed("nothing at " + pointer + ", " + outcome, at)
                    : new Value(found.isValueNode() ? found.asText() : found.toString(), at);
        } catch (JsonProcessingException | IllegalArgumentException _) {
            return new Failed("no JSON to look for " + pointer + " in, " + outcome, at);
        }
    }

    /// The first sample of a metric in Prometheus text.
    ///
    /// @param name the name, with its labels as they are written there, if any
    ProbeReading metric(String name) {
        if (!good) {
            return new Failed(outcome, at);
        }
        return text.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> SAMPLE.matcher(line.substring(name.length())))
                .filter(Matcher::lookingAt)
                .findFirst()
                .<ProbeReading>map(sample -> new Value(sample.group(1), at))
                .orElseGet(() -> new Failed("no metric " + name + ", " + outcome, at));
    }
}
