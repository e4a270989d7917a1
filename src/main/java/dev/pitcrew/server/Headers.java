package dev.pitcrew.server;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;

/// What every answer says to browsers, and what a request on the loopback must say.
final class Headers {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final List<String> HERE = List.of("127.0.0.1", "localhost", "[::1]");

    private Headers() {}

    static void secure(HttpExchange exchange, boolean isBeyond) {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.set("Cache-Control", "no-store");
        if (isBeyond) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }

    /// A page elsewhere can have its own name lead to 127.0.0.1, and then asks with that name.
    static void demandLoopback(HttpExchange exchange) {
        var host = exchange.getRequestHeaders().getFirst("Host");
        var name = host == null ? "" : host.replaceFirst(":\\d+$", "");
        if (!HERE.contains(name)) {
            throw new Refusal(
                    421,
                    "not-this-host",
                    "this address is asked for as 127.0.0.1 or localhost",
                    "");
        }
    }
}
