package dev.pitcrew.deploy;

import dev.pitcrew.model.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The outside world as it was last observed.
///
/// @param at now, by the controller's steady clock, which never jumps
/// @param instances by instance name
/// @param reconciliations by service
/// @param holding by service: whether the balancer holds its new requests
/// @param measures what gates measured last, by the gate's name, or by `GATE/SERVICE` where it differs by service
/// @param unlisted by service: instances that live on a host and that the ledger does not list
public record Facts(
        Instant at,
        Map<String, InstanceFacts> instances,
        Map<String, Observed<Books>> reconciliations,
        Map<String, Observed<Boolean>> holding,
        Map<String, Observed<Gate.Measure>> measures,
        Observed<Map<String, List<String>>> unlisted) {

    public Facts {
        instances = Map.copyOf(instances);
        reconciliations = Map.copyOf(reconciliations);
        holding = Map.copyOf(holding);
        measures = Map.copyOf(measures);
    }

    /// Facts of an instance; all unknown when nobody has looked at it yet.
    public InstanceFacts of(String instance) {
        return instances.getOrDefault(instance, InstanceFacts.UNKNOWN);
    }

    /// The last measurement of a gate; unknown when there is none.
    ///
    /// @param service before whose change it is asked: what differs by service is measured under `GATE/SERVICE`
    public Observed<Gate.Measure> measure(Gate gate, String service) {
        var own = measures.get(gate.name() + "/" + service);
        return own == null ? measures.getOrDefault(gate.name(), Observed.unknown()) : own;
    }

    /// Whether the balancer holds the new requests of a service.
    public Observed<Boolean> holding(String service) {
        return holding.getOrDefault(service, Observed.unknown());
    }
}
