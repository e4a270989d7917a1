package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.HealthCheck;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.Script;
import java.util.List;
import java.util.stream.Stream;

/// EXPOSE says one port, Compose another.
public final class MappedToTheWrongPort implements Check {
    private static final Id ID =
            new Id(
                    "SYS-006",
                    "mapped-to-the-wrong-port",
                    Severity.MEDIUM,
                    "Compose maps a port that the image, by its Dockerfile, does not open");

    private static boolean isSaid(Subject subject, Container one, ImageBuild build, int port) {
        String number = Integer.toString(port);
        var texts =
                Stream.of(
                                one.command().stream().map(Located::value),
                                one.entrypoint().stream().map(Located::value),
                                one.environment().stream()
                                        .flatMap(at -> at.value().stream())
                                        .map(Located::value),
                                one.healthChecks().stream().map(HealthCheck::test),
                                build.stages().stream()
                                        .flatMap(at -> at.instructions().stream())
                                        .map(ImageBuild.Instruction::text))
                        .flatMap(at -> at);
        return texts.anyMatch(at -> at.contains(number)) || isSaidByScript(subject, build, number);
    }

    /// What the image starts may open more ports than it declares.
    private static boolean isSaidByScript(Subject subject, ImageBuild build, String number) {
        var words =
                build.lineage().stream()
                        .filter(at -> at.is("CMD") || at.is("ENTRYPOINT") || at.is("COPY"))
                        .map(ImageBuild.Instruction::text)
                        .toList();
        return subject.all(Script.class).stream()
                .filter(
                        one ->
                                words.stream()
                                        .anyMatch(
                                                text ->
                                                        text.contains(
                                                                Paths.name(one.place().file()))))
                .flatMap(one -> one.commands().stream())
                .anyMatch(command -> command.text().contains(number));
    }

    private static List<Located<String>> exposed(ImageBuild build) {
        return build.stages().stream()
                .flatMap(at -> at.instructions().stream())
                .filter(at -> at.is("EXPOSE"))
                .flatMap(at -> at.words().stream())
                .toList();
    }

    private static boolean opens(List<Located<String>> exposed, int port) {
        return exposed.stream().anyMatch(at -> at.value().replace("/tcp", "").equals("" + port));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            String built = one.build().map(Located::value).orElse("");
            if (built.isEmpty()) {
                continue;
            }
            for (ImageBuild build : subject.all(ImageBuild.class)) {
                if (!built.equals(build.place().file())) {
                    continue;
                }
                var exposed = exposed(build);
                boolean isPlain =
                        !exposed.isEmpty()
                                && exposed.stream()
                                        .allMatch(at -> at.value().matches("[0-9]+(/tcp)?"));
                // Where the port of the image is mapped as well, this is one more of its program.
                boolean isMore = one.ports().stream().anyMatch(at -> opens(exposed, at.inside()));
                one.ports().stream()
                        .filter(_ -> !isMore)
                        .filter(at -> isPlain && at.host().isPresent() && at.inside() > 0)
                        .filter(at -> at.protocol().equals("tcp"))
                        .filter(at -> !isSaid(subject, one, build, at.inside()))
                        .findFirst()
                        .ifPresent(
                                at ->
                                        report.finding(
                                                        at.place(),
                                                        "%s maps %s, but its image opens %s"
                                                                .formatted(
                                                                        one.name(),
                                                                        at.text(),
                                                                        exposed.getFirst().value()))
                                                .about(one)
                                                .also(
                                                        exposed.getFirst().place(),
                                                        "the image's port")
                                                .confidence(Confidence.MEDIUM));
            }
        }
    }
}
