package dev.pitcrew.server;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that the API answers, as it is served and as its document describes it.
///
/// @param method of HTTP
/// @param path with `{name}` for what varies
/// @param right that it takes
/// @param told what it is for, in one sentence
/// @param parameters numbers behind the question mark
/// @param asked the type of the body; null when there is none
/// @param answered the type of the answer
/// @param handler makes the answer
record Route(
        String method,
        String path,
        Right right,
        String told,
        List<Parameter> parameters,
        @Nullable Type asked,
        Answered answered,
        Handler handler) {
    Route {
        parameters = List.copyOf(parameters);
    }

    /// A number behind the question mark.
    record Parameter(String name, long least, long most, long otherwise, String told) {}

    /// What an answer is.
    ///
    /// @param kind its media type
    /// @param type of JSON; null for other media
    record Answered(String kind, @Nullable Type type) {
        static Answered json(Type type) {
            return new Answered("application/json", type);
        }
    }

    /// A request on its way.
    ///
    /// @param of what stands in the path for each `{name}`
    record Asking(Asker asker, Map<String, String> of, Query query, Body body) {
        /// Reads the body.
        @FunctionalInterface
        interface Body {
            Asked read() throws IOException;
        }

        long number(Parameter one) {
            return query.number(one.name(), one.least(), one.most(), one.otherwise());
        }
    }

    /// Makes the answer.
    @FunctionalInterface
    interface Handler {
        Answer answer(Asking asking) throws IOException;
    }

    /// What varies in a path, if this is the one.
    Optional<Map<String, String>> match(String asked) {
        var ours = path.split("/", -1);
        var theirs = asked.split("/", -1);
        if (ours.length != theirs.length) {
            return Optional.empty();
        }
        var found = new HashMap<String, String>();
        for (int i = 0; i < ours.length; i++) {
            if (ours[i].startsWith("{")) {
                found.put(ours[i].substring(1, ours[i].length() - 1), theirs[i]);
            } else if (!ours[i].equals(theirs[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(Map.copyOf(found));
    }
}
