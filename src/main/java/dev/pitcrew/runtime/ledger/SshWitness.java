package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.SignedNote;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import dev.pitcrew.ledger.WitnessRules;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A folder on another host, by the `ssh` command.
///
/// The other host needs a POSIX shell and `flock`. It refuses to replace a checkpoint other than the one that was
/// compared, but whoever holds the SSH key can still write the folder by hand: give the key a forced command, or prefer
/// a [WitnessServer].
public final class SshWitness implements Witness {
    private static final int MOVED_ON = 9;

    private final List<String> ssh;
    private final String folder;
    private final Duration timeout;

    /// @param ssh the command and its options up to the target: `ssh -o BatchMode=yes user@host`
    /// @param folder on the other host; must exist
    /// @param timeout of one command
    public SshWitness(List<String> ssh, String folder, Duration timeout) {
        this.ssh = List.copyOf(ssh);
        this.folder = folder;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return ssh.getLast() + ":" + folder;
    }

    @Override
    public Optional<SignedNote> latest(VerifierKey ledger) {
        var result = run(SshCommand.show(ssh, folder, CheckpointFile.path(ledger.name())), "");
        if (result.exit() != 0) {
            throw unreachable(result.why(), null);
        }
        return result.out().isEmpty() ? Optional.empty() : Optional.of(parsed(result.out()));
    }

    @Override
    public Answer add(VerifierKey ledger, Submission submission) {
        var latest = latest(ledger);
        if (latest.filter(note -> !note.isSignedBy(ledger)).isPresent()) {
            return new Answer.Refused(Reason.UNSIGNED); // it knows the name under another key
        }
        var known = latest.map(note -> Checkpoint.parse(note.text())).orElse(null);
        var answer = WitnessRules.decide(ledger, known, submission);
        if (!(answer instanceof Answer.Remembered)) {
            return answer;
        }
        var next = submission.checkpoint().onlyBy(ledger).toString();
        var path = CheckpointFile.path(ledger.name());
        var before = latest.map(SignedNote::toString).orElse("");
        var result = run(SshCommand.replace(ssh, folder, path, before), next);
        return switch (result.exit()) {
            case 0 -> answer;
            case MOVED_ON ->
                    new Answer.Conflict(
                            latest(ledger).map(n -> Checkpoint.parse(n.text()).size()).orElse(0L));
            default -> throw unreachable(result.why(), null);
        };
    }

    private SignedNote parsed(String text) {
        try {
            return SignedNote.parse(text);
        } catch (IllegalArgumentException e) {
            throw unreachable("it holds no checkpoint", e);
        }
    }

    /// Through files: a pipe that nobody empties would hang both ends.
    private Result run(List<String> command, String in) {
        try {
            var input = Files.createTempFile("witness", ".in");
            var output = Files.createTempFile("witness", ".out");
            var errors = Files.createTempFile("witness", ".err");
            try {
                Files.writeString(input, in);
                return run(command, input, output, errors);
            } finally {
                Files.delete(input);
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw unreachable(e.toString(), e);
        }
    }

    private Result run(List<String> command, Path in, Path out, Path err) throws IOException {
        var process =
                new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("no end after " + timeout);
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private OperationFailed unreachable(String why, @Nullable Exception e) {
        return new OperationFailed(
                Code.WITNESS_UNREACHABLE, "the witness " + name() + " gave no answer: " + why, e);
    }

    private record Result(int exit, String out, String err) {
        /// Such as "exit code 255: Host key verification failed."
        String why() {
            return err.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((_, last) -> last)
                    .map(last -> "exit code " + exit + ": " + last.strip())
                    .orElse("exit code " + exit);
        }
    }
}
