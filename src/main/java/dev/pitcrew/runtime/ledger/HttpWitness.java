package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.NoteSignature;
import dev.pitcrew.ledger.SignedNote;
import dev.pitcrew.ledger.SubmissionText;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A witness that speaks the C2SP protocol.
///
/// @see <a href="https://c2sp.org/tlog-witness">tlog-witness</a>
public final class HttpWitness implements Witness, AutoCloseable {
    private final URI prefix;
    private final VerifierKey key;
    private final Duration timeout;
    private final HttpClient client;

    /// @param prefix of submission and monitoring alike
    /// @param key of the witness; an answer that it didn't sign counts for nothing
    /// @param timeout of one request
    public HttpWitness(URI prefix, VerifierKey key, Duration timeout) {
        this.prefix = prefix.toString().endsWith("/") ? prefix : URI.create(prefix + "/");
        this.key = key;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    @Override
    public String name() {
        return prefix.toString();
    }

    @Override
    public Optional<SignedNote> latest(VerifierKey ledger) {
        var response = send(request(CheckpointFile.path(ledger.name())).GET().build());
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw unreachable("it answered " + response.statusCode(), null);
        }
        try {
            return Optional.of(SignedNote.parse(response.body()));
        } catch (IllegalArgumentException e) {
            throw unreachable(e.getMessage() + "", e);
        }
    }

    @Override
    public Answer add(VerifierKey ledger, Submission submission) {
        var body = HttpRequest.BodyPublishers.ofString(SubmissionText.render(submission));
        var response = send(request("add-checkpoint").POST(body).build());
        int status = response.statusCode();
        try {
            return switch (status) {
                case 200 -> new Answer.Remembered(cosignatures(response.body(), submission));
                case 409 -> new Answer.Conflict(Long.parseLong(response.body().strip()));
                default ->
                        Arrays.stream(Reason.values())
                                .filter(reason -> reason.status() == status)
                                .findFirst()
                                .map(Answer.Refused::new)
                                .orElseThrow(() -> unreachable("it answered " + status, null));
            };
        } catch (IllegalArgumentException e) {
            throw unreachable(e.getMessage() + "", e);
        }
    }

    private List<NoteSignature> cosignatures(String body, Submission submission) {
        var lines = body.lines().map(NoteSignature::parse).toList();
        var cosigned = new SignedNote(submission.checkpoint().text(), lines);
        if (!cosigned.isSignedBy(key)) {
            throw new IllegalArgumentException("its answer isn't signed by " + key);
        }
        return cosigned.onlyBy(key).signatures();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(prefix.resolve(path)).timeout(timeout);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted", e);
        }
    }

    private OperationFailed unreachable(String why, @Nullable Throwable cause) {
        return new OperationFailed(
                Code.WITNESS_UNREACHABLE,
                "the witness " + prefix + " gave no answer: " + why,
                cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
