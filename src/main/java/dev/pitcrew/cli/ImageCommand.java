package dev.pitcrew.cli;

import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.ImageMaker.Made;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pitcrew image SERVICE VERSION`: builds or pulls what a version runs, before it is deployed.
@Command(
        description = {
            "What has a build in its container, or in Compose, is built; all else is pulled when it is not there. It asks the Docker engine, so it works without a controller, and changes nothing that runs: `deploy` then takes the image by its digest."
        })
final class ImageCommand extends DeskCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "SERVICE VERSION",
            description =
                    "A service and its version, or any number of SERVICE=VERSION; left out: version 1 of all, as `up` starts them.")
    private List<String> what = List.of();

    @Option(
            names = "--again",
            description = "Pull also what is there: its name may mean another image by now.")
    private boolean isAgain;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            defaultValue = "30m",
            converter = TimeOption.class,
            description = "The most that one image may take; else ${DEFAULT-VALUE}.")
    private Duration limit = Duration.ofMinutes(30);

    @Override
    Unnamed unnamed() {
        return Unnamed.RUNNING;
    }

    @Override
    ExitCode run(Where.Place place) {
        var images =
                DockerRuntime.images(
                        place.system(), place.environment(), System.getenv(), limit, this::live);
        var made = new ArrayList<Made>();
        for (var one : wanted(place.system()).entrySet()) {
            made.add(images.make(one.getKey(), one.getValue(), isAgain));
            finishLive();
        }
        show(made, String.join("\n", made.stream().map(ImageCommand::text).toList()));
        return ExitCode.OK;
    }

    private static String text(Made one) {
        return "%s %s: %s %s is %s"
                .formatted(
                        one.service(),
                        one.version(),
                        one.image(),
                        one.id(),
                        one.how().name().toLowerCase(Locale.ROOT));
    }

    private Map<String, Version> wanted(TradingSystem system) {
        var wanted = new LinkedHashMap<String, Version>();
        if (what.isEmpty()) {
            system.services().stream()
                    .filter(one -> one.container().isPresent())
                    .forEach(one -> wanted.put(one.name(), new Version("1")));
        } else if (what.size() == 2 && what.stream().noneMatch(one -> one.contains("="))) {
            wanted.put(what.getFirst(), new Version(what.getLast()));
        } else {
            for (var each : what) {
                var pair = each.split("=", 2);
                if (pair.length != 2) {
                    throw new UsageError("name SERVICE VERSION, or SERVICE=VERSION, got " + each);
                }
                wanted.put(pair[0], new Version(pair[1]));
            }
        }
        for (var name : wanted.keySet()) {
            if (system.services().stream().noneMatch(one -> one.name().equals(name))) {
                throw new Refused("there is no service " + name, "`pitcrew status` lists them");
            }
        }
        return wanted;
    }
}
