package dev.pitcrew.cli;

import dev.pitcrew.server.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew deploy SERVICE VERSION`: moves a service to another version; with `--all` several, each after those that it needs.
@Command(
        description = {
            "The controller begins once approval and gates are there. Without --wait the exit code says whether it was planned; with it 0 is done, 1 is rolled back or aborted, 4 is stuck.",
            "With --all services are changed one after the other, each after those that it depends on, each by a rollout of its own with its own approval. It waits for each, and stops at the first that is not done."
        })
final class DeployCommand extends DeskCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "SERVICE VERSION",
            description =
                    "The service to change, and the version it is to run, by its name. With --all any number of SERVICE=VERSION.")
    private List<String> what = List.of();

    @Option(names = "--all", description = "Change several services, in the order of dependsOn.")
    private boolean isAll;

    @Option(
            names = "--versions",
            paramLabel = "LIST",
            description = "With --all: a file of lines SERVICE=VERSION; # begins a comment.")
    private @Nullable Path versions;

    @Option(
            names = "--plan",
            description =
                    "Show steps, gates and what has to be approved; change nothing, and write nothing down.")
    private boolean isPlan;

    @Option(names = "--wait", description = "Show how it goes until it is over.")
    private boolean isWaiting;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, in your words; it goes into the ledger.")
    private String reason = "";

    @Mixin private OverrideOption overrides = new OverrideOption();

    @Override
    ExitCode run(Where.Place place) throws IOException, InterruptedException {
        if (isAll) {
            return all(place, DeployOrder.of(place.system(), wanted()));
        }
        if (what.size() != 2 || versions != null) {
            throw new UsageError(
                    what.size() < 2
                            ? "Missing required parameters: SERVICE and VERSION"
                            : "name one SERVICE and its VERSION, or --all and SERVICE=VERSION");
        }
        var service = what.getFirst();
        try (var client = Client.of(place.data())) {
            var answer = client.ask("deploy", asked(service, what.getLast()));
            if (isPlan) {
                show(answer, PlanText.of(answer, ink()));
                return ExitCode.OK;
            }
            if (!isWaiting) {
                show(answer, PlannedText.of(answer));
                return ExitCode.OK;
            }
            return new Following(client, this)
                    .follow(service, answer.path(0).path("rollout").asText());
        }
    }

    private ExitCode all(Where.Place place, DeployOrder order) throws InterruptedException {
        var left = new ArrayList<>(order.versions().keySet());
        try (var client = Client.of(place.data())) {
            if (!isPlan) {
                RunsInCompose.refuseBeside(place, order.versions().keySet(), client.status());
            }
            for (var each : order.versions().entrySet()) {
                var service = each.getKey();
                left.remove(service);
                if (serves(client, service, each.getValue())) {
                    live(service + " runs " + each.getValue() + " already");
                    finishLive();
                    continue;
                }
                var answer = client.ask("deploy", asked(service, each.getValue()));
                if (isPlan) {
                    showOneOfMany(answer, PlanText.of(answer, ink()));
                    continue;
                }
                var end =
                        new Following(client, this, true)
                                .follow(service, answer.path(0).path("rollout").asText());
                if (end != ExitCode.OK) {
                    if (!left.isEmpty()) {
                        err().println("pitcrew: not begun: " + String.join(", ", left));
                    }
                    return end;
                }
            }
        }
        return ExitCode.OK;
    }

    private static boolean serves(Client client, String service, String version) {
        return client.status().services().stream()
                .anyMatch(
                        one ->
                                one.name().equals(service)
                                        && one.version().equals(version)
                                        && one.changing() == null);
    }

    private Asked asked(String service, String version) {
        return new Asked(
                service, version, null, null, reason, null, false, isPlan, overrides.gates());
    }

    private Map<String, String> wanted() throws IOException {
        var lines = new ArrayList<>(what);
        if (versions != null) {
            Files.readAllLines(versions).stream()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(lines::add);
        }
        var wanted = new HashMap<String, String>();
        for (var line : lines) {
            var pair = line.split("=", 2);
            if (pair.length != 2 || pair[0].isBlank() || pair[1].isBlank()) {
                throw new UsageError("with --all name SERVICE=VERSION, got '" + line + "'");
            }
            if (wanted.put(pair[0].strip(), pair[1].strip()) != null) {
                throw new UsageError("two versions for " + pair[0].strip());
            }
        }
        if (wanted.isEmpty()) {
            throw new UsageError("with --all name SERVICE=VERSION, or a file with --versions");
        }
        return wanted;
    }
}
