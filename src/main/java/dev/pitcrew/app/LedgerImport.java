package dev.pitcrew.app;

import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Export;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Leaf;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.LedgerStore.Indexed;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.SignedNote;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.PersonalValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Makes a ledger from its export, on a machine that has nothing else of it: the same bytes, hashes and checkpoints. A witness's checkpoint
/// says that nothing of it is missing, up to where that witness has seen it.
public final class LedgerImport {
    private static final int PAGE = 500;

    private final VerifierKey key;
    private final SignedNote kept;
    private final PersonalValues personal = new PersonalValues();

    /// @param key that signs the ledger
    /// @param kept a checkpoint of it that somebody kept elsewhere
    public LedgerImport(VerifierKey key, SignedNote kept) {
        this.key = key;
        this.kept = kept;
    }

    /// Reads the export twice: it is verified whole before anything is written.
    ///
    /// @param to empty
    /// @return what the ledger is
    /// @throws IllegalArgumentException when the export isn't whole, ends before the checkpoint, or the ledger isn't empty; nothing is
    ///     written then
    /// @throws OperationFailed with `LEDGER_CORRUPT` when the file changed meanwhile
    public Verdict.Whole run(Path export, LedgerStore to) throws IOException {
        if (to.size() > 0) {
            throw new IllegalArgumentException(
                    "there is a ledger of %d entries already; an import makes one where there is none"
                            .formatted(to.size()));
        }
        Verdict verdict;
        try (var in = Files.newBufferedReader(export)) {
            verdict = Verification.verify(read(in), key, List.of(kept));
        }
        if (!(verdict instanceof Verdict.Whole whole)) {
            throw new IllegalArgumentException(
                    "%s is not imported: %s; find a newer export, or the witness's newest checkpoint"
                            .formatted(export, verdict.sentence()));
        }
        try (var in = Files.newBufferedReader(export)) {
            write(read(in), to);
        }
        if (!whole.equals(Verification.verify(History.of(to, key), key, List.of(kept)))) {
            throw new OperationFailed(
                    Code.LEDGER_CORRUPT,
                    export + " changed while it was imported; begin anew",
                    null);
        }
        return whole;
    }

    private static History read(BufferedReader in) throws IOException {
        try {
            return Export.read(in);
        } catch (Export.Unreadable e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private void write(History history, LedgerStore to) {
        var page = new ArrayList<Indexed>();
        try (var leaves = history.leaves()) {
            leaves.forEach(
                    leaf -> {
                        page.add(leaf);
                        if (page.size() == PAGE) {
                            append(page, history, to);
                        }
                    });
        }
        append(page, history, to);
        for (var note :
                Stream.concat(history.checkpoints().stream(), Stream.of(kept.toString()))
                        .toList()) {
            var parsed = SignedNote.parse(note);
            var size = Checkpoint.parse(parsed.text()).size();
            var merged =
                    to.checkpoint(size)
                            .map(SignedNote::parse)
                            .map(one -> one.with(parsed.signatures()))
                            .orElse(parsed);
            to.putCheckpoint(size, merged.toString());
        }
    }

    private void append(List<Indexed> page, History history, LedgerStore to) {
        if (page.isEmpty()) {
            return;
        }
        List<Opening> openings =
                page.stream()
                        .flatMap(this::commitments)
                        .flatMap(one -> history.opening(one).stream())
                        .distinct()
                        .toList();
        List<Leaf> leaves = page.stream().map(Indexed::leaf).toList();
        to.append(page.getFirst().index(), leaves, openings);
        page.clear();
    }

    private Stream<Commitment> commitments(Indexed indexed) {
        var entry = indexed.entry();
        return Stream.concat(personal.names(entry).stream(), personal.texts(entry).stream());
    }
}
