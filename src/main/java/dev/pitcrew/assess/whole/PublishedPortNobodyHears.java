package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A published port leads to one on which the program does not listen.
public final class PublishedPortNobodyHears implements Check {
    @Override
    public Id id() {
        return new Id(
                "SYS-034",
                "published-port-nobody-hears",
                Severity.HIGH,
                "A published port leads to one on which the program does not listen");
    }

    private static final Pattern PORT =
            Pattern.compile("(?:--port|-p|--bind|-b)(?:=|\\s+)(?:[\\w.\\[\\]]*:)?([0-9]{2,5})\\b");
    private static final Pattern HOST =
            Pattern.compile("(?:--host|--bind|-b)(?:=|\\s+)([\\w.:\\[\\]]+)");

    @Override
    public void look(Subject subject, Report report) {
        var builds = subject.all(ImageBuild.class);
        for (Container one : subject.all(Container.class)) {
            var ports =
                    one.ports().stream()
                            .filter(
                                    port ->
                                            port.host().isPresent()
                                                    && port.protocol().equals("tcp"))
                            .toList();
            String started = text(one, builds);
            if (ports.size() != 1
                    || ports.getFirst().inside() == 0
                    || Paths.isTest(one.place())
                    || !isServer(started)) {
                continue;
            }
            var found =
                    PORT.matcher(started)
                            .results()
                            .map(match -> match.group(1))
                            .distinct()
                            .toList();
            var host = HOST.matcher(started).results().map(match -> match.group(1)).findFirst();
            var port = ports.getFirst();
            if (found.size() == 1 && !found.getFirst().equals(String.valueOf(port.inside()))) {
                report.finding(
                                port.place(),
                                "%s is published to port %d of %s, where it listens on %s"
                                        .formatted(
                                                port.text(),
                                                port.inside(),
                                                one.name(),
                                                found.getFirst()))
                        .about(one);
            } else if (host.filter(name -> name.matches("(127\\.0\\.0\\.1|localhost)(:.*)?"))
                            .isPresent()
                    && one.traits().stream()
                            .noneMatch(trait -> trait.value().equals("host-network"))) {
                report.finding(
                                port.place(),
                                "%s is published, and %s listens on %s inside its container, which nobody outside reaches"
                                        .formatted(port.text(), one.name(), host.get()))
                        .about(one);
            }
        }
    }

    private static boolean isServer(String started) {
        return started.matches("(?s)(.*[\\s/])?(uvicorn|gunicorn|hypercorn|daphne)\\s.*")
                && !started.contains("$")
                && !started.contains("&")
                && !started.contains(";");
    }

    /// How a container starts: as its file says, else as its image does.
    private static String text(Container one, List<ImageBuild> builds) {
        var own =
                Stream.concat(one.entrypoint().stream(), one.command().stream())
                        .map(Located::value)
                        .toList();
        if (!own.isEmpty()) {
            return one.command().isEmpty() ? "" : String.join(" ", own);
        }
        return one.build()
                .flatMap(
                        path ->
                                builds.stream()
                                        .filter(build -> build.place().file().equals(path.value()))
                                        .findFirst())
                .filter(build -> build.effective("ENTRYPOINT").isEmpty())
                .flatMap(build -> build.effective("CMD"))
                .map(Instruction::text)
                .orElse("");
    }
}
