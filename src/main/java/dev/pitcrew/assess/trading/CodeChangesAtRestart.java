package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.FirstProcess;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.assess.support.Units;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitKind;
import java.util.List;

/// A restart in the middle of a session should bring back what ran, and brings something else.
public final class CodeChangesAtRestart implements Check {
    private static final Id ID =
            new Id(
                    "TRD-097",
                    "code-changes-at-restart",
                    Severity.HIGH,
                    "A service of the order path fetches the newest code or libraries each time that it starts");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit unit : Units.all(subject, UnitKind.SERVICE)) {
            if (subject.duty(unit).isOrderPath()) {
                var commands = Units.commands(subject, unit, "ExecStartPre", "ExecStart");
                commands.stream()
                        .filter(CodeChangesAtRestart::fetches)
                        .findFirst()
                        .ifPresent(one -> say(report, one, unit.name()).about(unit));
            }
        }
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            if (Paths.isTest(build.place()) || OrderPath.of(subject, build).isEmpty()) {
                continue;
            }
            build
                    .effective("ENTRYPOINT")
                    .or(() -> build.effective("CMD"))
                    .map(
                            start ->
                                    FirstProcess.script(subject, build, start)
                                            .map(script -> script.commands())
                                            .orElse(start.commands()))
                    .orElse(List.of())
                    .stream()
                    .filter(CodeChangesAtRestart::fetches)
                    .findFirst()
                    .ifPresent(
                            one -> {
                                var finding = say(report, one, "the image");
                                OrderPath.containers(subject, build).stream()
                                        .findFirst()
                                        .ifPresent(finding::about);
                            });
        }
    }

    private static Report.Draft say(Report report, ShellCommand one, String name) {
        return report.finding(
                one.place(),
                "%s runs '%s' before it trades, so a restart after a crash may bring code that nobody tested or approved"
                        .formatted(name, one.text().length() > 60 ? one.program() : one.text()));
    }

    private static boolean fetches(ShellCommand one) {
        if (one.within().contains("condition")) {
            return false;
        }
        if (one.runs("git")) {
            return one.hasArgument("pull");
        }
        boolean isPip =
                one.runs("pip", "pip3")
                        || (one.program().matches("python[0-9.]*") && one.hasArgument("pip"));
        return isPip && one.hasArgument("install") && one.hasArgument("-U", "--upgrade");
    }
}
