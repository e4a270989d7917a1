package dev.pitcrew.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.Marks;
import dev.pitcrew.app.StatusView;
import dev.pitcrew.app.Unwitnessed;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.EventCodec;
import dev.pitcrew.runtime.LedgerJournal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The controller's API, on 127.0.0.1 only.
///
/// | request | answer |
/// |---|---|
/// | `GET /v1/status` | a [DeskStatus] |
/// | `GET /v1/events?after=N&wait=S` | entries after index N, at most 500; waits up to S seconds (at most 30) for the first |
/// | `POST /v1/ACT` with an [Asked] | the events appended, or a plan |
///
/// Each request needs `Authorization: Bearer TOKEN` of an operator, who is the one that acts. A refusal is a [Refusal.Body].
public final class Api implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());
    private static final int BODY_MAX = 64 * 1024;
    private static final int PAGE = 500;
    private static final long WAIT_MAX_SECONDS = 30;

    private final Room room;
    private final Operators operators;
    private final Acts acts;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LedgerJournal journal;
    private final JsonMapper json = json();
    private Marks marks = Marks.NONE; // guarded by this, as is all below
    private KnownOperators known = KnownOperators.NONE;
    private long folded; // entries folded into them

    /// Begins to answer.
    ///
    /// @param port 0 for any free one
    /// @throws IOException when the port can't be had
    public Api(Room room, Operators operators, int port) throws IOException {
        this.room = room;
        this.operators = operators;
        this.acts = new Acts(room, at -> known().unseen(operators.listed(), at));
        this.journal = new LedgerJournal(room.ledger());
        var address =
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        server = HttpServer.create(address, 64);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
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

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Object answer;
            int status = 200;
            try {
                answer = answer(exchange);
            } catch (Refusal e) {
                status = e.status();
                answer = e.body();
            } catch (IllegalArgumentException e) {
                status = 409;
                answer = new Refusal.Body("refused", String.valueOf(e.getMessage()), "");
            } catch (OperationFailed e) {
                // Trying again is of no use while somebody else knows more of the ledger than we
                // do.
                status = e.code() == OperationFailed.Code.LEDGER_DISPUTED ? 409 : 503;
                answer = new Refusal.Body(Words.of(e.code()), String.valueOf(e.getMessage()), "");
            } catch (RuntimeException e) { // a fault of ours; whoever asked must not wait for ever
                LOG.log(System.Logger.Level.ERROR, "a request failed", e);
                status = 500;
                answer =
                        new Refusal.Body(
                                "internal", "a fault in the controller: " + e, "see its log");
            }
            byte[] body = json.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Object answer(HttpExchange exchange) throws IOException {
        var by = operator(exchange);
        var path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod() + " " + path) {
            case "GET /v1/status" -> status();
            case "GET /v1/events" -> events(Query.of(exchange.getRequestURI()));
            default -> {
                if (!exchange.getRequestMethod().equals("POST") || !path.startsWith("/v1/")) {
                    throw new Refusal(404, "nothing-there", "nothing answers " + path, "");
                }
                yield acts.perform(path.substring("/v1/".length()), asked(exchange), by);
            }
        };
    }

    private String operator(HttpExchange exchange) {
        var header = exchange.getRequestHeaders().getFirst("Authorization");
        var token =
                header != null && header.startsWith("Bearer ")
                        ? header.substring("Bearer ".length())
                        : "";
        return operators
                .who(token)
                .orElseThrow(
                        () ->
                                new Refusal(
                                        401,
                                        "not-an-operator",
                                        "this token is no operator's",
                                        "`pitcrew operator add NAME` makes one; it is read from PITCREW_TOKEN"));
    }

    private Asked asked(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX);
        try {
            @Nullable Asked asked = json.readValue(body, Asked.class);
            if (asked == null) {
                throw new Refusal(400, "incomplete", "the body is null, and no request", "");
            }
            return asked;
        } catch (JsonProcessingException e) {
            throw new Refusal(
                    400, "not-json", "the body is no request: " + e.getOriginalMessage(), "");
        }
    }

    private DeskStatus status() {
        var controller = room.status().get();
        return new StatusView(
                        room.system(),
                        room.environment(),
                        room.loop().desk(),
                        room.facts().get(),
                        marks())
                .status(
                        new DeskStatus.Controller(
                                ProcessHandle.current().pid(),
                                controller.objection().or(controller::trouble).orElse(""),
                                controller.leads()),
                        new DeskStatus.Ledger(
                                controller.entries(), unwitnessed(controller.witnesses().values())),
                        controller.unknownInstances(),
                        operatorLines());
    }

    /// As far as they are known, when the ledger can't be read now.
    private synchronized Marks marks() {
        foldIfReadable();
        return marks;
    }

    private synchronized KnownOperators known() {
        fold();
        return known;
    }

    private synchronized KnownOperators lastKnown() {
        foldIfReadable();
        return known;
    }

    private synchronized void foldIfReadable() {
        try {
            fold();
        } catch (OperationFailed e) {
            if (e.code() != OperationFailed.Code.LEDGER_UNAVAILABLE) {
                throw e;
            }
        }
    }

    private String unwitnessed(Collection<WitnessState> witnesses) {
        try {
            return Unwitnessed.since(room.ledger(), witnesses);
        } catch (OperationFailed e) {
            if (e.code() != OperationFailed.Code.LEDGER_UNAVAILABLE) {
                throw e;
            }
            return "unknown while the ledger can't be read";
        }
    }

    private synchronized void fold() {
        try (var entries = room.ledger().entries(folded)) {
            entries.forEach(
                    entry -> {
                        journal.event(entry)
                                .ifPresent(
                                        event -> {
                                            marks = marks.fold(event);
                                            known = known.fold(event);
                                        });
                        folded = entry.index() + 1;
                    });
        }
    }

    private List<DeskStatus.Operator> operatorLines() {
        var known = lastKnown();
        return operators.listed().stream()
                .map(one -> new DeskStatus.Operator(one.name(), one.by(), known.has(one)))
                .toList();
    }

    private List<Told> events(Query query) {
        long after = query.number("after", -1, Long.MAX_VALUE, -1);
        long wait = query.number("wait", 0, WAIT_MAX_SECONDS, 0);
        long deadline = System.nanoTime() + wait * 1_000_000_000;
        while (room.ledger().size() <= after + 1
                && System.nanoTime() < deadline
                && !threads.isShutdown()) {
            // The ledger tells nobody that it grew, and a virtual thread that looks again costs
            // next to nothing.
            LockSupport.parkNanos(20_000_000);
        }
        try (var entries = room.ledger().entries(after + 1)) {
            return entries.limit(PAGE).map(journal::opened).map(Told::of).toList();
        }
    }

    /// Ends requests that wait, and answers no more.
    @Override
    public void close() {
        threads.shutdown();
        server.stop(0);
    }
}
