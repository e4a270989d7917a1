package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.process.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Somebody at a controller of real processes: asks for changes, and waits for what comes of them.
record Operator(Controller controller, TradingSystem system) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// At a controller that begins to work in the folder `data` of the system's.
    static Operator open(TradingSystem system) {
        return new Operator(Controller.open(settings(system)), system);
    }

    static ControllerSettings settings(TradingSystem system) {
        return new ControllerSettings(
                system, "demo", system.folder().resolve("data"), Map.of("DESK_SECRET", "hush"));
    }

    /// Writes the configurations of versions, each with its number.
    static void write(Path folder, String... versions) throws IOException {
        var all = Files.createDirectories(folder.resolve("versions"));
        for (var version : versions) {
            Files.writeString(all.resolve(version + ".conf"), "version=" + version + "\n");
        }
    }

    List<Event> ask(Function<Intents, List<Event>> intent) throws Exception {
        return controller
                .loop()
                .ask((desk, at) -> intent.apply(new Intents(desk, at, "ada", "")))
                .get(10, TimeUnit.SECONDS);
    }

    List<Event> plan(String name, String version) throws Exception {
        var service = system.service(name);
        var release = new Artifacts(system.folder()).release(service, new Version(version));
        var planner = planner();
        return ask(it -> it.deploy(planner, service, release, Outside.NONE, Set.of()));
    }

    Planner planner() {
        return new Planner(system, system.environment("demo"), controller.facts());
    }

    /// Waits until it is over, however it ends.
    Rollout.Over deploy(String name, String version) throws Exception {
        var _ = plan(name, version);
        return over(name, version);
    }

    Rollout.Over over(String name, String version) {
        await(name + " " + version + " is over", () -> isOver(name, version));
        return (Rollout.Over) rollout(name, version).orElseThrow();
    }

    boolean isOver(String name, String version) {
        return rollout(name, version).filter(Rollout.Over.class::isInstance).isPresent();
    }

    Optional<Rollout> rollout(String name, String version) {
        return controller
                .desk()
                .service(name)
                .rollout()
                .filter(one -> one.plan().to().version().equals(version));
    }

    void await(String what, BooleanSupplier condition) {
        Awaiting.until(
                what,
                LIMIT,
                condition,
                () ->
                        "%s%n%s%n%s"
                                .formatted(
                                        controller.desk(),
                                        controller.facts(),
                                        controller.status()));
    }

    /// Closes the controller, and ends whatever it has started.
    void end() throws IOException {
        controller.close();
        var processes = new LocalProcesses(system.folder().resolve("data/processes"));
        processes.known().forEach(one -> processes.kill(one.instance()));
    }
}
