package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.app.Erasure;
import dev.pitcrew.app.LedgerCopy;
import dev.pitcrew.app.LedgerFiles;
import dev.pitcrew.app.LedgerImport;
import dev.pitcrew.app.LedgerTarget;
import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.Export;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.SignedNote;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.Imported;
import dev.pitcrew.runtime.PersonalValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew ledger show|verify|prove|checkpoint|export|erase|copy|import`: reads the ledger and checks that nobody altered it.
///
/// While a controller runs, `prove` and `export` go as far as what it signed last; `checkpoint`, `erase`, `copy` and `import` need
/// it for themselves.
@Command(
        description = {
            "show: entries, from --from on; of an export when a file is named.",
            "verify: that nothing was altered, removed or reordered; works offline on an export. Exit code 1 names the first bad entry.",
            "prove INDEX: a proof that the entry is in the ledger.",
            "checkpoint: sign size and root now, to be kept elsewhere.",
            "export FILE: all of it in one file, which `verify` reads anywhere; without names and reasons unless --with-names asks for them.",
            "erase NAME|INDEX: an operator's name and all that names or was written by this operator, or what was written into one entry, for good. The ledger has commitments in their place and stays whole; stop the controller first, and erase exports and backups yourself.",
            "copy --to PLACE: all of it, with its proofs, to another store: a SQLite file, or a PostgreSQL database as postgresql://USER@HOST:PORT/DATABASE, whose password is taken from PGPASSWORD or your password file. Stop the controller first; afterwards name the new store in the system file, and never write the old one again.",
            "import FILE --against CHECKPOINT: a ledger from its export, where there is none any more. The checkpoint is the newest that a witness has; an export that ends before it is refused. The key, ledger.key, has to be in the data folder."
        })
final class LedgerCommand extends DeskCommand {
    enum Act {
        SHOW,
        VERIFY,
        PROVE,
        CHECKPOINT,
        EXPORT,
        ERASE,
        COPY,
        IMPORT
    }

    @Parameters(
            index = "0",
            paramLabel = "show|verify|prove|checkpoint|export|erase|copy|import",
            description = "What to do, as above.")
    private Act act = Act.SHOW;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "INDEX|FILE",
            description =
                    "The number of the entry to prove, the export to show, verify or import, the file to export to, or what to erase.")
    private @Nullable String what;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "With verify and import: a checkpoint that was kept elsewhere, which the ledger has to contain.")
    private @Nullable Path against;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description =
                    "With verify: the ledger's public key as you know it; else the one that comes with it, which proves less.")
    private @Nullable String expected;

    @Option(
            names = "--from",
            paramLabel = "INDEX",
            defaultValue = "0",
            description = "With show: the number of the first entry; else ${DEFAULT-VALUE}.")
    private long from;

    @Option(
            names = "--with-names",
            description =
                    "With export: operators' names and what they wrote come along, as far as they are not erased.")
    private boolean isNamed;

    @Option(names = "--to", paramLabel = "PLACE", description = "With copy: where to.")
    private @Nullable String to;

    private final PersonalValues personal = new PersonalValues();

    @Override
    Unnamed unnamed() {
        return EnumSet.of(Act.ERASE, Act.COPY, Act.IMPORT).contains(act)
                ? Unnamed.REFUSED
                : Unnamed.RUNNING;
    }

    @Override
    ExitCode run(Where.Place place) throws IOException {
        var files =
                LedgerFiles.of(
                        place.system(), place.environment(), place.data().path(), System.getenv());
        return switch (act) {
            case SHOW -> showEntries(files);
            case VERIFY -> verify(files);
            case PROVE -> prove(files, index(needed("the entry's index")));
            case CHECKPOINT -> checkpoint(files);
            case EXPORT -> export(files, Path.of(needed("the file to write")));
            case ERASE -> erase(files, needed("whom or which entry to erase"));
            case COPY -> copy(files);
            case IMPORT -> importing(files, Path.of(needed("the export")), place.data());
        };
    }

    private String needed(String name) {
        if (what == null) {
            throw new UsageError("name " + name + "; `pitcrew ledger --help` shows how");
        }
        return what;
    }

    private static long index(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new UsageError("an entry's index is a whole number, got '" + text + "'");
        }
    }

    private ExitCode showEntries(LedgerFiles files) throws IOException {
        if (what != null) {
            try (var in = Files.newBufferedReader(Path.of(what))) {
                var history = exported(in);
                try (var entries = history.entries()) {
                    entries.skip(from).forEach(entry -> showOpened(entry, history::opening));
                }
            }
            return ExitCode.OK;
        }
        try (var store = files.reading();
                var entries = Ledger.entries(store, from)) {
            entries.forEach(entry -> showOpened(entry, one -> Ledger.opening(store, one)));
        }
        return ExitCode.OK;
    }

    private void showOpened(Entry entry, Function<Commitment, Optional<Opening>> openings) {
        var opened = personal.opened(entry, openings);
        showOneOfMany(opened, line(opened));
    }

    private static History exported(BufferedReader in) throws IOException {
        try {
            return Export.read(in);
        } catch (Export.Unreadable e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    static String line(Entry entry) {
        return "%6d %s %-24s %-12s %-14s %s"
                .formatted(
                        entry.index(),
                        entry.at(),
                        entry.type(),
                        entry.by(),
                        entry.subject(),
                        entry.body());
    }

    private ExitCode verify(LedgerFiles files) throws IOException {
        var kept =
                against == null
                        ? List.<SignedNote>of()
                        : List.of(SignedNote.parse(Files.readString(against)));
        Verdict verdict;
        if (what == null) {
            try (var store = files.reading()) {
                var key = expected == null ? files.key().verifier() : VerifierKey.parse(expected);
                verdict = Verification.verify(History.of(store, key), kept);
            }
        } else {
            try (var in = Files.newBufferedReader(Path.of(what))) {
                var history = exported(in);
                var key = expected == null ? history.key() : VerifierKey.parse(expected);
                verdict = Verification.verify(history, key, kept);
            }
        }
        var isWhole = verdict instanceof Verdict.Whole;
        show(
                Map.of("verified", isWhole, "verdict", verdict.sentence()),
                isWhole ? ink().good(verdict.sentence()) : ink().bad(verdict.sentence()));
        return isWhole ? ExitCode.OK : ExitCode.REFUSED;
    }

    private ExitCode prove(LedgerFiles files, long index) {
        sign(files);
        try (var store = files.reading()) {
            var proof = Ledger.inclusion(store, index).toString();
            show(Map.of("index", index, "proof", proof), proof.stripTrailing());
            return ExitCode.OK;
        }
    }

    /// Signs all that is in the ledger, unless a controller writes it: then what it signed last has to do.
    private void sign(LedgerFiles files) {
        try (var ledger = files.writing()) {
            ledger.checkpoint();
        } catch (OperationFailed e) {
            if (e.code() != OperationFailed.Code.LEDGER_IN_USE) {
                throw e;
            }
            err().println("pitcrew: a controller writes the ledger; its last checkpoint counts");
        }
    }

    private ExitCode checkpoint(LedgerFiles files) {
        try (var ledger = files.writing()) {
            var note = ledger.checkpoint();
            show(
                    Map.of(
                            "size",
                            Checkpoint.parse(note.text()).size(),
                            "checkpoint",
                            note.toString()),
                    note.toString().stripTrailing());
            return ExitCode.OK;
        }
    }

    private ExitCode export(LedgerFiles files, Path target) throws IOException {
        sign(files);
        try (var store = files.reading();
                var out = Files.newBufferedWriter(target)) {
            var openings = isNamed ? openings(store) : Set.<Opening>of();
            Export.write(store, files.key().verifier(), openings, out);
            show(
                    Map.of("file", target.toString(), "entries", store.size()),
                    store.size() + " entries in " + target);
        }
        return ExitCode.OK;
    }

    private Set<Opening> openings(LedgerStore store) {
        var openings = new LinkedHashSet<Opening>();
        try (var entries = Ledger.entries(store, 0)) {
            entries.flatMap(
                            entry ->
                                    Stream.concat(
                                            personal.names(entry).stream(),
                                            personal.texts(entry).stream()))
                    .flatMap(one -> Ledger.opening(store, one).stream())
                    .forEach(openings::add);
        }
        return openings;
    }

    private ExitCode erase(LedgerFiles files, String which) {
        try (var ledger = files.writing()) {
            var erasure = new Erasure(ledger);
            var now = Instant.now();
            int count =
                    which.matches("\\d{1,18}")
                            ? erasure.entry(Long.parseLong(which), now)
                            : erasure.person(which, now);
            ledger.checkpoint();
            show(
                    Map.of("erased", count),
                    count + " values erased; exports and backups made before still have them");
            return ExitCode.OK;
        }
    }

    private ExitCode importing(LedgerFiles files, Path export, DataFolder data) throws IOException {
        if (against == null) {
            throw new UsageError(
                    "name the newest checkpoint that a witness has with --against; without one nobody knows whether the export is whole");
        }
        var kept = SignedNote.parse(Files.readString(against));
        var key = files.key().verifier();
        try (var store = files.place().writing()) {
            var whole = new LedgerImport(key, kept).run(export, store);
            Imported.mark(data.path());
            show(
                    Map.of("entries", whole.size(), "ledger", files.place().toString()),
                    "%d entries are in %s, with their proofs, and contain the checkpoint of %d; start the controller"
                            .formatted(
                                    whole.size(),
                                    files.place(),
                                    Checkpoint.parse(kept.text()).size()));
        }
        return ExitCode.OK;
    }

    private ExitCode copy(LedgerFiles files) {
        if (to == null) {
            throw new UsageError("name the place with --to; `pitcrew ledger --help` shows how");
        }
        var place = new LedgerTarget(to, Optional.ofNullable(System.getenv("PGPASSWORD")));
        try (var ledger = files.writing()) {
            ledger.checkpoint();
            try (var from = files.reading();
                    var target = place.open()) {
                var verdict = new LedgerCopy(files.key().verifier()).copy(from, target);
                show(
                        Map.of("entries", verdict.size(), "to", to),
                        "%d entries are in %s, with their proofs; name it in the system file and start the controller"
                                .formatted(verdict.size(), to));
            }
        }
        return ExitCode.OK;
    }
}
