package dev.pitcrew.cli;

import dev.pitcrew.app.LedgerFiles;
import dev.pitcrew.app.Promotions;
import dev.pitcrew.deploy.Promotion;
import dev.pitcrew.server.Api;
import dev.pitcrew.server.Asked;
import dev.pitcrew.server.ControllerFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew promote ENVIRONMENT SERVICE`: the version that serves in the environment before moves on, with its evidence.
@Command(
        description = {
            "The environment before is the one that `follows:` names. Nothing is rebuilt: the files have to be what served there, and the entries of that environment's ledger, each with its proof, go into the plan and the ledger of this one. It is refused while a change is underway there, when nobody watched the version to its end, and when an emergency change was not re-assessed. Exit codes are those of `deploy`."
        })
final class PromoteCommand extends DeskCommand {
    @Parameters(
            index = "0",
            paramLabel = "ENVIRONMENT",
            description = "Where to, such as paper or live; it takes the place of --env.")
    private String target = "";

    @Parameters(index = "1", paramLabel = "SERVICE", description = "The service to change.")
    private String service = "";

    @Option(
            names = "--plan",
            description =
                    "Show steps, gates, evidence and what has to be approved; change nothing.")
    private boolean isPlan;

    @Option(names = "--wait", description = "Show how it goes until it is over.")
    private boolean isWaiting;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, in your words; it goes into the ledger.")
    private String reason = "";

    @Option(
            names = "--from-dir",
            paramLabel = "FOLDER",
            description =
                    "Where the data of the environment before are kept; else .pitcrew/NAME beside the system file. Its operator's token may be in PITCREW_FROM_TOKEN.")
    private @Nullable Path fromFolder;

    @Mixin private OverrideOption overrides = new OverrideOption();

    private @Nullable Where options;

    @Override
    Where.Place place(Where where) {
        options = where;
        return where.named(withoutFile(), target);
    }

    @Override
    ExitCode run(Where.Place place) throws InterruptedException {
        var promotion = evidence(before(place));
        try (var client = Client.of(place.data())) {
            var answer =
                    client.ask(
                            "promote",
                            new Asked(
                                    service,
                                    null,
                                    null,
                                    null,
                                    reason,
                                    null,
                                    false,
                                    isPlan,
                                    overrides.gates(),
                                    promotion));
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

    private Where.Place before(Where.Place place) {
        var follows =
                place.environment()
                        .follows()
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                target + " follows no environment",
                                                "name the one before it in pitcrew.yaml, such as `follows: paper`"));
        if (options == null) {
            throw new IllegalStateException("the place is told before anything runs");
        }
        return options.beside(withoutFile(), follows, Optional.ofNullable(fromFolder));
    }

    /// From the controller there, which signs its ledger; where none runs, we sign it.
    private Promotion evidence(Where.Place from) {
        if (ControllerFile.read(from.data().controller()).isPresent()) {
            try (var client = Client.of(from.data(), "PITCREW_FROM_TOKEN")) {
                var asked = new Asked(service, null, null, null, null, null, false, false);
                return Api.json().convertValue(client.ask("evidence", asked), Promotion.class);
            }
        }
        var files =
                LedgerFiles.of(
                        from.system(), from.environment(), from.data().path(), System.getenv());
        try (var ledger = files.writing()) {
            return Promotions.of(ledger, from.environment().name(), service);
        }
    }
}
