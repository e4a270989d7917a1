package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.NoteSignature;
import dev.pitcrew.ledger.SignedNote;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import dev.pitcrew.ledger.WitnessRules;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// A folder that remembers; worth something when it lies on another machine's disk.
public final class FolderWitness implements Witness {
    private final Path folder;
    private final Function<String, List<NoteSignature>> cosign;
    private final ReentrantLock lock =
            new ReentrantLock(); // a file's lock is between processes only

    /// @param folder must exist, so that a mount that is missing is noticed and not written beneath
    public FolderWitness(Path folder) {
        this(folder, _ -> List.of());
    }

    /// @param cosign from a checkpoint's text to the signatures that are stored with it and answered
    FolderWitness(Path folder, Function<String, List<NoteSignature>> cosign) {
        this.folder = folder;
        this.cosign = cosign;
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Optional<SignedNote> latest(VerifierKey ledger) {
        try {
            requireFolder();
            return stored(folder.resolve(CheckpointFile.path(ledger.name())));
        } catch (IOException | IllegalArgumentException e) {
            throw unreachable(e);
        }
    }

    @Override
    public Answer add(VerifierKey ledger, Submission submission) {
        var file = folder.resolve(CheckpointFile.path(ledger.name()));
        lock.lock();
        try {
            requireFolder();
            Files.createDirectories(file.getParent());
            try (var channel =
                            FileChannel.open(
                                    file.resolveSibling("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                return remember(file, ledger, submission);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreachable(e);
        } finally {
            lock.unlock();
        }
    }

    private Answer remember(Path file, VerifierKey ledger, Submission submission)
            throws IOException {
        var stored = stored(file);
        if (stored.filter(note -> !note.isSignedBy(ledger)).isPresent()) {
            return new Answer.Refused(Reason.UNSIGNED); // it knows the name under another key
        }
        var latest = stored.map(note -> Checkpoint.parse(note.text())).orElse(null);
        var answer = WitnessRules.decide(ledger, latest, submission);
        if (!(answer instanceof Answer.Remembered)) {
            return answer;
        }
        // Only the log's line is kept: whatever else came along was not checked.
        var checked = submission.checkpoint().onlyBy(ledger);
        var cosignatures = cosign.apply(checked.text());
        CheckpointFile.replace(file, checked.with(cosignatures).toString());
        return new Answer.Remembered(cosignatures);
    }

    private static Optional<SignedNote> stored(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(SignedNote.parse(Files.readString(file)))
                : Optional.empty();
    }

    private void requireFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("no such folder; is it mounted?");
        }
    }

    private OperationFailed unreachable(Exception cause) {
        return new OperationFailed(
                Code.WITNESS_UNREACHABLE,
                "the witness folder " + folder + " can't be used: " + cause.getMessage(),
                cause);
    }
}
