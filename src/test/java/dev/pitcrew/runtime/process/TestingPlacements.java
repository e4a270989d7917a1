package dev.pitcrew.runtime.process;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.process.Placement.Wish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Placements in memory, which several hosts share and which may be [away][#isAway].
final class TestingPlacements implements Placements {
    private final Map<String, Placement> all = new TreeMap<>();
    boolean isAway;

    private void requireHere() {
        if (isAway) {
            throw new OperationFailed(OperationFailed.Code.LEDGER_UNAVAILABLE, "away", null);
        }
    }

    @Override
    public synchronized List<Placement> all() {
        requireHere();
        return List.copyOf(all.values());
    }

    @Override
    public synchronized void put(Placement placement) {
        requireHere();
        var before = all.get(placement.instance());
        if (before != null && !before.host().equals(placement.host())) {
            throw new OperationFailed(OperationFailed.Code.IN_USE, "on another host", null);
        }
        all.put(placement.instance(), placement);
    }

    @Override
    public synchronized void ask(String instance, Optional<Wish> wish) {
        requireHere();
        all.computeIfPresent(
                instance,
                (_, one) ->
                        new Placement(
                                instance,
                                one.host(),
                                one.service(),
                                one.version(),
                                one.ports(),
                                one.hasEnded(),
                                wish));
    }

    @Override
    public synchronized void ended(String instance, String host) {
        requireHere();
        all.computeIfPresent(instance, (_, one) -> one.host().equals(host) ? one.ended() : one);
    }

    @Override
    public synchronized void forget(String instance) {
        requireHere();
        all.remove(instance);
    }
}
