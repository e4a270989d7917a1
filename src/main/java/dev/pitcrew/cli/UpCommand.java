package dev.pitcrew.cli;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.model.Service;
import dev.pitcrew.server.Asked;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew up`: starts a controller if none runs, and brings the desk up: each service once those that it depends on serve.
@Command(
        description = {
            "Each service starts once those that it depends on serve. It ends when all serve; what runs already stays as it is."
        })
final class UpCommand extends DeskCommand {
    private static final long EVERY_MILLIS = 100;

    @Option(
            names = "--version",
            paramLabel = "SERVICE=VERSION",
            description =
                    "The version for a service that never ran here, once for each service; else 1.")
    private Map<String, String> versions = new HashMap<>();

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            converter = TimeOption.class,
            defaultValue = "3m",
            description =
                    "How long to wait until all serve: such as 90s or 3m; else ${DEFAULT-VALUE}.")
    private Duration limit = Duration.ofMinutes(3);

    @Option(
            names = "--plan",
            description =
                    "Say what would start after what, and what it wants from outside; start nothing.")
    private boolean isPlan;

    @Override
    WithoutFile withoutFile() {
        return WithoutFile.HERE_OR_EXAMPLE;
    }

    @Override
    ExitCode run(Where.Place place) throws IOException, InterruptedException {
        if (isPlan) {
            var plan = UpPlan.of(place.system(), place.environment());
            show(plan, plan.text());
            return plan.stuck().isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
        }
        if (ControllerFile.read(place.data().controller()).isEmpty()) {
            var started = Background.start(place, Map.of(), ProcessBuilder::start, this::live);
            live(
                    "controller: pid %d, console at http://127.0.0.1:%d"
                            .formatted(started.pid(), started.port()));
            finishLive();
        }
        long deadline = System.nanoTime() + limit.toNanos();
        var asked = new HashSet<String>();
        var said = new HashMap<String, String>();
        try (var client = Client.of(place.data())) {
            RunsInCompose.refuseBeside(
                    place,
                    place.system().services().stream()
                            .map(Service::name)
                            .collect(Collectors.toSet()),
                    client.status());
            while (true) {
                var status = client.status();
                report(status, place, said);
                if (place.system().services().stream().allMatch(one -> serves(one, status))
                        && areOver(status, asked)) {
                    show(status, "all serve");
                    return ExitCode.OK;
                }
                var stuck =
                        status.services().stream().filter(one -> one.stuck() != null).findFirst();
                if (stuck.isPresent() || System.nanoTime() > deadline) {
                    show(status, StatusText.of(status, ink()));
                    return stuck.isPresent() ? ExitCode.STUCK : ExitCode.REFUSED;
                }
                if (failed(status, asked)) {
                    show(status, StatusText.of(status, ink()));
                    return ExitCode.REFUSED;
                }
                for (var service : place.system().services()) {
                    ask(service, status, place, client, asked);
                }
                TimeUnit.MILLISECONDS.sleep(
                        EVERY_MILLIS); // the controller is asked again; nothing is decided here
            }
        }
    }

    /// Whoever is brought down before its first start is over has failed it.
    private static boolean areOver(DeskStatus status, Set<String> asked) {
        return status.services().stream()
                .noneMatch(one -> asked.contains(one.name()) && one.changing() != null);
    }

    /// A first start that was asked for here and has ended without anything approved.
    private static boolean failed(DeskStatus status, Set<String> asked) {
        return status.services().stream()
                .anyMatch(
                        one ->
                                asked.contains(one.name())
                                        && one.version().isEmpty()
                                        && one.changing() == null
                                        && !one.lastChange().isEmpty());
    }

    private void ask(
            Service service,
            DeskStatus status,
            Where.Place place,
            Client client,
            Set<String> asked) {
        var line = line(service, status);
        var needs = new HashSet<>(service.dependsOn());
        service.reconcile().ifPresent(both -> needs.add(both.theirs().service()));
        needs.remove(service.name());
        if (line.version().isEmpty()
                && line.changing() == null
                && needs.stream().allMatch(name -> serves(place.system().service(name), status))
                && asked.add(service.name())) {
            var version = versions.getOrDefault(service.name(), "1");
            client.ask(
                    "deploy",
                    new Asked(service.name(), version, null, null, "up", null, false, false));
        }
    }

    private void report(DeskStatus status, Where.Place place, Map<String, String> said) {
        for (var service : place.system().services()) {
            var line = line(service, status);
            var now =
                    line.changing() != null
                            ? Following.text(service.name(), line.changing())
                            : serves(service, status)
                                    ? service.name() + " " + line.version() + " serves"
                                    : "";
            if (!now.isEmpty() && !now.equals(said.put(service.name(), now))) {
                live(now);
            }
        }
        if (status.services().stream().allMatch(one -> one.changing() == null)) {
            finishLive();
        }
    }

    private static boolean serves(Service service, DeskStatus status) {
        return line(service, status).serves(service.singleActive().isPresent());
    }

    private static ServiceLine line(Service service, DeskStatus status) {
        return status.services().stream()
                .filter(one -> one.name().equals(service.name()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refused(
                                        "the controller doesn't know " + service.name(),
                                        "the system file changed since it started; restart the controller"));
    }
}
