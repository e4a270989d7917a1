package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Deploys;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Trigger;
import dev.pitcrew.model.infra.Workload;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private static final Pattern CHANGE =
            Pattern.compile(
                    "(kubectl|oc) (-n \\S+ )?(rollout restart|set image|delete pods?)( [a-z/-]+)?");
    private static final Pattern CRON = Pattern.compile("(\\S+) +(\\S+) +(\\S+) +(\\S+) +(\\S+)");

    @Override
    public void look(Subject subject, Report report) {
        if (OrderPath.of(subject).isEmpty()) {
            return;
        }
        jobs(subject, report);
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

    /// A CronJob of the cluster that restarts or changes what runs there.
    private static void jobs(Subject subject, Report report) {
        for (Workload job : subject.all(Workload.class)) {
            if (!job.kind().equals("CronJob") || Paths.isTest(job.place())) {
                continue;
            }
            for (Container one : Pods.containers(subject, job)) {
                var words =
                        Stream.concat(one.entrypoint().stream(), one.command().stream()).toList();
                var change =
                        CHANGE.matcher(
                                words.stream()
                                        .map(Located::value)
                                        .collect(Collectors.joining(" ")));
                if (change.find()) {
                    report.finding(
                                    words.getFirst().place(),
                                    "%s runs '%s' by its schedule, with nobody there"
                                            .formatted(job.name(), change.group()))
                            .also(job.place(), "the schedule");
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
