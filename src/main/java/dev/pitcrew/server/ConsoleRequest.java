package dev.pitcrew.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request of a browser.
///
/// @param cookies by name
/// @param form what was filled in; empty unless it is posted
/// @param isBeyond whether it came by TLS
/// @param isLook whether the page looks for news by itself
/// @param isForeign whether the browser says that another site's page made it
record ConsoleRequest(
        String method,
        String path,
        Query query,
        Map<String, String> cookies,
        Map<String, String> form,
        boolean isBeyond,
        boolean isLook,
        boolean isForeign) {
    private static final int FORM_MAX = 16 * 1024;

    static ConsoleRequest of(HttpExchange exchange, boolean isBeyond) throws IOException {
        var headers = exchange.getRequestHeaders();
        var site = headers.getFirst("Sec-Fetch-Site");
        return new ConsoleRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Query.of(exchange.getRequestURI()),
                pairs(headers.getFirst("Cookie"), "; *"),
                exchange.getRequestMethod().equals("POST") ? form(exchange) : Map.of(),
                isBeyond,
                headers.containsKey("X-Pitcrew-Look"),
                site != null && !site.equals("same-origin") && !site.equals("none"));
    }

    boolean isFor(String asked, String at) {
        return method.equals(asked) && path.equals(at);
    }

    String field(String name) {
        return Objects.requireNonNullElse(form.get(name), "").strip();
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(FORM_MAX + 1);
        if (body.length > FORM_MAX) {
            throw new Refusal(413, "too-large", "the form has more than 16 KiB", "");
        }
        var decoded = new HashMap<String, String>();
        pairs(new String(body, StandardCharsets.UTF_8), "&")
                .forEach((name, value) -> decoded.put(decoded(name), decoded(value)));
        return Map.copyOf(decoded);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "no-form", "this is no form", "");
        }
    }

    /// Of two with the same name the last counts.
    private static Map<String, String> pairs(@Nullable String text, String between) {
        var pairs = new HashMap<String, String>();
        if (text != null) {
            Arrays.stream(text.split(between, -1))
                    .map(pair -> pair.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> pairs.put(pair[0], pair[1]));
        }
        return Map.copyOf(pairs);
    }
}
