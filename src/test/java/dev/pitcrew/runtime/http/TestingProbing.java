package dev.pitcrew.runtime.http;

import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Probes of services that exist only here, on the time given: what was [set][#set] is read, all else fails. A lie is a
/// value that was set and isn't so. Any thread may call.
public final class TestingProbing implements Probing {
    private final InstantSource clock;
    private final Map<String, Map<ProbeName, String>> values = new ConcurrentHashMap<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();

    public TestingProbing(InstantSource clock) {
        this.clock = clock;
    }

    public void set(String instance, ProbeName name, String value) {
        values.computeIfAbsent(instance, _ -> new ConcurrentHashMap<>()).put(name, value);
    }

    /// What a GET of this address and path answers.
    public void body(Address address, String path, String body) {
        bodies.put(address.at(path).toString(), body);
    }

    /// Nothing can be read of the instance any more.
    public void hang(String instance) {
        values.remove(instance);
    }

    @Override
    public Map<ProbeName, ProbeReading> read(
            Instance instance, Map<ProbeName, Probe> probes, Duration timeout) {
        Map<ProbeName, String> known = values.getOrDefault(instance.name(), Map.of());
        Map<ProbeName, ProbeReading> readings = new EnumMap<>(ProbeName.class);
        for (ProbeName name : probes.keySet()) {
            String value = known.get(name);
            readings.put(name, value == null ? failed() : value(value));
        }
        return readings;
    }

    @Override
    public ProbeReading fetch(Address address, String path, Duration timeout) {
        String body = bodies.get(address.at(path).toString());
        return body == null ? failed() : value(body);
    }

    private ProbeReading value(String text) {
        return new ProbeReading.Value(text, clock.instant());
    }

    private ProbeReading failed() {
        return new ProbeReading.Failed("no answer in time", clock.instant());
    }
}
