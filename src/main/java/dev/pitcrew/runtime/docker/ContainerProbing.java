package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.Instance;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.runtime.http.Probing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/// Probes of instances in containers: what an instance runs is told by the engine, which knows the image, and not by the instance. Where no
/// probe says whether it is ready, the container's health check does.
///
/// It tells so only of one that answers its probes, where there are any: the engine's word must not pass for an answer of it.
public final class ContainerProbing implements Probing {
    private final Probing probing;
    private final Containers containers;
    private final InstantSource clock;

    /// @param probing for all else
    public ContainerProbing(Probing probing, Containers containers, InstantSource clock) {
        this.probing = probing;
        this.containers = containers;
        this.clock = clock;
    }

    @Override
    public Map<ProbeName, ProbeReading> read(
            Instance instance, Map<ProbeName, Probe> probes, Duration timeout) {
        var own = new EnumMap<ProbeName, Probe>(ProbeName.class);
        own.putAll(probes);
        own.remove(ProbeName.DIGEST);
        var readings = new EnumMap<ProbeName, ProbeReading>(ProbeName.class);
        readings.putAll(probing.read(instance, own, timeout));
        var isAnswered =
                own.isEmpty()
                        || readings.values().stream()
                                .anyMatch(one -> one instanceof ProbeReading.Value);
        if (isAnswered) {
            containers
                    .image(instance.name())
                    .ifPresent(
                            image -> readings.put(ProbeName.DIGEST, value(Images.digest(image))));
            if (!probes.containsKey(ProbeName.READY)) {
                containers
                        .health(instance.name())
                        .ifPresent(
                                health ->
                                        readings.put(
                                                ProbeName.READY,
                                                value("" + health.equals("healthy"))));
            }
        }
        return readings;
    }

    private ProbeReading value(String text) {
        return new ProbeReading.Value(text, clock.instant());
    }

    @Override
    public ProbeReading fetch(Address address, String path, Duration timeout) {
        return probing.fetch(address, path, timeout);
    }
}
