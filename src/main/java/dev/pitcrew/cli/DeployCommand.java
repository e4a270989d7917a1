package dev.pitcrew.cli;

import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew deploy SERVICE VERSION`: moves a service to another version.
@Command
final class DeployCommand extends DeskCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "What to change.")
    private String service = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "What it shall run.")
    private String version = "";

    @Option(names = "--plan", description = "Only say what would be done, and append nothing.")
    private boolean isPlan;

    @Option(names = "--wait", description = "Wait for its end, and exit by its outcome.")
    private boolean isWaiting;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why; goes into the ledger.")
    private String reason = "";

    @Override
    ExitCode run(Where.Place place) throws InterruptedException {
        try (var client = Client.of(place.data())) {
            var answer =
                    client.ask(
                            "deploy",
                            new Asked(service, version, null, null, reason, null, false, isPlan));
            if (isPlan) {
                show(answer, PlanText.of(answer, ink()));
                return ExitCode.OK;
            }
            var rollout = answer.path(0).path("rollout").asText();
            if (!isWaiting) {
                show(
                        answer,
                        "planned: %s of %s to %s, hash %s"
                                .formatted(
                                        rollout,
                                        service,
                                        version,
                                        answer.path(0)
                                                .path("plan")
                                                .path("approval")
                                                .path("hash")
                                                .asText()));
                return ExitCode.OK;
            }
            return new Following(client, this).follow(service, rollout);
        }
    }
}
