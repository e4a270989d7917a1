package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Deploys;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Trigger;
import java.util.List;
import java.util.regex.Pattern;

/// A schedule changes the running trading system, whatever the market and the orders do at that hour.
public final class DeployByClock implements Check {
    @Override
    public Id id() {
        return new Id(
                "TRD-052",
                "deploy-by-the-clock",
                Severity.HIGH,
                "A schedule changes the running trading system, whatever the market and the orders do at that hour");
    }

    private static final Pattern CRON = Pattern.compile("(\\S+) +(\\S+) +(\\S+) +(\\S+) +(\\S+)");

    @Override
    public void look(Subject subject, Report report) {
        if (OrderPath.of(subject).isEmpty()) {
            return;
        }
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (var cron : pipeline.trigger("schedule").map(Trigger::filters).orElse(List.of())) {
                for (Job job : pipeline.jobs()) {
                    String when = job.condition().map(Located::value).orElse("");
                    if ((when.contains("schedule") && when.contains("!="))
                            || Deploys.isGated(pipeline, job)) {
                        continue;
                    }
                    Deploys.by(job)
                            .ifPresent(
                                    deploy ->
                                            report.finding(
                                                            cron.place(),
                                                            "'%s'%s starts job %s, which runs '%s' with nobody there"
                                                                    .formatted(
                                                                            cron.value(),
                                                                            hours(cron.value()),
                                                                            job.name(),
                                                                            deploy.value()))
                                                    .also(deploy.place(), "what it runs"));
                }
            }
        }
    }

    /// What its hours mean to a desk that trades American shares; others know theirs.
    private static String hours(String cron) {
        var fields = CRON.matcher(cron.strip());
        if (!fields.matches() || !fields.group(2).matches("[0-9]{1,2}")) {
            return "";
        }
        int hour = Integer.parseInt(fields.group(2));
        boolean weekend = fields.group(5).matches("0|6|7|SAT|SUN|6,0|0,6");
        return hour >= 15 && hour < 20 && !weekend
                ? " (" + hour + ":00 UTC, inside New York's session all year)"
                : " (" + hour + ":00 UTC)";
    }
}
