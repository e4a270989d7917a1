package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.app.DataFolder;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.server.Api;
import dev.pitcrew.server.Asked;
import dev.pitcrew.server.ControllerFile;
import dev.pitcrew.server.Operators;
import dev.pitcrew.server.Refusal;
import dev.pitcrew.server.Told;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Speaks to the controller of a data folder.
final class Client implements AutoCloseable {
    private static final Duration LIMIT =
            Duration.ofSeconds(45); // above what the API waits for events at most

    private static final Duration PATIENCE =
            Duration.ofSeconds(30); // three times what another one needs to lead
    private static final long AGAIN_MILLIS = 500;

    private final Supplier<Optional<ControllerFile>> leader;
    private final String token;
    private final JsonMapper json = Api.json();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private int port;

    Client(int port, String token) {
        this(port, token, Optional::empty);
    }

    private Client(int port, String token, Supplier<Optional<ControllerFile>> leader) {
        this.port = port;
        this.token = token;
        this.leader = leader;
    }

    /// The controller that runs there, as the operator whose token is in `PITCREW_TOKEN`, else in the data folder.
    ///
    /// @throws Refused when none runs, or no token is at hand
    static Client of(DataFolder data) {
        var controller =
                ControllerFile.read(data.controller())
                        .or(() -> standingBy(data))
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                "no controller runs for " + data.path(),
                                                "`pitcrew up` or `pitcrew server` starts one"));
        return new Client(
                controller.port(),
                token(data)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                "no operator's token",
                                                "put yours into PITCREW_TOKEN; `pitcrew operator add NAME` makes one")),
                () -> ControllerFile.read(data.controller()));
    }

    /// One that stands by and answers, to read.
    private static Optional<ControllerFile> standingBy(DataFolder data) {
        if (!Files.isDirectory(data.turns())) {
            return Optional.empty();
        }
        try (var files = Files.list(data.turns())) {
            return files.sorted()
                    .flatMap(one -> ControllerFile.read(one).stream())
                    .filter(one -> one.port() > 0)
                    .findFirst();
        } catch (IOException _) { // as good as none
            return Optional.empty();
        }
    }

    /// The same of another environment, whose operators have other tokens.
    ///
    /// @param variable where the token may be, before `PITCREW_TOKEN`
    static Client of(DataFolder data, String variable) {
        var given = System.getenv(variable);
        var client = of(data);
        return given == null || given.isBlank()
                ? client
                : new Client(client.port, given.strip(), client.leader);
    }

    private static Optional<String> token(DataFolder data) {
        var given = System.getenv("PITCREW_TOKEN");
        if (given != null && !given.isBlank()) {
            return Optional.of(given.strip());
        }
        try {
            return Files.isReadable(data.ownToken())
                    ? Optional.of(Files.readString(data.ownToken()).strip())
                    : Optional.empty();
        } catch (IOException _) { // as good as none
            return Optional.empty();
        }
    }

    /// The operator whose token is at hand; else the user of this machine, so that nothing urgent fails for want of a token.
    static String whoAmI(DataFolder data) {
        try {
            return token(data)
                    .flatMap(new Operators(data.operators(), new SecureRandom())::who)
                    .orElseGet(Client::user);
        } catch (OperationFailed _) { // the file can't be read
            return user();
        }
    }

    static String user() {
        return System.getProperty("user.name", "operator");
    }

    DeskStatus status() {
        return json.convertValue(get("/v1/status"), DeskStatus.class);
    }

    /// The same for who follows something to its end. Where controllers take turns, the one that answered may die or lose its lease
    /// meanwhile: whoever leads then is asked.
    ///
    /// @param told hears once that nobody answers
    DeskStatus statusOfWhoeverLeads(Consumer<String> told) throws InterruptedException {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        for (boolean isFirst = true; ; isFirst = false) {
            try {
                return status();
            } catch (OperationFailed e) {
                if (e.code() != Code.UNREACHABLE || System.nanoTime() - patience > 0) {
                    throw e;
                }
                if (isFirst) {
                    told.accept(e.getMessage() + "; it is asked again, or who leads then");
                }
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            leader.get().ifPresent(one -> port = one.port());
        }
    }

    /// Entries after an index.
    ///
    /// @param wait how long to wait for the first one; at most 30 s
    List<Told> events(long after, Duration wait) {
        var entries = get("/v1/events?after=%d&wait=%d".formatted(after, wait.toSeconds()));
        return List.of(json.convertValue(entries, Told[].class));
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(at(path)).GET());
    }

    /// Asks for an act.
    ///
    /// @return what the API answers: the events appended, or a plan
    JsonNode ask(String act, Asked asked) {
        try {
            var body = BodyPublishers.ofString(json.writeValueAsString(asked));
            return send(HttpRequest.newBuilder(at("/v1/" + act)).POST(body));
        } catch (IOException e) {
            throw new IllegalStateException("a request is always JSON", e);
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            var answer =
                    http.send(
                            request.timeout(LIMIT)
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return json.readTree(answer.body());
            }
            var no = json.readValue(answer.body(), Refusal.Body.class);
            if (answer.statusCode() >= 500) {
                throw new OperationFailed(Code.UNREACHABLE, no.message(), null);
            }
            throw new Refused(no.message(), no.next());
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.UNREACHABLE,
                    "the controller does not answer: "
                            + Objects.requireNonNullElse(
                                    e.getMessage(), e.getClass().getSimpleName()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(Code.UNREACHABLE, "interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
