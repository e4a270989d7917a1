package dev.pitcrew.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An append-only history whose past can't be altered unseen by whoever lacks its key or faces a witness.
///
/// Many threads may append: those that wait together share one durable commit. Reading never blocks appending.
public final class Ledger implements AutoCloseable {
    private static final int PAGE = 1_000;
    private static final int BATCH_MAX = 1_024; // entries, so that nobody waits long behind a batch

    private final LedgerStore store;
    private final SigningKey key;
    private final GroupCommit<Append> commits =
            new GroupCommit<>(this::commit, BATCH_MAX, append -> append.entries.size());
    private final boolean onlyReads;
    private final long signedAtOpening;
    private final Map<Long, Hash> roots; // at sizes of which it was known that somebody would ask
    private final Object checkpoints = new Object(); // two who keep one at a time would lose a line
    private volatile Frontier tree; // replaced after each commit, never changed once published
    private Bytes link; // touched by one committer at a time
    private @Nullable OperationFailed broken; // by the same committer

    private Ledger(
            LedgerStore store,
            SigningKey key,
            Frontier tree,
            Bytes link,
            boolean onlyReads,
            long signedAtOpening,
            Map<Long, Hash> roots) {
        this.store = store;
        this.key = key;
        this.tree = tree;
        this.link = link;
        this.onlyReads = onlyReads;
        this.signedAtOpening = signedAtOpening;
        this.roots = Map.copyOf(roots);
    }

    /// Opens for appending. Checks all stored hashes against the last checkpoint, but doesn't read the entries.
    ///
    /// @param key signs checkpoints; its name is the origin
    /// @throws OperationFailed with `LEDGER_CORRUPT` when the tree isn't the one that was signed, with `KEY_UNUSABLE`
    ///     when another key signed
    public static Ledger open(LedgerStore store, SigningKey key) {
        return open(store, key, Set.of());
    }

    /// The same; on the way it notes what roots the tree had.
    ///
    /// @param snapshots the names of those that will be asked for
    public static Ledger open(LedgerStore store, SigningKey key, Set<String> snapshots) {
        return open(store, key, snapshots, false);
    }

    /// The same, beside somebody else who appends.
    ///
    /// @param store need not be one that writes
    public static Ledger openToRead(LedgerStore store, SigningKey key, Set<String> snapshots) {
        return open(store, key, snapshots, true);
    }

    private static Ledger open(
            LedgerStore store, SigningKey key, Set<String> snapshots, boolean onlyReads) {
        var tree = new Frontier();
        var notes = store.checkpoints();
        var last = notes.isEmpty() ? null : signed(notes.getLast(), key);
        long signed = last == null ? 0 : last.size();
        var roots = new TreeMap<Long, Hash>();
        for (var name : snapshots) {
            store.snapshot(name).ifPresent(one -> roots.put(one.size(), TreeHasher.emptyRoot()));
        }
        roots.put(signed, TreeHasher.emptyRoot());
        long end = store.size();
        roots.headMap(0L).clear();
        roots.tailMap(Math.max(signed, end), false).clear();
        for (var at : roots.entrySet()) {
            leafHashes(store).forEach(tree.size(), at.getKey(), tree::add);
            at.setValue(tree.root());
        }
        if (last != null && !last.root().equals(roots.get(signed))) {
            throw corrupt("its tree isn't the one that was signed at size " + signed);
        }
        leafHashes(store).forEach(tree.size(), end, tree::add);
        return new Ledger(store, key, tree, lastLink(store), onlyReads, signed, roots);
    }

    private static Checkpoint signed(String note, SigningKey key) {
        var signed = SignedNote.parse(note);
        if (!signed.isSignedBy(key.verifier())) {
            throw new OperationFailed(
                    Code.KEY_UNUSABLE,
                    "the ledger's last checkpoint isn't signed by %s; find the key that signed it"
                            .formatted(key.verifier()),
                    null);
        }
        return Checkpoint.parse(signed.text());
    }

    private static Bytes lastLink(LedgerStore store) {
        long size = store.size();
        return size == 0
                ? TreeHasher.firstLink()
                : store.read(size - 1, 1).getFirst().leaf().link();
    }

