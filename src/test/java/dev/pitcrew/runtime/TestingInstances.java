package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.Token;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.TestingProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Instances of the [TestingSystem] that exist only as far as the observer is concerned: with a place in the registry of
/// processes, an address, and a line in the roster.
final class TestingInstances {
    private final Path folder;
    private final InstantSource clock;
    private final TradingSystem system;
    private final TestingProcesses processes;
    private final Addresses addresses;
    private final List<Event> started = new ArrayList<>();

    TestingInstances(Path folder, InstantSource clock) throws IOException {
        this(folder, clock, TestingSystem.in(folder, List.of()));
    }

    TestingInstances(Path folder, InstantSource clock, TradingSystem system) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.system = system;
        processes = new TestingProcesses(clock, _ -> TestingProcesses.Program.service());
        addresses = new Addresses(processes, folder.resolve("ports.json"));
    }

    /// Starts one of version 1.
    void start(String service, String instance, int port) {
        processes.start(
                new ProcessSpec(
                        instance,
                        service,
                        "1",
                        List.of("true"),
                        Map.of(),
                        folder,
                        folder.resolve(instance + ".log"),
                        Map.of("http", port)));
        started.add(intended(service, new Effect.Start(instance, "1")));
    }

    private EffectIntended intended(String service, Effect effect) {
        return new EffectIntended(clock.instant(), service, "course", effect, 1);
    }

    /// What the ledger says: all that were started, and which gateways were activated, in order.
    Desk desk(String... active) {
        var desk = Desk.EMPTY;
        for (var event : started) {
            desk = desk.fold(event);
        }
        for (var instance : active) {
            var at = Instant.EPOCH;
            var activate = new Effect.Activate(instance, new Token(1));
            desk = desk.fold(new EffectConfirmed(at, "gateway", "course", activate, "done"));
        }
        return desk;
    }

    TradingSystem system() {
        return system;
    }

    TestingProcesses processes() {
        return processes;
    }

    Addresses addresses() {
        return addresses;
    }

    Variables variables() {
        return new Variables(
                system, folder, folder.resolve("balancer.json"), Map.of(), addresses, Map.of());
    }
}
