package dev.pitcrew.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.EventCodec;
import dev.pitcrew.server.Route.Asking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// The controller's API and console, on 127.0.0.1, and with a certificate elsewhere.
///
/// `/openapi.json` describes what programs ask for. Each of their requests needs `Authorization: Bearer TOKEN` of an operator, who is the one
/// that acts. A refusal is a [Refusal.Body]. People log in at `/` with the same token; see [Console].
public final class Api implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());
    private static final int BODY_MAX = 64 * 1024;
    private final InstantSource clock = InstantSource.system();
    private final Operators operators;
    private final Asker.Place place;
    private final Acts acts;
    private final Views views;
    private final Console console;
    private final Sessions sessions;
    private final Pulse pulse;
    private final List<Route> routes;
    private final String document;
    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final JsonMapper json = json();
    private final Rates asks = new Rates(2_000, 1_000);
    private final Rates wrong = new Rates(20, 80.0 / 3600); // at most 100 in an hour

    static {
        // Whoever takes longer to send a request, or opens more connections, keeps others out.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        System.setProperty("jdk.httpserver.maxConnections", "1000");
    }

    /// Begins to answer on the loopback.
    ///
    /// @param port 0 for any free one
    /// @throws IOException when the port can't be had
    public Api(Room room, Operators operators, int port) throws IOException {
        this(room, operators, Listening.onLoopback(port));
    }

    /// Begins to answer.
    ///
    /// @throws IOException when an address can't be had
    public Api(Room room, Operators operators, Listening listening) throws IOException {
        this.operators = operators;
        views = new Views(room, operators);
        acts = new Acts(room, views::unseenOperators);
        sessions = new Sessions(new SecureRandom());
        place = Asker.Place.of(room.system(), room.environment().name());
        routes = new Routes(views, acts, json, clock, threads::isShutdown).all();
        document = OpenApi.document(routes).toPrettyString() + "\n";
        pulse = new Pulse(this::state);
        console = new Console(room, views, acts, sessions, operators, place, clock);
        try {
            serve(HttpServer.create(listening.loopback(), 64), false);
            if (listening.beyond().isPresent()) {
                serve(https(listening.beyond().get()), true);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        Thread.ofPlatform().daemon().name("past").start(this::catchUp);
    }

    private void catchUp() {
        try {
            views.catchUp();
        } catch (RuntimeException e) { // then whoever asks is told
            System.getLogger(Api.class.getName())
                    .log(System.Logger.Level.DEBUG, "the past can't be folded now", e);
        }
    }

    private void serve(HttpServer server, boolean isBeyond) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, isBeyond));
        server.start();
        servers.add(server);
    }

    private static HttpsServer https(Listening.Beyond beyond) throws IOException {
        var server = HttpsServer.create(beyond.address(), 64);
        server.setHttpsConfigurator(
                new HttpsConfigurator(beyond.tls()) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters all = getSSLContext().getDefaultSSLParameters();
                        all.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                        all.setUseCipherSuitesOrder(true);
                        all.setNeedClientAuth(beyond.wantsClients());
                        parameters.setSSLParameters(all);
                    }
                });
        return server;
    }

    /// How the API writes and reads JSON.
    public static JsonMapper json() {
        return EventCodec.withKinds(JsonMapper.builder())
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(
                        DeserializationFeature
                                .FAIL_ON_UNKNOWN_PROPERTIES) // a newer peer may say more
                .build();
    }

    /// On the loopback.
    public int port() {
        return servers.getFirst().getAddress().getPort();
    }

    /// Of the other address; empty when there is none.
    public Optional<Integer> portBeyond() {
        return servers.size() > 1
                ? Optional.of(servers.get(1).getAddress().getPort())
                : Optional.empty();
    }

    /// What programs may ask for.
    List<Route> routes() {
        return routes;
    }

    private void handle(HttpExchange exchange, boolean isBeyond) throws IOException {
        try (exchange) {
            Headers.secure(exchange, isBeyond);
            Answer answer;
            try {
                if (!isBeyond) {
                    Headers.demandLoopback(exchange);
                }
                var path = exchange.getRequestURI().getPath();
                if (path.startsWith("/v1/") || path.equals("/metrics")) {
                    answer = answer(exchange);
                } else if (path.equals("/openapi.json")) {
                    answer = Answer.of(200, Answer.JSON, document);
                } else {
                    answer = atTheConsole(exchange, isBeyond);
                }
            } catch (Refusal e) {
                answer = Answer.json(e.status(), e.body(), json);
            } catch (IllegalArgumentException e) {
                answer = refused(409, "refused", e);
            } catch (OperationFailed e) {
                // Trying again is of no use while somebody else knows more of the ledger than we
                // do.
                answer =
                        refused(
                                e.code() == OperationFailed.Code.LEDGER_DISPUTED ? 409 : 503,
                                Words.of(e.code()),
                                e);
            } catch (RuntimeException e) { // a fault of ours; whoever asked must not wait for ever
                var name = "fault-" + Long.toHexString(System.nanoTime());
                LOG.log(System.Logger.Level.ERROR, "a request failed: " + name, e);
                answer =
                        Answer.json(
                                500,
                                new Refusal.Body(
                                        "internal",
                                        "a fault in the controller: " + name,
                                        "its log has more under that name"),
                                json);
            }
            if (answer.kind().equals(Pulse.KIND)) {
                return; // it was sent already
            }
            send(exchange, answer);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.kind());
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        var isEmpty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : body.length);
        if (!isEmpty) {
            exchange.getResponseBody().write(body);
        }
    }

    private Answer refused(int status, String code, RuntimeException why) {
        return Answer.json(
                status, new Refusal.Body(code, String.valueOf(why.getMessage()), ""), json);
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        var asker = operator(exchange);
        var path = exchange.getRequestURI().getPath();
        var isThere = false;
        for (var route : routes) {
            var of = route.match(path);
            if (of.isPresent() && route.method().equals(exchange.getRequestMethod())) {
                asker.demandAnywhere(route.right(), clock.instant());
                if (route.right() != Right.STOP) { // nobody waits who wants less risk
                    demandRate(asker.name());
                }
                if (route.answered().kind().equals(Pulse.KIND)) {
                    return stream(exchange, asker);
                }
                return route.handler()
                        .answer(
                                new Asking(
                                        asker,
                                        of.get(),
                                        Query.of(exchange.getRequestURI()),
                                        () -> asked(exchange)));
            }
            isThere |= of.isPresent();
        }
        if (isThere) {
            throw new Refusal(
                    405,
                    "not-this-way",
                    path + " is not asked for in this way",
                    "see /openapi.json");
        }
        if (exchange.getRequestMethod().equals("POST")) {
            throw new Refusal(
                    404, "no-such-act", "there is no act " + path.substring("/v1/".length()), "");
        }
        throw new Refusal(404, "nothing-there", "nothing answers " + path, "");
    }

    private void demandRate(String name) {
        if (!asks.take(name, System.nanoTime())) {
            throw new Refusal(
                    429,
                    "too-often",
                    name + " asks too often: 1,000 requests a second, and 2,000 at once",
                    "wait a second");
        }
    }

    private Asker operator(HttpExchange exchange) {
        var header = exchange.getRequestHeaders().getFirst("Authorization");
        var token =
                header != null && header.startsWith("Bearer ")
                        ? header.substring("Bearer ".length())
                        : "";
        return operators
                .known(token)
                .map(known -> new Asker(known, Optional.empty(), place))
                .orElseThrow(() -> notAnOperator(exchange));
    }

    private Refusal notAnOperator(HttpExchange exchange) {
        var from = exchange.getRemoteAddress().getAddress().getHostAddress();
        return wrong.take(from, System.nanoTime())
                ? new Refusal(
                        401,
                        "not-an-operator",
                        "this token is no operator's",
                        "`pitcrew operator add NAME` makes one; it is read from PITCREW_TOKEN")
                : new Refusal(
                        429,
                        "too-many-wrong-tokens",
                        "too many wrong tokens came from " + from,
                        "a right one is taken all the same");
    }

    private Answer atTheConsole(HttpExchange exchange, boolean isBeyond) throws IOException {
        var request = ConsoleRequest.of(exchange, isBeyond);
        var asker = console.asker(request);
        if (asker.isPresent() && request.isFor("GET", "/stream")) {
            asker.get().demand(Right.READ, clock.instant());
            return stream(exchange, asker.get());
        }
        if (request.method().equals("GET")) { // what is posted may be a kill
            asker.ifPresent(one -> demandRate(one.name()));
        }
        return console.answer(request, asker, () -> notAnOperator(exchange));
    }

    /// Until whoever asked goes away, or may not read any more.
    private Answer stream(HttpExchange exchange, Asker asker) throws IOException {
        pulse.send(exchange, asker.name(), () -> isStillOperator(asker));
        return new Answer(200, Pulse.KIND, "", Map.of());
    }

    private boolean isStillOperator(Asker asker) {
        Instant now = clock.instant();
        return !threads.isShutdown()
                && asker.session()
                        .map(one -> sessions.find(one.key(), now, false).isPresent())
                        .orElse(true)
                && operators
                        .still(asker.name(), asker.operator().key())
                        .map(one -> new Asker(one, asker.session(), place))
                        .filter(one -> one.may(Right.READ, now))
                        .isPresent();
    }

    /// What a viewer sees, but for the time.
    private Pulse.State state() {
        var status = views.status();
        ObjectNode shown = json.valueToTree(status);
        shown.remove("at");
        ArrayNode rollouts = json.valueToTree(views.rollouts());
        return new Pulse.State(views.size(), shown.toString() + rollouts);
    }

    private Asked asked(HttpExchange exchange) throws IOException {
        var kind = exchange.getRequestHeaders().getFirst("Content-Type");
        if (kind != null && !kind.startsWith("application/json")) {
            throw new Refusal(415, "not-json", "the body has to be application/json", "");
        }
        byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
        if (body.length > BODY_MAX) {
            throw new Refusal(413, "too-large", "the body has more than 64 KiB", "");
        }
        try {
            @Nullable Asked asked = json.readValue(body, Asked.class);
            if (asked == null) {
                throw new Refusal(400, "incomplete", "the body is null, and no request", "");
            }
            return asked;
        } catch (JsonProcessingException e) {
            // Its own words name our classes.
            var at = e.getLocation();
            throw new Refusal(
                    400,
                    "not-json",
                    "the body is no request of this kind, from line %d, column %d on"
                            .formatted(
                                    at == null ? 1 : at.getLineNr(),
                                    at == null ? 1 : at.getColumnNr()),
                    "see /openapi.json");
        }
    }

    /// Ends requests that wait, and answers no more.
    @Override
    public void close() {
        threads.shutdown();
        servers.forEach(one -> one.stop(0));
    }
}
