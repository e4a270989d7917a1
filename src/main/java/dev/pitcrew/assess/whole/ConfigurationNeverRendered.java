package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.model.infra.TemplateFile;

/// A file that is mounted and only exists as a template: the engine makes a folder of its name.
public final class ConfigurationNeverRendered implements Check {
    private static final Id ID =
            new Id(
                    "SYS-005",
                    "configuration-never-rendered",
                    Severity.HIGH,
                    "A service mounts a file that is only here as a template, and nothing here fills the template in");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var templates =
                subject.all(TemplateFile.class).stream()
                        .filter(one -> !one.isMade() && !one.isNamed())
                        .toList();
        for (Container one : subject.all(Container.class)) {
            for (var mount : one.mounts()) {
                templates.stream()
                        .filter(
                                template ->
                                        mount.kind() == MountKind.HOST
                                                && isSame(one, mount.source(), template.makes()))
                        .findFirst()
                        .ifPresent(
                                template ->
                                        report.finding(
                                                        mount.place(),
                                                        "%s mounts %s, of which only %s is here and nothing fills it in; the engine then makes an empty folder of that name"
                                                                .formatted(
                                                                        one.name(),
                                                                        mount.source(),
                                                                        Paths.name(
                                                                                template.place()
                                                                                        .file())))
                                                .about(one)
                                                .also(template.place(), "the template")
                                                .confidence(Confidence.MEDIUM));
            }
        }
    }

    /// Whether a path of a Compose file means a file of the repository.
    private static boolean isSame(Container one, String source, String path) {
        if (!source.startsWith(".")) {
            return source.equals(path);
        }
        String folder = Paths.folder(one.place().file());
        return resolve(folder, source).equals(path);
    }

    private static String resolve(String folder, String source) {
        String bare = source.replaceFirst("^\\./+", "");
        String at = folder;
        while (bare.startsWith("../")) {
            bare = bare.substring(3);
            at = Paths.folder(at);
        }
        return at.isEmpty() ? bare : at + "/" + bare;
    }
}
