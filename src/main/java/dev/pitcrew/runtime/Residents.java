package dev.pitcrew.runtime;

import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Processes;
import dev.pitcrew.runtime.process.ResourceUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Instances that are not known to be dead, wherever they run.
record Residents(List<KnownProcess> living) {
    Residents {
        living = List.copyOf(living);
    }

    static Residents of(Processes processes) {
        return new Residents(
                processes.known().stream()
                        .filter(one -> !one.state().dead())
                        .filter(one -> !one.instance().equals(BalancerKeeper.NAME))
                        .toList());
    }

    /// Those of whom the ledger says nothing.
    List<String> unknown(Predicate<KnownProcess> isListed) {
        return living.stream().filter(isListed.negate()).map(KnownProcess::instance).toList();
    }

    /// What each uses, by name; without those of whom it is unknown.
    Map<String, ResourceUse> uses(Processes processes) {
        return byName(one -> processes.use(one.instance()));
    }

    /// On which host each is, by name; without those of whom there is nothing to say.
    Map<String, String> hosts(Function<KnownProcess, Optional<String>> of) {
        return byName(of);
    }

    private <T> Map<String, T> byName(Function<KnownProcess, Optional<T>> of) {
        var all = new HashMap<String, T>();
        living.forEach(one -> of.apply(one).ifPresent(it -> all.put(one.instance(), it)));
        return all;
    }
}
