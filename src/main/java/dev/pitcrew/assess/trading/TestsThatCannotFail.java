package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Deploys;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.ShellCommand.Link;

/// The result of the tests is thrown away, so whatever they find goes on to the desk.
public final class TestsThatCannotFail implements Check {
    @Override
    public Id id() {
        return new Id(
                "TRD-053",
                "tests-that-cannot-fail",
                Severity.HIGH,
                "The result of the tests is thrown away, so whatever they find goes on to the"
                        + " desk");
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                boolean tests = job.commands().stream().anyMatch(Deploys::isTest);
                boolean optional =
                        job.name()
                                .matches(
                                        "(?i).*(nightly|experimental|beta|lint|optional|canary|next).*");
                if (tests && !optional) {
                    job.mayFail()
                            .filter(
                                    _ ->
                                            job.steps().stream()
                                                    .noneMatch(TestsThatCannotFail::isMatrix))
                            .ifPresent(
                                    place ->
                                            say(
                                                    report,
                                                    place,
                                                    "job "
                                                            + job.name()
                                                            + " runs the tests and is allowed to"
                                                            + " fail"));
                }
                if (job.mayFail().isEmpty()) { // else it was told of all of them
                    job.steps().forEach(step -> look(step, report));
                }
            }
        }
    }

    private static boolean isMatrix(Step step) {
        return step.run().filter(run -> run.value().contains("matrix.")).isPresent();
    }

    private static void look(Step step, Report report) {
        var commands = step.commands();
        for (int i = 0; i < commands.size(); i++) {
            var command = commands.get(i);
            if (!Deploys.isTest(command)) {
                continue;
            }
            if (step.mayFail().isPresent()) {
                say(
                        report,
                        step.mayFail().get(),
                        "the step that runs '" + words(command) + "' is allowed to fail");
            } else if (i + 1 < commands.size() && isExcuse(commands.get(i + 1))) {
                say(
                        report,
                        command.place(),
                        "'%s' is followed by '|| %s', so it always passes"
                                .formatted(words(command), commands.get(i + 1).text()));
            }
        }
    }

    /// The program, and what it is to do where that is a word: `go test`.
    private static String words(ShellCommand command) {
        return command.program()
                + command.arguments().stream()
                        .findFirst()
                        .filter(word -> word.matches("[a-z][a-z:-]{0,20}"))
                        .map(word -> " " + word)
                        .orElse("");
    }

    private static boolean isExcuse(ShellCommand next) {
        return next.link() == Link.OR
                && (next.runs("true", ":", "echo") || next.text().equals("exit 0"));
    }

    private static void say(Report report, Place place, String what) {
        report.finding(place, what);
    }
}
