package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Processes;
import dev.pitcrew.runtime.process.ResourceUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
    List<String> unknown(Desk desk) {
        return living.stream()
                .map(KnownProcess::instance)
                .filter(one -> !isListed(desk, one))
                .toList();
    }

    /// Whether some service's roster has it.
    static boolean isListed(Desk desk, String instance) {
        return desk.services().values().stream()
                .anyMatch(service -> service.roster().instances().containsKey(instance));
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
