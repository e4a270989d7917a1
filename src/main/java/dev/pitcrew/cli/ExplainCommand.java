package dev.pitcrew.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pitcrew.app.own.OwnCheck;
import dev.pitcrew.app.own.OwnChecks;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Family;
import dev.pitcrew.model.Read;
import dev.pitcrew.server.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew explain [CODE]`: the page of a check; all checks when none is named.
@Command(
        description = {
            "Without a code: all checks, by family; those of your own in the working folder as well."
        })
final class ExplainCommand implements Callable<ExitCode> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CODE", description = "Such as TRD-001.")
    private @Nullable String code;

    @Mixin private FormOption form = new FormOption();

    /// A check, as JSON.
    record Line(
            String code,
            String name,
            String family,
            String severity,
            String summary,
            List<String> controls,
            @Nullable String page) {}

    @Override
    public ExitCode call() throws IOException {
        boolean isOurs =
                code != null && !code.toUpperCase(Locale.ROOT).startsWith(Family.OWN.prefix());
        if (isOurs) {
            return told(Checks.ALL);
        }
        return switch (OwnChecks.of(Path.of(""))) {
            case Read.Bad<List<OwnCheck>>(var problems) -> {
                problems.forEach(spec.commandLine().getErr()::println);
                yield told(Checks.ALL);
            }
            case Read.Good<List<OwnCheck>>(var own) ->
                    told(Stream.concat(Checks.ALL.stream(), own.stream()).toList());
        };
    }

    private ExitCode told(List<Check> checks) throws JsonProcessingException {
        if (code == null) {
            return all(checks);
        }
        var check =
                checks.stream()
                        .map(Check::id)
                        .filter(id -> id.code().equalsIgnoreCase(code))
                        .findFirst();
        var page = check.flatMap(CheckPage::of);
        if (check.isEmpty() || page.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "pitcrew explain: there is no check "
                                    + code
                                    + "; `pitcrew explain` lists them");
            return ExitCode.USAGE;
        }
        print(
                form.isJson()
                        ? Api.json().writeValueAsString(line(check.get(), page.get().text()))
                        : page.get().text().stripTrailing());
        return ExitCode.OK;
    }

    private ExitCode all(List<Check> checks) throws JsonProcessingException {
        if (form.isJson()) {
            print(
                    Api.json()
                            .writeValueAsString(
                                    checks.stream().map(check -> line(check.id(), null)).toList()));
            return ExitCode.OK;
        }
        for (Family family : Family.values()) {
            var ids = checks.stream().map(Check::id).filter(id -> id.family() == family).toList();
            if (!ids.isEmpty()) {
                print(family.title());
            }
            ids.forEach(
                    id ->
                            print(
                                    "  %-8s %-8s  %s"
                                            .formatted(
                                                    id.code(),
                                                    id.severity().name().toLowerCase(Locale.ROOT),
                                                    id.summary())));
        }
        return ExitCode.OK;
    }

    private static Line line(Check.Id id, @Nullable String page) {
        return new Line(
                id.code(),
                id.name(),
                id.family().title(),
                id.severity().name().toLowerCase(Locale.ROOT),
                id.summary(),
                CheckPage.of(id).map(CheckPage::controls).orElse(List.of()),
                page);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
