package dev.pitcrew.server;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The part of an address behind the question mark; only numbers are ever asked for there.
record Query(Map<String, String> values) {
    static Query of(URI uri) {
        @Nullable String query = uri.getQuery();
        return new Query(
                query == null
                        ? Map.of()
                        : Arrays.stream(query.split("&", -1))
                                .map(pair -> pair.split("=", 2))
                                .filter(pair -> pair.length == 2)
                                .collect(
                                        Collectors.toMap(
                                                pair -> pair[0],
                                                pair -> pair[1],
                                                (_, last) -> last)));
    }

    /// @throws Refusal when it is none, or out of bounds
    long number(String name, long least, long most, long otherwise) {
        var text = values.get(name);
        try {
            long number = text == null ? otherwise : Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) { // refused below, like one out of bounds
        }
        throw new Refusal(
                400, "bad-number", "%s is a number from %d to %d".formatted(name, least, most), "");
    }
}
