package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import java.util.regex.Pattern;

/// A job or step that is called a check only prints that all is well.
public final class EvidenceThatIsPrinted implements Check {
    @Override
    public Id id() {
        return new Id(
                "TRD-054",
                "evidence-that-is-printed",
                Severity.HIGH,
                "A job or step that is called a check only prints that all is well");
    }

    private static final Pattern CLAIMS =
            Pattern.compile(
                    "(?i).*\\b(test|tests|check|checks|verify|verification|validate|validation|smoke|health|rollback|risk|reconcile|reconciliation|backup|approval)\\b.*");
    private static final Pattern ALL_WELL =
            Pattern.compile(
                    "(?is).*(passed|success|verified|healthy|completed?\\b|approved|all good|\\bok\\b|✅|✓).*");
    private static final Pattern REPORTS =
            Pattern.compile(
                    "(?i).*(summary|notify|notification|report|status|slack|telegram|result).*");

    @Override
    public void look(Subject subject, Report report) {
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                for (Step step : job.steps()) {
                    boolean ownName = CLAIMS.matcher(step.name().replace('_', ' ')).matches();
                    boolean jobsName =
                            job.steps().size() <= 2
                                    && CLAIMS.matcher(job.name().replaceAll("[-_]", " ")).matches();
                    if ((ownName || jobsName)
                            && !REPORTS.matcher(step.name() + " " + job.name()).matches()
                            && onlyPrints(step)) {
                        report.finding(
                                step.commands().getFirst().place(),
                                "'%s' does nothing but print that it went well"
                                        .formatted(ownName ? step.name() : job.name()));
                    }
                }
            }
        }
    }

    private static boolean onlyPrints(Step step) {
        var commands = step.commands();
        return !commands.isEmpty()
                && step.condition().isEmpty()
                && commands.stream()
                        .allMatch(one -> one.runs("echo", "printf", "sleep", "true", "set", "exit"))
                && commands.stream()
                        .allMatch(one -> one.redirects().isEmpty() && !one.text().contains("$("))
                && commands.stream().anyMatch(one -> ALL_WELL.matcher(one.text()).matches());
    }
}
