package dev.pitcrew.cli;

import dev.pitcrew.runtime.Balancers;
import dev.pitcrew.runtime.ControllerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew balancer`: what HAProxy or nginx has to be started with.
@Command(
        description = {
            "Each file with its path; docs/traffic.md says how they are put in place. It touches no balancer, and the same system file gives the same text."
        })
final class BalancerCommand extends DeskCommand {
    @Option(
            names = "--write",
            description =
                    "Write the files that aren't there yet, and show which; one that is there is left as it is.")
    private boolean isWriting;

    @Override
    Unnamed unnamed() {
        return Unnamed.RUNNING;
    }

    @Override
    ExitCode run(Where.Place place) throws IOException {
        Map<Path, String> files;
        try {
            files =
                    Balancers.files(
                            new ControllerSettings(
                                    place.system(),
                                    place.environment().name(),
                                    place.data().path(),
                                    System.getenv()));
        } catch (NoSuchElementException no) {
            throw new Refused(String.valueOf(no.getMessage()), "");
        }
        return isWriting ? write(files) : print(files);
    }

    private ExitCode print(Map<Path, String> files) {
        var all = new TreeMap<String, String>();
        files.forEach((path, text) -> all.put(path.toString(), text));
        var text = new StringBuilder();
        files.forEach((path, of) -> text.append("### ").append(path).append('\n').append(of));
        show(all, text.toString().stripTrailing());
        return ExitCode.OK;
    }

    private ExitCode write(Map<Path, String> files) throws IOException {
        var did = new TreeMap<String, String>();
        for (var one : files.entrySet()) {
            if (Files.exists(one.getKey())) {
                did.put(one.getKey().toString(), "is there already");
            } else {
                var folder = one.getKey().toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Files.writeString(one.getKey(), one.getValue());
                did.put(one.getKey().toString(), "written");
            }
        }
        var text = new StringBuilder();
        did.forEach((path, what) -> text.append("%-16s %s%n".formatted(what, path)));
        show(did, text.toString().stripTrailing());
        return ExitCode.OK;
    }
}
