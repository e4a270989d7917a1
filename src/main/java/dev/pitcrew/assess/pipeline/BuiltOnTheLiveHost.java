package dev.pitcrew.assess.pipeline;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import java.util.List;

/// The live host fetches the source and builds it itself, so what runs there was never tested.
public final class BuiltOnTheLiveHost implements Check {
    @Override
    public Id id() {
        return new Id(
                "CI-005",
                "built-on-the-live-host",
                Severity.HIGH,
                "The live host fetches the source and builds it itself, so what runs there was never tested");
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                job.steps()
                        .forEach(
                                step ->
                                        look(
                                                step.commands().stream()
                                                        .filter(
                                                                one ->
                                                                        one.within()
                                                                                .contains("remote"))
                                                        .toList(),
                                                Confidence.HIGH,
                                                report));
            }
        }
        for (Script script : subject.all(Script.class)) {
            var remote =
                    script.commands().stream()
                            .filter(one -> one.within().contains("remote"))
                            .toList();
            boolean deploys =
                    Paths.name(script.place().file()).matches("(?i).*(deploy|update|upgrade).*");
            if (!Paths.isTest(script.place()) && (deploys || !remote.isEmpty())) {
                look(remote.isEmpty() ? script.commands() : remote, Confidence.MEDIUM, report);
            }
        }
    }

    private static void look(List<ShellCommand> commands, Confidence confidence, Report report) {
        for (int i = 0; i < commands.size(); i++) {
            var fetch = commands.get(i);
            boolean fetches = fetch.runs("git") && fetch.hasArgument("pull", "reset");
            var build =
                    commands.subList(i, commands.size()).stream()
                            .filter(BuiltOnTheLiveHost::builds)
                            .findFirst();
            if (fetches && build.isPresent()) {
                report.finding(
                                build.get().place(),
                                "'%s' builds on the host what '%s' brought there a moment before"
                                        .formatted(shortened(build.get()), shortened(fetch)))
                        .also(fetch.place(), "the source comes here")
                        .confidence(confidence);
                return;
            }
        }
    }

    private static boolean builds(ShellCommand one) {
        var words = one.arguments();
        return switch (one.program()) {
            case "docker", "podman", "docker-compose" ->
                    words.contains("build") || (words.contains("up") && words.contains("--build"));
            case "npm", "yarn", "pnpm" -> words.contains("build");
            case "cargo", "go" -> words.contains("build") || words.contains("install");
            case "mvn", "mvnw" -> words.contains("package") || words.contains("install");
            default -> false;
        };
    }

    private static String shortened(ShellCommand one) {
        String text = one.text().replaceAll("\\s+", " ");
        return text.contains("${{") || text.length() > 60
                ? one.program() + " " + one.verb().orElse("")
                : text;
    }
}
