package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Condition;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Selector;
import dev.pitcrew.model.infra.ScrapeJob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An alert asks for a job that no scrape configuration has.
final class AlertOfNoJob implements Check {
    private static final Id ID =
            new Id(
                    "SYS-057",
                    "alert-of-no-job",
                    Severity.HIGH,
                    "An alert asks for a job that no scrape configuration has");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var jobs = subject.all(ScrapeJob.class);
        boolean mayBeMore =
                jobs.stream()
                        .anyMatch(
                                job ->
                                        !job.discoveries().isEmpty()
                                                || job.name()
                                                        .matches(
                                                                "(?i).*(push|federat|otel|collector).*"));
        if (jobs.isEmpty() || mayBeMore) {
            return;
        }
        var said = new HashMap<String, Report.Draft>();
        for (AlertRule rule : Near.all(subject, AlertRule.class)) {
            if (!rule.format().equals("prometheus") && !rule.isOfGrafana()) {
                continue;
            }
            for (Selector one : rule.query().map(Query::selectors).orElse(List.of())) {
                one.matchers().stream()
                        .filter(matcher -> matcher.label().equals("job"))
                        .filter(
                                matcher ->
                                        jobs.stream().noneMatch(job -> takes(matcher, job.name())))
                        .findFirst()
                        .ifPresent(matcher -> say(report, said, rule, one, matcher, jobs));
            }
        }
    }

    /// A job that is missing is one cause, whatever number of alerts ask for it.
    private static void say(
            Report report,
            Map<String, Report.Draft> said,
            AlertRule rule,
            Selector one,
            Query.Matcher matcher,
            List<ScrapeJob> jobs) {
        var before = said.get(matcher.operator() + matcher.value());
        if (before != null) {
            before.also(matcher.place(), "asked for by alert " + rule.name() + " as well");
            return;
        }
        String ends =
                one.isWithin("absent", "absent_over_time")
                        ? "it fires for ever"
                        : "it can never fire";
        said.put(
                matcher.operator() + matcher.value(),
                report.finding(
                                matcher.place(),
                                "alert %s asks for job%s\"%s\", and the jobs are %s: %s"
                                        .formatted(
                                                rule.name(),
                                                matcher.operator(),
                                                matcher.value(),
                                                Alerts.some(
                                                        jobs.stream()
                                                                .map(ScrapeJob::name)
                                                                .distinct()
                                                                .toList()),
                                                ends))
                        .also(jobs.getFirst().place(), "the first of the jobs")
                        .about(rule));
    }

    private static boolean takes(Query.Matcher matcher, String job) {
        if (!matcher.operator().startsWith("=")
                || matcher.value().contains("$")
                || matcher.value().contains("{{")) {
            return true; // what is not asked for leaves room for others
        }
        return new Condition(matcher.place(), "job", matcher.operator(), matcher.value())
                        .holds(AlertRouting.Value.of(job))
                != AlertRouting.Answer.NO;
    }
}
