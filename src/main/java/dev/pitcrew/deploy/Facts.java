package dev.pitcrew.deploy;

import dev.pitcrew.market.Calendar;
import dev.pitcrew.model.Observed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The outside world as it was last observed.
///
/// @param at now, by the controller's steady clock, which never jumps
/// @param instances by instance name
/// @param reconciliations by service
/// @param traffic by service: what the balancer does with its new requests
/// @param measures what gates measured last, by the gate's name, or by `GATE/SERVICE` where it differs by service
/// @param unlisted by service: instances that live on a host and that the ledger does not list
/// @param samples what instances of services that are judged have counted, by instance name
/// @param calendars by service: those of the venues that its gate `market` asks; an empty list while they can't be read
public record Facts(
        Instant at,
        Map<String, InstanceFacts> instances,
        Map<String, Observed<Books>> reconciliations,
        Map<String, Observed<TrafficFacts>> traffic,
        Map<String, Observed<Gate.Measure>> measures,
        Observed<Map<String, List<String>>> unlisted,
        Map<String, Sampled> samples,
        Map<String, List<Calendar>> calendars) {

    public Facts {
        instances = Map.copyOf(instances);
        reconciliations = Map.copyOf(reconciliations);
        traffic = Map.copyOf(traffic);
        measures = Map.copyOf(measures);
        samples = Map.copyOf(samples);
        calendars = Map.copyOf(calendars);
    }

    /// Where nothing is judged.
    public Facts(
            Instant at,
            Map<String, InstanceFacts> instances,
            Map<String, Observed<Books>> reconciliations,
            Map<String, Observed<TrafficFacts>> traffic,
            Map<String, Observed<Gate.Measure>> measures,
            Observed<Map<String, List<String>>> unlisted) {
        this(at, instances, reconciliations, traffic, measures, unlisted, Map.of(), Map.of());
    }

    /// The same with samples.
    public Facts with(Map<String, Sampled> seen) {
        return new Facts(
                at, instances, reconciliations, traffic, measures, unlisted, seen, calendars);
    }

    /// The same with the calendars that services go by.
    public Facts by(Map<String, List<Calendar>> markets) {
        return new Facts(
                at, instances, reconciliations, traffic, measures, unlisted, samples, markets);
    }

    /// When the markets of a service have all closed that traded at a moment, or trade next after it; empty when the file names no market.
    /// `Instant.MAX` where that is not known.
    Optional<Instant> close(String service, Instant after) {
        return Optional.ofNullable(calendars.get(service))
                .map(
                        all ->
                                all.stream()
                                        .map(one -> one.sessionEnd(after).orElse(Instant.MAX))
                                        .max(Comparator.naturalOrder())
                                        .orElse(Instant.MAX));
    }

    /// What an instance has counted; empty when nobody has read it yet.
    public Optional<Sampled> sampled(String instance) {
        return Optional.ofNullable(samples.get(instance));
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

    /// What the balancer does with the new requests of a service.
    public Observed<TrafficFacts> traffic(String service) {
        return traffic.getOrDefault(service, Observed.unknown());
    }
}
