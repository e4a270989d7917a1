package desk.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// A small HTTP server on 127.0.0.1: JSON in and out, one virtual thread a request.
///
/// A path may end in `/*`, which takes what lies below it: [Call#rest()] has the segments.
public final class Http implements AutoCloseable {
    static {
        // Without it answers wait up to 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("jdk.httpserver.maxConnections", "-1");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    /// Answers one request.
    @FunctionalInterface
    public interface Handler {
        /// @throws IllegalArgumentException when the request is wrong, answered with 400
        Reply answer(Call call) throws Exception;
    }

    private final HttpServer server;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

    /// @param port 0 takes any free one
    public Http(int port) throws IOException {
        var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        server = HttpServer.create(address, 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
    }

    public Http get(String path, Handler handler) {
        return on("GET", path, handler);
    }

    public Http post(String path, Handler handler) {
        return on("POST", path, handler);
    }

    public Http delete(String path, Handler handler) {
        return on("DELETE", path, handler);
    }

    private Http on(String method, String path, Handler handler) {
        handlers.put(method + " " + path, handler);
        return this;
    }

    public Http start() {
        server.start();
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            send(exchange, answer(exchange, body));
        }
    }

    private Reply answer(HttpExchange exchange, String body) {
        var path = exchange.getRequestURI().getPath();
        var method = exchange.getRequestMethod();
        var handler = handlers.get(method + " " + path);
        var prefix = path;
        while (handler == null && prefix.lastIndexOf('/') >= 0) {
            prefix = prefix.substring(0, prefix.lastIndexOf('/'));
            handler = handlers.get(method + " " + prefix + "/*");
        }
        if (handler == null) {
            return Reply.error(404, "nothing answers " + method + " " + path);
        }
        var rest = path.substring(prefix.length()).split("/");
        try {
            return handler.answer(
                    new Call(
                            exchange,
                            body,
                            Arrays.stream(rest).filter(s -> !s.isEmpty()).toList()));
        } catch (IllegalArgumentException e) {
            return Reply.error(400, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            return Reply.error(500, e.toString());
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        var bytes =
                reply.body() instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : Json.bytes(reply.body());
        var headers = exchange.getResponseHeaders();
        headers.set(
                "Content-Type", reply.body() instanceof String ? "text/plain" : "application/json");
        reply.headers().forEach(headers::set);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// One request.
    ///
    /// @param body as text; empty without one
    /// @param rest path segments below a `/*`
    public record Call(HttpExchange exchange, String body, List<String> rest) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }

        /// Parameters of the query, not decoded: the desk's names need no escapes.
        public Map<String, String> query() {
            var parameters = new HashMap<String, String>();
            var query = exchange.getRequestURI().getQuery();
            if (query != null) {
                for (var pair : query.split("&")) {
                    var equals = pair.indexOf('=');
                    parameters.put(
                            equals < 0 ? pair : pair.substring(0, equals),
                            equals < 0 ? "" : pair.substring(equals + 1));
                }
            }
            return parameters;
        }

        /// @throws IllegalArgumentException when the body is no JSON
        public JsonNode json() {
            return Json.parse(body);
        }
    }

    /// One answer.
    ///
    /// @param status HTTP status
    /// @param body text, sent as it is, or anything that becomes JSON
    /// @param headers beside Content-Type
    public record Reply(int status, Object body, Map<String, String> headers) {
        public Reply {
            headers = Map.copyOf(headers);
        }

        public static Reply of(int status, Object body) {
            return new Reply(status, body, Map.of());
        }

        public static Reply ok(Object body) {
            return of(200, body);
        }

        public static Reply error(int status, String why) {
            return of(status, Json.object().put("error", why));
        }
    }
}
