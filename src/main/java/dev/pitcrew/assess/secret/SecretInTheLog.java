package dev.pitcrew.assess.secret;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.ShellCommand.Link;
import java.util.List;
import java.util.Optional;

/// A secret is printed into the log of the pipeline, in a form that is not masked.
public final class SecretInTheLog implements Check {
    @Override
    public Id id() {
        return new Id(
                "SEC-003",
                "secret-in-the-log",
                Severity.HIGH,
                "A secret is printed into the log of the pipeline, in a form that is not masked");
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                for (Step step : job.steps()) {
                    look(step.commands(), report);
                }
            }
        }
    }

    private static void look(List<ShellCommand> commands, Report report) {
        for (int i = 0; i < commands.size(); i++) {
            var one = commands.get(i);
            boolean piped = i + 1 < commands.size() && commands.get(i + 1).link() == Link.PIPE;
            boolean shown =
                    one.redirects().isEmpty() && !piped && !one.within().contains("condition");
            if (shown && one.within().contains("remote")) {
                printed(one)
                        .ifPresent(
                                what ->
                                        report.finding(
                                                one.place(),
                                                "%s of the host goes to the log, and the runner can't mask what it doesn't know"
                                                        .formatted(what)));
            } else if (shown
                    && i > 0
                    && one.link() == Link.PIPE
                    && encodes(one)
                    && isSecret(commands.get(i - 1))) {
                report.finding(
                        commands.get(i - 1).place(),
                        "a secret goes to the log through %s, which the masks don't match, and anybody can turn back"
                                .formatted(one.program()));
            }
        }
    }

    private static Optional<String> printed(ShellCommand one) {
        if (one.runs("cat")
                && one.arguments().stream()
                        .anyMatch(
                                word -> word.matches("(.*/)?\\.env(\\.(prod|production|live))?"))) {
            return Optional.of("the .env");
        }
        if (one.runs("printenv") && one.arguments().isEmpty()) {
            return Optional.of("the environment");
        }
        boolean compose =
                one.runs("docker-compose") || (one.runs("docker") && one.hasArgument("compose"));
        return compose && one.arguments().getLast().equals("config")
                ? Optional.of("the resolved Compose file, with every secret,")
                : Optional.empty();
    }

    private static boolean encodes(ShellCommand one) {
        return one.runs("rev", "xxd", "od", "hexdump")
                || (one.runs("base64") && !one.hasArgument("-d", "--decode", "-D"));
    }

    private static boolean isSecret(ShellCommand one) {
        return one.runs("echo", "printf") && one.text().matches("(?s).*\\$\\{\\{\\s*secrets\\..*");
    }
}
