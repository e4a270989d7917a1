package dev.pitcrew.cli;

import dev.pitcrew.server.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew deploy SERVICE VERSION`: moves a service to another version.
@Command(
        description = {
            "The controller begins once approval and gates are there. Without --wait the exit code says whether it was planned; with it 0 is done, 1 is rolled back or aborted, 4 is stuck."
        })
final class DeployCommand extends DeskCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service to change.")
    private String service = "";

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "The version it is to run, by its name.")
    private String version = "";

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
    ExitCode run(Where.Place place) throws InterruptedException {
        try (var client = Client.of(place.data())) {
            var answer =
                    client.ask(
                            "deploy",
                            new Asked(
                                    service,
                                    version,
                                    null,
                                    null,
                                    reason,
                                    null,
                                    false,
                                    isPlan,
                                    overrides.gates()));
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
