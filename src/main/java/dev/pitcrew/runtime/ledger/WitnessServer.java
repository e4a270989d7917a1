package dev.pitcrew.runtime.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.SubmissionText;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness.Answer;
import dev.pitcrew.ledger.Witness.Reason;
import dev.pitcrew.ledger.Witness.Submission;
import dev.pitcrew.model.OperationFailed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A C2SP witness over plain HTTP. What it answers is signed, so nobody in between can forge it; beyond its own host it
/// belongs behind TLS or into a private network all the same, so that nobody holds answers back.
///
/// @see <a href="https://c2sp.org/tlog-witness">tlog-witness</a>
public final class WitnessServer implements AutoCloseable {
    private static final int BODY_MAX = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FolderWitness witness;
    private final Map<String, VerifierKey> ledgers;

    private WitnessServer(
            HttpServer server, FolderWitness witness, Map<String, VerifierKey> ledgers) {
        this.server = server;
        this.witness = witness;
        this.ledgers = ledgers;
    }

    /// Starts to listen.
    ///
    /// @param address with port 0 for a free one
    /// @param folder where it remembers; must exist
    /// @param key cosigns
    /// @param ledgers whose checkpoints it cosigns, by the origin that is the key's name
    /// @throws IOException when the port is taken, or the address isn't this host's
    public static WitnessServer start(
            InetSocketAddress address,
            Path folder,
            SigningKey key,
            Collection<VerifierKey> ledgers,
            InstantSource clock)
            throws IOException {
        var http = HttpServer.create(address, 0);
        var byOrigin =
                ledgers.stream().collect(Collectors.toMap(VerifierKey::name, Function.identity()));
        var witness = new FolderWitness(folder, text -> List.of(key.sign(text, clock.instant())));
        var started = new WitnessServer(http, witness, byOrigin);
        http.setExecutor(started.threads);
        http.createContext("/", started::answer);
        http.start();
        return started;
    }

    /// Where it listens, as `http://HOST:PORT`.
    public String url() {
        var address = server.getAddress();
        var host = address.getAddress().getHostAddress();
        return "http://%s:%d"
                .formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/add-checkpoint")) {
                if (exchange.getRequestMethod().equals("POST")) {
                    addCheckpoint(exchange);
                } else {
                    send(exchange, 405, "");
                }
            } else {
                monitor(exchange, path);
            }
        } catch (OperationFailed e) { // nothing was promised, so the client may ask again
            send(exchange, 503, "");
        }
    }

    private void addCheckpoint(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
        Submission submission;
        String origin;
        try {
            if (body.length > BODY_MAX) {
                throw new IllegalArgumentException("the body is too long");
            }
            submission = SubmissionText.parse(new String(body, StandardCharsets.UTF_8));
            origin = Checkpoint.parse(submission.checkpoint().text()).origin();
        } catch (IllegalArgumentException e) {
            send(exchange, Reason.MALFORMED.status(), "");
            return;
        }
        var ledger = ledgers.get(origin);
        switch (ledger == null
                ? new Answer.Refused(Reason.UNKNOWN_ORIGIN)
                : witness.add(ledger, submission)) {
            case Answer.Remembered(var cosignatures) -> send(exchange, 200, lines(cosignatures));
            case Answer.Conflict(var size) -> {
                exchange.getResponseHeaders().set("Content-Type", "text/x.tlog.size");
                send(exchange, 409, size + "\n");
            }
            case Answer.Refused(var reason) -> send(exchange, reason.status(), "");
        }
    }

    private void monitor(HttpExchange exchange, String path) throws IOException {
        var asked =
                ledgers.values().stream()
                        .filter(key -> path.equals("/" + CheckpointFile.path(key.name())))
                        .findFirst();
        var note = asked.flatMap(witness::latest);
        if (note.isPresent()) {
            send(exchange, 200, note.get().toString());
        } else {
            send(exchange, 404, "");
        }
    }

    private static String lines(List<?> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .putIfAbsent("Content-Type", List.of("text/plain; charset=utf-8"));
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
