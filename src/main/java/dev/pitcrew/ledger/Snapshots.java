package dev.pitcrew.ledger;

import dev.pitcrew.ledger.LedgerStore.Snapshot;
import java.time.Instant;
import java.util.List;

/// States that were folded from a ledger's first entries, kept beside it so that a start need not fold them again. The ledger stays the truth.
///
/// An entry names the hash of each: over it stand the tree, the log's signature and the witnesses. So whoever forges one has to alter the
/// ledger, or to append to it what anybody can refute who folds the same entries, as long as the state lies there.
///
/// @param program tells the program that folds from all others; what another one folded is not used
public record Snapshots(Ledger ledger, String program) {
    /// Why nothing is found where nothing was kept.
    public static final String NONE = "there is no snapshot";

    private static final EntryType FOLDED = new EntryType("ledger.folded", 1);

    /// What comes of looking for a state.
    public sealed interface Recalled {}

    /// The fold of the ledger's first entries by this very program.
    ///
    /// @param size how many entries
    public record Found(long size, Bytes state) implements Recalled {}

    /// Every entry has to be folded.
    ///
    /// @param why for people
    public record NotFound(String why) implements Recalled {}

    /// Keeps a state, in place of the one of the same name.
    ///
    /// @param name of what was folded; lower-case letters
    /// @param size how many entries were folded
    /// @param state begins with chance, where it holds anything that may be erased
    public void keep(String name, long size, Bytes state, Instant at) {
        var body = body(name, size, state);
        var entry =
                ledger.append(List.of(new NewEntry(at, FOLDED, "controller", "", body))).getFirst();
        ledger.checkpoint(); // without a signature over its entry it is not used
        ledger.store().putSnapshot(name, new Snapshot(size, entry.index(), state));
    }

    /// The state that was kept last under a name, unless anything speaks against it.
    public Recalled recall(String name) {
        var kept = ledger.store().snapshot(name);
        if (kept.isEmpty()) {
            return new NotFound(NONE);
        }
        var one = kept.get();
        if (one.size() < 1 || one.size() > one.entry() || one.entry() >= ledger.size()) {
            return new NotFound("the snapshot is of a longer ledger");
        }
        if (one.entry() >= ledger.signedAtOpening()) {
            return new NotFound("no checkpoint covers the snapshot");
        }
        var named = ledger.store().read(one.entry(), 1).getFirst().leaf();
        if (!new TreeHasher().leaf(named.data()).equals(named.hash())) {
            return new NotFound("the entry that names the snapshot was altered");
        }
        var entry = LeafCodec.decode(one.entry(), named.data());
        if (!entry.type().equals(FOLDED) || !entry.body().contains(field("name", name))) {
            return new NotFound("no entry names the snapshot");
        }
        if (!entry.body().contains(field("program", program))) {
            return new NotFound("another program made the snapshot");
        }
        if (!entry.body().contains(field("root", ledger.root(one.size()).base64()))) {
            return new NotFound("the snapshot is of another ledger");
        }
        return entry.body().equals(body(name, one.size(), one.state()))
                ? new Found(one.size(), one.state())
                : new NotFound("the snapshot was altered");
    }

    /// Canonical, so that it is compared as a text.
    private String body(String name, long size, Bytes state) {
        return "{%s,%s,%s,\"size\":%d,%s}"
                .formatted(
                        field("name", name),
                        field("program", program),
                        field("root", ledger.root(size).base64()),
                        size,
                        field("state", Hash.sha256(state.shared()).hex()));
    }

    private static String field(String key, String value) {
        return "\"%s\":\"%s\"".formatted(key, value);
    }
}
