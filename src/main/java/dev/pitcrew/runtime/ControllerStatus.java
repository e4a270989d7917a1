package dev.pitcrew.runtime;

import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.runtime.process.ResourceUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a controller is.
///
/// @param objection why it may not act on this ledger; empty when it may
/// @param trouble what it can't do at the moment, such as write the ledger; empty when all is well
/// @param unknownInstances processes that run here and that the ledger knows nothing of; a person decides about them
/// @param uses what instances of this host use, by name
/// @param hosts on which host instances are, by name; empty where there is only one
/// @param witnesses what each witness says, by its name
/// @param witnessed when a witness last knew all that the ledger had; empty when none did since the start
/// @param entries how many the ledger has
/// @param balancerRestart how long the balancer was away when it last began again; empty when it did not since the start
/// @param leads among several controllers, who leads and under which epoch; empty where there is only one
/// @param past from where the ledger was folded when it began
public record ControllerStatus(
        Optional<String> objection,
        Optional<String> trouble,
        List<String> unknownInstances,
        Map<String, ResourceUse> uses,
        Map<String, String> hosts,
        Map<String, WitnessState> witnesses,
        Optional<Instant> witnessed,
        long entries,
        Optional<Duration> balancerRestart,
        String leads,
        String past) {
    public ControllerStatus {
        unknownInstances = List.copyOf(unknownInstances);
        uses = Map.copyOf(uses);
        hosts = Map.copyOf(hosts);
        witnesses = Map.copyOf(witnesses);
    }
}