    /// Appends all or nothing, durably once this returns.
    ///
    /// @return the entries with their indexes, one after the other
    /// @throws OperationFailed when the store failed. A later append works once the store does and says that nothing was
    ///     written; if something was, the ledger must be opened again and replayed, since the caller was told otherwise
    public List<Entry> append(List<NewEntry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        var append = new Append(entries);
        commits.submit(append);
        var appended = new ArrayList<Entry>(entries.size());
        for (var entry : entries) {
            appended.add(new Entry(append.first + appended.size(), entry));
        }
        return List.copyOf(appended);
    }

    private void commit(List<Append> appends) {
        if (broken != null) {
            takeUp(broken);
        }
        var grown = tree.copy();
        long first = grown.size();
        var lastLink = link;
        var leaves = new ArrayList<Leaf>();
        var openings = new ArrayList<Opening>();
        var hasher = new TreeHasher();
        for (var append : appends) {
            append.first = grown.size();
            for (int i = 0; i < append.data.size(); i++) {
                var hash = append.hashes.get(i);
                lastLink = hasher.link(lastLink, hash);
                leaves.add(new Leaf(append.data.get(i), hash, lastLink));
                grown.add(hash);
            }
            append.entries.forEach(entry -> openings.addAll(entry.openings()));
        }
        try {
            store.append(first, leaves, openings);
        } catch (OperationFailed e) {
            if (e.code() != Code.LEDGER_FULL) {
                broken = e;
            }
            throw e;
        }
        link = lastLink;
        tree = grown;
    }

    private void takeUp(OperationFailed failure) {
        if (store.size() != tree.size()) {
            throw new OperationFailed(
                    failure.code(),
                    "the ledger failed and holds more than was acknowledged; restart the controller",
                    failure);
        }
        broken = null;
    }

    /// How many entries.
    public long size() {
        return tree.size();
    }

    /// The root of the tree over all entries.
    public Hash root() {
        return tree.copy().root();
    }

    /// The root that the tree had at an earlier size.
    public Hash root(long size) {
        var now = tree.copy();
        if (now.size() == size) {
            return now.root();
        }
        var noted = roots.get(size);
        return noted != null ? noted : Proofs.root(leafHashes(store), size);
    }

    /// How many entries the last checkpoint covered when the ledger was opened, whose signature was then checked.
    long signedAtOpening() {
        return signedAtOpening;
    }

    /// Entries from an index on, read lazily a page at a time, up to the end as it is now.
    public Stream<Entry> entries(long from) {
        return entries(store, from);
    }

    /// Entries of a store that somebody else may be writing.
    public static Stream<Entry> entries(LedgerStore store, long from) {
        return leaves(store, from, store.size())
                .map(i -> LeafCodec.decode(i.index(), i.leaf().data()));
    }

    static Stream<LedgerStore.Indexed> leaves(LedgerStore store, long from, long to) {
        return LongStream.iterate(from, page -> page < to, page -> page + PAGE)
                .boxed()
                .flatMap(page -> store.read(page, (int) Math.min(PAGE, to - page)).stream());
    }

    /// Signs and keeps what the ledger is now.
    ///
    /// @return with the cosignatures that were kept for it before
    public SignedNote checkpoint() {
        var now = tree.copy();
        return keep(new Checkpoint(origin(), now.size(), now.root()).sign(key));
    }

    /// Keeps a checkpoint of this ledger, with all signatures that were kept on it before: each witness adds its own.
    ///
    /// @param note signed by this ledger's key
    /// @return as it is kept
    /// @throws OperationFailed with `LEDGER_CORRUPT` when another one of the same size is there
    public SignedNote keep(SignedNote note) {
        if (!note.isSignedBy(key.verifier())) {
            throw new IllegalArgumentException("not a checkpoint of this ledger");
        }
        long size = Checkpoint.parse(note.text()).size();
        synchronized (checkpoints) {
            var before = store.checkpoint(size).map(SignedNote::parse);
            if (before.filter(one -> !one.text().equals(note.text())).isPresent()) {
                throw corrupt("another tree was signed at size " + size);
            }
            var merged = before.map(one -> one.with(note.signatures())).orElse(note);
            if (!before.equals(Optional.of(merged))) {
                store.putCheckpoint(size, merged.toString());
            }
            return merged;
        }
    }

