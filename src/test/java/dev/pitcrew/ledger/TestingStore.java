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
import org.jspecify.annotations.Nullable;

/// A store in memory that fails when told to. Closing it and opening a ledger on it again is a restart.
public final class TestingStore implements LedgerStore {
    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<Commitment, Opening> openings = new HashMap<>();
    private final TreeMap<Long, String> checkpoints = new TreeMap<>();
    private final Map<String, Snapshot> snapshots = new HashMap<>();
    private final List<Commitment> openingsOfLast = new ArrayList<>();
    private int beforeLast;
    private @Nullable Code nextFailure;
    private boolean tears;
    private long leavesMax = Long.MAX_VALUE;

    /// The next append fails, having written nothing.
    public synchronized void failNext(Code code) {
        nextFailure = code;
        tears = false;
    }

    /// The next append is torn by a crash after its commit: written, but its writer never learns of it.
    public synchronized void tearNext() {
        nextFailure = Code.LEDGER_UNAVAILABLE;
        tears = true;
    }

    /// A crash tore the last append: nothing of it is there.
    public synchronized void tearLast() {
        leaves.subList(beforeLast, leaves.size()).clear();
        openingsOfLast.forEach(openings::remove);
        checkpoints.tailMap((long) beforeLast, false).clear();
    }

    /// From so many leaves on, the disk is full.
    public synchronized void fullAt(long leavesMax) {
        this.leavesMax = leavesMax;
    }

    /// An older copy of it, as a backup is: with fewer leaves, and what lay beside them.
    public synchronized TestingStore copy(int leaves) {
        var older = new TestingStore();
        older.append(0, this.leaves.subList(0, leaves), List.copyOf(openings.values()));
        return older;
    }

    /// Lets something else lie beside the leaves for a commitment, as who owns the host could.
    public synchronized void tamper(Commitment commitment, Opening other) {
        openings.put(commitment, other);
    }

    @Override
    public synchronized long size() {
        return leaves.size();
    }

    @Override
    public synchronized void append(long first, List<Leaf> added, List<Opening> clear) {
        if (first != leaves.size()) {
            throw new OperationFailed(Code.LEDGER_IN_USE, "another writer was here", null);
        }
        if (leaves.size() + added.size() > leavesMax) {
            throw new OperationFailed(Code.LEDGER_FULL, "the disk is full", null);
        }
        var failure = nextFailure;
        nextFailure = null;
        if (failure == null || tears) {
            beforeLast = leaves.size();
            leaves.addAll(added);
            openingsOfLast.clear();
            for (var opening : clear) {
                if (openings.putIfAbsent(opening.commitment(), opening) == null) {
                    openingsOfLast.add(opening.commitment());
                }
            }
        }
        if (failure != null) {
            throw new OperationFailed(failure, "told to fail", null);
        }
    }

    @Override
    public synchronized List<Indexed> read(long from, int atMost) {
        var page = new ArrayList<Indexed>();
        for (long i = from; i < Math.min(from + atMost, leaves.size()); i++) {
            page.add(new Indexed(i, leaves.get((int) i)));
        }
        return page;
    }

    @Override
    public synchronized List<Hash> hashes(long from, int atMost) {
        return read(from, atMost).stream().map(indexed -> indexed.leaf().hash()).toList();
    }

    @Override
    public synchronized void putCheckpoint(long size, String note) {
        checkpoints.put(size, note);
    }

    @Override
    public synchronized Optional<String> checkpoint(long size) {
        return Optional.ofNullable(checkpoints.get(size));
    }

    @Override
    public synchronized List<String> checkpoints() {
        return List.copyOf(checkpoints.values());
    }

    @Override
    public synchronized Optional<Opening> opening(Commitment commitment) {
        return Optional.ofNullable(openings.get(commitment));
    }

    @Override
    public synchronized int erase(Collection<Commitment> commitments) {
        int before = openings.size();
        openings.keySet().removeAll(Set.copyOf(commitments));
        if (openings.size() < before) {
            snapshots.clear();
        }
        return before - openings.size();
    }

    @Override
    public synchronized void putSnapshot(String name, Snapshot snapshot) {
        snapshots.put(name, snapshot);
    }

    @Override
    public synchronized Optional<Snapshot> snapshot(String name) {
        return Optional.ofNullable(snapshots.get(name));
    }

    @Override
    public void close() {}
}
