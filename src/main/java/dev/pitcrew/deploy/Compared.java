package dev.pitcrew.deploy;

import dev.pitcrew.deploy.JudgeEvent.BaselineTaken;
import dev.pitcrew.deploy.JudgeEvent.JudgingBegun;
import dev.pitcrew.judge.BusinessMetrics;
import dev.pitcrew.judge.BusinessMetrics.Line;
import dev.pitcrew.judge.Evidence;
import dev.pitcrew.judge.Guard;
import dev.pitcrew.judge.Judge;
import dev.pitcrew.judge.Judgement;
import dev.pitcrew.judge.Margin;
import dev.pitcrew.judge.Metric;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Metric.Rate;
import dev.pitcrew.judge.Metric.Share;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.Trial;
import dev.pitcrew.judge.input.Comparison;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.model.JudgedMetric;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What two versions of a service are compared by, and what that says.
///
/// @param comparison what both arms have counted
/// @param isBeside whether they did so at the same time; what is counted over time says something only then
public record Compared(Judging judging, Service service, Comparison comparison, boolean isBeside) {
    private static final double OF_RATES = 0.2;

    /// All counters and histograms that a service is judged by.
    public static Set<String> selectors(Judging judging, Service service) {
        var guards =
                Stream.concat(
                        judging.guards().keySet().stream(),
                        BusinessMetrics.GUARDS.stream().map(BusinessMetrics.GuardLine::counter));
        return Stream.concat(
                        lines(judging, service).stream()
                                .flatMap(one -> Stream.of(one.events(), one.of())),
                        guards)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// In words for a plan.
    static String brief(Judging judging, Service service) {
        return judging.metrics().isEmpty()
                ? "the metrics of its role, " + dev.pitcrew.model.Words.of(service.role())
                : String.join(", ", judging.metrics().stream().map(JudgedMetric::name).toList());
    }

    /// Both arms of a step that was judged, each by what was counted since it began; of the past all counts.
    ///
    /// @param past what the old version did before, where nobody served beside the new one
    /// @param last the look that decided
    public static Comparison of(
            Optional<BaselineTaken> past, JudgingBegun begun, JudgeEvent.Looked last) {
        var all = Tally.scrape(last.tallies());
        var fresh = new TreeSet<>(all.instances());
        fresh.removeAll(begun.beside());
        return since(past, begun, of(all, fresh), of(all, begun.beside()));
    }

    static Comparison since(
            Optional<BaselineTaken> past, JudgingBegun begun, Scrape fresh, Scrape beside) {
        var since = Tally.scrape(begun.tallies());
        var baseline =
                begun.beside().isEmpty()
                        ? past.stream().map(one -> Tally.scrape(one.tallies())).toList()
                        : List.of(of(since, begun.beside()), beside);
        return new Comparison(baseline, List.of(of(since, fresh.instances()), fresh));
    }

    private static Scrape of(Scrape all, Collection<String> instances) {
        return Scrape.together(instances.stream().map(all::ofInstance).toList());
    }

    /// By what a service's new versions are compared.
    public static List<Line> lines(Judging judging, Service service) {
        return judging.metrics().isEmpty()
                ? BusinessMetrics.of(service.role())
                : judging.metrics().stream().map(Compared::line).toList();
    }

    Judgement judge(Rules rules, Judge.Stage stage) {
        var lines = lines();
        var trial = Trial.NONE;
        for (var one : lines) {
            trial = trial.with(one.metric().name(), evidence(one));
        }
        for (var guard : guards()) {
            trial = trial.with(guard);
        }
        return Judge.judge(
                lines.stream().map(Line::metric).toList(),
                trial,
                rules.withAlpha(
                        rules.alphaFail()
                                * lines.size()
                                / Math.max(1, lines(judging, service).size())),
                stage);
    }

    /// What the file names is missed when it is not there. Of what the role says only what can be read counts; the level of each stays the
    /// same, because a counter of rejects may appear with the first one.
    private List<Line> lines() {
        return judging.metrics().isEmpty()
                ? lines(judging, service).stream()
                        .filter(one -> isBeside || !isOverTime(one))
                        .filter(one -> comparison.has(one.events()))
                        .filter(one -> one.of().isEmpty() || comparison.has(one.of()))
                        .toList()
                : lines(judging, service);
    }

    private static boolean isOverTime(Line line) {
        return line.metric() instanceof Rate && line.of().isEmpty();
    }

    private static Line line(JudgedMetric metric) {
        var margin = metric.margin().flatMap(Margin::parse);
        var worse = Metric.Worse.valueOf(metric.worse().name());
        Metric compared =
                switch (metric.kind()) {
                    case SHARE -> new Share(metric.name(), worse, margin.orElse(Margin.OF_SHARES));
                    case RATE -> new Rate(metric.name(), worse, margin.orElse(Margin.of(OF_RATES)));
                    case LATENCY -> {
                        var latency = new Latency(metric.name(), Latency.QUANTILES);
                        yield margin.map(latency::with).orElse(latency);
                    }
                };
        return new Line(compared, metric.events(), metric.of(), Set.of());
    }

    private Evidence evidence(Line line) {
        return line.metric() instanceof Latency latency
                ? comparison.measured(
                        line.events(), latency.quantiles().getFirst().margin().relative() + 1)
                : comparison.counted(line.events(), line.of());
    }

    /// Those that the file names have to be known; of the others only those count that are.
    private List<Guard> guards() {
        var guards = new ArrayList<Guard>();
        judging.guards()
                .forEach(
                        (counter, allowed) ->
                                guards.add(
                                        new Guard(
                                                counter,
                                                comparison.seenOnCanary(counter),
                                                allowed)));
        for (var one : BusinessMetrics.GUARDS) {
            var seen = comparison.seenOnCanary(one.counter());
            if (!judging.guards().containsKey(one.counter()) && !Double.isNaN(seen)) {
                guards.add(new Guard(one.name(), seen, one.allowed()));
            }
        }
        return guards;
    }
}