    /// Takes in what somebody else has appended since; for one that only reads.
    public synchronized void catchUp() {
        var grown = tree.copy();
        long end = store.size();
        if (end > grown.size()) {
            leafHashes(store).forEach(grown.size(), end, grown::add);
            tree = grown;
        }
    }

    /// Proves that an entry is in the ledger as it is now, or as it was last signed for one that only reads.
    ///
    /// @throws IllegalArgumentException when it only reads, and no checkpoint covers the entry
    public InclusionProof inclusion(long index) {
        if (!onlyReads) {
            checkpoint();
        }
        return inclusion(store, index);
    }

    /// Proves that an entry is in the ledger as it was last signed; for a store that somebody else may be writing.
    ///
    /// @throws IllegalArgumentException when no checkpoint covers the entry
    public static InclusionProof inclusion(LedgerStore store, long index) {
        var checkpoints = store.checkpoints();
        var last = checkpoints.isEmpty() ? null : SignedNote.parse(checkpoints.getLast());
        long size = last == null ? 0 : Checkpoint.parse(last.text()).size();
        if (last == null || index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "no checkpoint covers entry %d; %d entries are signed".formatted(index, size));
        }
        return new InclusionProof(index, Proofs.inclusion(leafHashes(store), index, size), last);
    }

    /// Proves that the ledger at `size` only grew since `old`.
    public List<Hash> consistency(long old, long size) {
        return Proofs.consistency(leafHashes(store), old, size);
    }

    /// The clear value behind a commitment; empty once erased.
    public Optional<Opening> opening(Commitment commitment) {
        return opening(store, commitment);
    }

    /// The clear values behind several commitments, as far as they are not erased.
    public Map<Commitment, Opening> openings(Collection<Commitment> commitments) {
        var found = new HashMap<>(store.openings(commitments));
        found.entrySet().removeIf(one -> !one.getValue().commitment().equals(one.getKey()));
        return found;
    }

    /// The clear value behind a commitment, from a store that somebody else may be writing. What doesn't open it counts
    /// for nothing: the clear values lie outside the tree.
    public static Optional<Opening> opening(LedgerStore store, Commitment commitment) {
        return store.opening(commitment).filter(one -> one.commitment().equals(commitment));
    }

    /// Erases the clear values behind commitments. All proofs stay whole.
    ///
    /// @return how many there were
    public int erase(Collection<Commitment> commitments) {
        return store.erase(commitments);
    }

    /// The ledger's name among all ledgers.
    public String origin() {
        return key.verifier().name();
    }

    /// The public key that its checkpoints are checked by.
    public VerifierKey verifier() {
        return key.verifier();
    }

    LedgerStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
    }

    private static LeafHashes leafHashes(LedgerStore store) {
        return (from, to, action) -> forEachHash(store, from, to, action);
    }

    private static void forEachHash(LedgerStore store, long from, long to, Consumer<Hash> action) {
        for (long at = from; at < to; ) {
            var page = store.hashes(at, (int) Math.min(4 * PAGE, to - at));
            if (page.isEmpty()) {
                throw corrupt("it ends at entry " + at + ", before " + to);
            }
            page.forEach(action);
            at += page.size();
        }
    }

    private static OperationFailed corrupt(String what) {
        return new OperationFailed(
                Code.LEDGER_CORRUPT,
                "the ledger was altered or damaged: " + what + "; run `pitcrew ledger verify`",
                null);
    }

    /// One caller's entries, encoded and hashed on its own thread before it waits.
    private static final class Append {
        final List<NewEntry> entries;
        final List<Bytes> data;
        final List<Hash> hashes;
        long first;

        Append(List<NewEntry> entries) {
            this.entries = entries;
            this.data = entries.stream().map(LeafCodec::encode).toList();
            var hasher = new TreeHasher();
            this.hashes = data.stream().map(hasher::leaf).toList();
        }
    }
}
