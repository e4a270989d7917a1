package dev.pitcrew.assess.image;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.FirstProcess;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;

/// A second program runs in the background of the container, and nobody notices when it dies.
public final class DiesUnnoticedBehindAnother implements Check {
    @Override
    public Id id() {
        return new Id(
                "IMG-006",
                "dies-unnoticed-behind-another",
                Severity.MEDIUM,
                "A second program runs in the background of the container, and nobody notices when it dies");
    }

    @Override
    public void look(Subject subject, Report report) {
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            var start = build.effective("ENTRYPOINT").or(() -> build.effective("CMD"));
            if (start.isEmpty() || Paths.isTest(build.place())) {
                continue;
            }
            var script = FirstProcess.script(subject, build, start.get());
            var commands = script.map(Script::commands).orElse(start.get().commands());
            boolean watched =
                    commands.stream()
                            .anyMatch(
                                    one ->
                                            (one.runs("wait") && one.hasArgument("-n"))
                                                    || one.runs("trap", "supervisord", "kill"));
            var behind =
                    commands.stream().filter(DiesUnnoticedBehindAnother::isProgram).findFirst();
            if (behind.isEmpty() || watched) {
                continue;
            }
            var finding =
                    report.finding(
                            behind.get().place(),
                            "%s runs in the background: when it dies the container goes on without it, and nothing restarts it"
                                    .formatted(named(behind.get())));
            OrderPath.containers(subject, build).stream().findFirst().ifPresent(finding::about);
            if (script.isPresent()) {
                finding.also(start.get().place(), "the image starts with this script here");
            }
        }
    }

    private static boolean isProgram(ShellCommand one) {
        return one.isBackground()
                && one.within().isEmpty()
                && one.runs(
                        "python",
                        "python3",
                        "node",
                        "java",
                        "gunicorn",
                        "uvicorn",
                        "celery",
                        "cron",
                        "crond",
                        "etcd",
                        "php",
                        "php-fpm",
                        "nginx",
                        "npm",
                        "yarn",
                        "redis-server",
                        "streamlit",
                        "freqtrade");
    }

    private static String named(ShellCommand one) {
        return one.arguments().stream()
                .filter(word -> !word.startsWith("-") && word.length() < 40)
                .findFirst()
                .map(word -> one.program() + " " + word)
                .orElse(one.program());
    }
}
