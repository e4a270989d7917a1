package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.Survey.SurveyedFile;

/// The image starts with a script that is never put into it.
public final class EntrypointNotInImage implements Check {
    @Override
    public Id id() {
        return new Id(
                "SYS-031",
                "entrypoint-not-in-image",
                Severity.HIGH,
                "The image starts with a script that is never put into it");
    }

    @Override
    public void look(Subject subject, Report report) {
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            var start = build.effective("ENTRYPOINT").or(() -> build.effective("CMD"));
            var word =
                    start.flatMap(one -> one.words().stream().findFirst())
                            .filter(one -> one.value().matches("[\\w./-]+\\.sh"));
            boolean mounted =
                    OrderPath.containers(subject, build).stream()
                            .anyMatch(
                                    one -> !one.mounts().isEmpty() || !one.entrypoint().isEmpty());
            if (word.isEmpty()
                    || mounted
                    || Paths.isTest(build.place())
                    || !build.base()
                            .value()
                            .matches(
                                    "(python|node|debian|ubuntu|alpine|golang|rust|eclipse-temurin|openjdk|ruby)(:.*)?")) {
                continue;
            }
            String name = Paths.name(word.get().value());
            var others =
                    build.lineage().stream()
                            .filter(one -> !one.place().equals(start.get().place()))
                            .toList();
            var copies = others.stream().filter(one -> one.is("COPY") || one.is("ADD")).toList();
            boolean named = others.stream().anyMatch(one -> one.text().contains(name));
            boolean hidden =
                    copies.stream()
                            .anyMatch(
                                    one ->
                                            one.flag("from").isPresent()
                                                    || (!one.isExec()
                                                            && one.text().matches(".*[*$].*")));
            if (named
                    || hidden
                    || copies.stream().anyMatch(one -> mayBring(subject, build, one, name))) {
                continue;
            }
            report.finding(
                    word.get().place(),
                    "%s is not in the image: no COPY brings it, and the container ends at once"
                            .formatted(word.get().value()));
        }
    }

    /// Whether a folder that is copied has a file of this name, or one that isn't known has.
    private static boolean mayBring(
            Subject subject, ImageBuild build, Instruction copy, String name) {
        String folder = Paths.folder(build.place().file());
        var files = subject.survey().files().stream().map(SurveyedFile::path).toList();
        var sources = copy.words().subList(0, Math.max(0, copy.words().size() - 1));
        for (var source : sources) {
            String path = source.value().replaceAll("^\\./|^/|/$", "").replaceAll("^\\.$", "");
            String inside =
                    folder.isEmpty() || path.isEmpty() ? folder + path : folder + "/" + path;
            boolean isFile = Paths.name(path).contains(".") && !path.startsWith(".");
            boolean known =
                    path.isEmpty()
                            || files.stream().anyMatch(file -> file.startsWith(inside + "/"));
            boolean has =
                    files.stream()
                            .anyMatch(
                                    file ->
                                            Paths.name(file).equals(name)
                                                    && (inside.isEmpty()
                                                            || file.startsWith(inside + "/")));
            if (has || (!known && !isFile)) {
                return true;
            }
        }
        return false;
    }
}
