package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.adopt.Adopt;
import dev.pitcrew.app.adopt.Taking;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.server.Asked;
import dev.pitcrew.server.ControllerFile;
import dev.pitcrew.server.Taken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Has a controller take over what runs of a Compose project: the plan first, then one change for each service.
final class TakeOver {
    private final DeskCommand command;
    private final Where.Place place;
    private final ComposeProject project;
    private final String reason;

    TakeOver(DeskCommand command, Where.Place place, ComposeProject project, String reason) {
        this.command = command;
        this.place = place;
        this.project = project;
        this.reason = reason;
    }

    /// @param isPlan whether only to print what would be done
    /// @param isWaiting whether to wait until it is over
    ExitCode run(boolean isPlan, boolean isWaiting) throws IOException, InterruptedException {
        if (ControllerFile.read(place.data().controller()).isEmpty()) {
            if (isPlan) {
                show(taking(Map.of()));
                return ExitCode.OK;
            }
            // Seen before a controller is started for nothing.
            var beforehand = taking(Map.of());
            if (beforehand.taken().isEmpty()) {
                show(beforehand);
                return end(beforehand);
            }
            var _ = Background.start(place, Map.of(), ProcessBuilder::start, command::live);
        }
        try (var client = Client.of(place.data())) {
            var taking =
                    taking(
                            client.status().services().stream()
                                    .filter(one -> !one.version().isEmpty())
                                    .collect(
                                            Collectors.toMap(
                                                    ServiceLine::name, ServiceLine::version)));
            show(taking);
            return isPlan ? ExitCode.OK : take(taking, client, isWaiting);
        }
    }

    private Taking taking(Map<String, String> kept) {
        try (var adopt = Adopt.in(place.system(), place.environment(), System.getenv())) {
            return adopt.taking(project, place.system(), System.getenv(), kept);
        }
    }

    private void show(Taking taking) {
        command.showOneOfMany(taking, TakingText.of(taking, command.ink()));
    }

    /// As far as it is known before anything is taken.
    private static ExitCode end(Taking taking) {
        boolean isAllAbsent =
                taking.services().stream().allMatch(one -> one.fate() == Taking.Fate.ABSENT);
        return taking.isRefused() || isAllAbsent ? ExitCode.REFUSED : ExitCode.OK;
    }

    private ExitCode take(Taking taking, Client client, boolean isWaiting)
            throws InterruptedException {
        var rollouts = new LinkedHashMap<String, String>();
        for (var row : taking.taken()) {
            var ids = row.containers().stream().map(Taking.Taken::id).toList();
            JsonNode answer =
                    client.ask(
                            "adopt",
                            Asked.toAdopt(
                                    row.service(), new Taken(row.image(), ids), reason, false));
            command.showOneOfMany(answer, PlannedText.of(answer));
            rollouts.put(row.service(), answer.path(0).path("rollout").asText());
        }
        var end = end(taking);
        if (isWaiting) {
            for (var each : rollouts.entrySet()) {
                var came =
                        new Following(client, command, true).follow(each.getKey(), each.getValue());
                end = came == ExitCode.OK ? end : came;
            }
        }
        return end;
    }
}
