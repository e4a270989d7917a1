package dev.pitcrew.cli;

import dev.pitcrew.judge.BusinessMetrics;
import dev.pitcrew.judge.Evidence;
import dev.pitcrew.judge.Evidence.Counted;
import dev.pitcrew.judge.Evidence.Measured;
import dev.pitcrew.judge.Guard;
import dev.pitcrew.judge.Judge;
import dev.pitcrew.judge.Margin;
import dev.pitcrew.judge.Metric;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Metric.Share;
import dev.pitcrew.judge.Metric.Worse;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.Split;
import dev.pitcrew.judge.Trial;
import dev.pitcrew.judge.input.Comparison;
import dev.pitcrew.judge.input.Outcomes;
import dev.pitcrew.judge.input.Samples;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.runtime.http.PrometheusServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what `pitcrew judge` is given, all problems at once, and has it judged.
///
/// @param margin in place of those that the metrics have
record JudgeInputs(
        List<String> baseline,
        List<String> canary,
        @Nullable Margin margin,
        Rules rules,
        Judge.Stage stage) {
    private interface Reader<T> {
        Read<T> read(String name, byte[] content);
    }

    JudgeView latency(Duration thin, OptionalDouble expected) {
        var problems = new ArrayList<Problem>();
        Reader<Samples> reader = (name, content) -> Samples.read(name, content, thin);
        var theirs = joined(read(baseline, reader, problems));
        var ours = joined(read(canary, reader, problems));
        refuse(problems);
        var metric = latency("latency");
        var measured =
                Samples.compared(
                        theirs, ours, metric.quantiles().getFirst().margin().relative() + 1);
        var trial = Trial.NONE.with(metric.name(), measured);
        return judged(List.of(metric), trial, expected.orElse((double) measured.canary().size()));
    }

    private static Samples joined(List<Samples> parts) {
        return new Samples(
                parts.stream().flatMap(one -> one.looks().stream()).toList(),
                parts.stream().mapToLong(Samples::missing).sum(),
                parts.stream().mapToLong(Samples::thinned).sum());
    }

    JudgeView counts(OptionalDouble share) {
        var problems = new ArrayList<Problem>();
        var theirs = outcomes("--baseline", baseline, problems);
        var ours = outcomes("--canary", canary, problems);
        refuse(problems);
        var metric = new Share("errors", Worse.MORE, margin == null ? Margin.OF_SHARES : margin);
        var trial =
                Trial.NONE.with(
                        metric.name(),
                        Counted.of(
                                (double) theirs.errors(),
                                (double) theirs.requests(),
                                (double) ours.errors(),
                                (double) ours.requests()));
        if (share.isPresent()) {
            trial =
                    trial.with(
                            new Split(
                                    share.getAsDouble(),
                                    (double) theirs.requests(),
                                    (double) ours.requests()));
        }
        return judged(List.of(metric), trial, rules.expected()).with(clustered(theirs, ours));
    }

    private static List<String> clustered(Outcomes theirs, Outcomes ours) {
        long all = theirs.clustered() + ours.clustered();
        return all == 0
                ? List.of()
                : List.of(
                        "%d rows were counted together with another one of the same key"
                                .formatted(all));
    }

    private static Outcomes outcomes(String option, List<String> given, List<Problem> problems) {
        var all = new ArrayList<Outcomes>();
        for (String one : given) {
            boolean isFile = Files.isRegularFile(Path.of(one));
            var read =
                    isFile
                            ? read(
                                    List.of(one),
                                    (name, content) ->
                                            Outcomes.read(
                                                    name,
                                                    new String(content, StandardCharsets.UTF_8)),
                                    problems)
                            : good(Outcomes.parse(option, one), problems);
            all.addAll(read);
        }
        return new Outcomes(
                all.stream().mapToLong(Outcomes::errors).sum(),
                all.stream().mapToLong(Outcomes::requests).sum(),
                all.stream().mapToLong(Outcomes::clustered).sum());
    }

    JudgeView metrics(
            List<BusinessMetrics.Line> byRole,
            List<String> named,
            OptionalDouble expected,
            OptionalDouble share) {
        var problems = new ArrayList<Problem>();
        Reader<Scrape> reader =
                (name, content) -> Scrape.read(name, new String(content, StandardCharsets.UTF_8));
        var scrapes =
                new Comparison(read(baseline, reader, problems), read(canary, reader, problems));
        refuse(problems);
        return metrics(scrapes, byRole, named, expected, share);
    }

    /// The same from a Prometheus server, which is asked for what both had counted at each step of some time.
    ///
    /// @param step from one to the next
    JudgeView metrics(
            PrometheusServer server,
            Instant from,
            Instant to,
            Duration step,
            List<BusinessMetrics.Line> byRole,
            List<String> named,
            OptionalDouble expected,
            OptionalDouble share) {
        var lines = named.isEmpty() ? byRole : named.stream().map(this::line).toList();
        var wanted =
                Stream.concat(
                                lines.stream().flatMap(one -> Stream.of(one.events(), one.of())),
                                BusinessMetrics.GUARDS.stream()
                                        .map(BusinessMetrics.GuardLine::counter))
                        .filter(one -> !one.isEmpty())
                        .collect(Collectors.toSet());
        var problems = new ArrayList<Problem>();
        var theirs = asked(server, baseline, wanted, from, to, step, problems);
        var ours = asked(server, canary, wanted, from, to, step, problems);
        refuse(problems);
        return metrics(new Comparison(theirs, ours), byRole, named, expected, share);
    }

    private static List<Scrape> asked(
            PrometheusServer server,
            List<String> labels,
            Set<String> wanted,
            Instant from,
            Instant to,
            Duration step,
            List<Problem> problems) {
        if (labels.size() != 1) {
            throw new UsageError(
                    "with --prometheus name the labels of each version once, such as --canary 'version=\"2\"', got "
                            + labels);
        }
        var inside = labels.getFirst().strip().replaceFirst("^\\{(.*)}$", "$1");
        var query = PrometheusServer.series(wanted, inside);
        var read = server.range(query, from, to, step);
        return good(read, problems).stream().flatMap(List::stream).toList();
    }

    private JudgeView metrics(
            Comparison scrapes,
            List<BusinessMetrics.Line> byRole,
            List<String> named,
            OptionalDouble expected,
            OptionalDouble share) {
        var lines =
                named.isEmpty()
                        ? byRole.stream().filter(one -> scrapes.has(one.events())).toList()
                        : named.stream().map(this::line).toList();
        if (lines.isEmpty()) {
            throw new Refused(
                    "the scrapes have none of "
                            + byRole.stream()
                                    .map(BusinessMetrics.Line::events)
                                    .collect(Collectors.joining(", ")),
                    "name your own with --metric; there are: "
                            + String.join(", ", scrapes.names()));
        }
        var trial = Trial.NONE;
        var metrics = new ArrayList<Metric>();
        double most = 1;
        for (var one : lines) {
            var metric = withMargin(one.metric());
            metrics.add(metric);
            Evidence evidence =
                    metric instanceof Latency latency
                            ? scrapes.measured(
                                    one.events(),
                                    latency.quantiles().getFirst().margin().relative() + 1)
                            : scrapes.counted(one.events(), one.of());
            if (evidence instanceof Measured measured) {
                most = Math.max(most, (double) measured.canary().size());
            } else if (evidence instanceof Counted counted
                    && share.isPresent()
                    && !one.of().isEmpty()) {
                trial =
                        trial.with(
                                new Split(
                                        share.getAsDouble(),
                                        counted.baselineAll(),
                                        counted.canaryAll()));
            }
            trial = trial.with(metric.name(), evidence);
        }
        for (var guard : BusinessMetrics.GUARDS) {
            if (scrapes.has(guard.counter())) {
                trial =
                        trial.with(
                                new Guard(
                                        guard.name(),
                                        scrapes.seenOnCanary(guard.counter()),
                                        guard.allowed()));
            }
        }
        return judged(metrics, trial, expected.orElse(most));
    }

    /// `NAME=SERIES/SERIES` or `NAME=SERIES`.
    private BusinessMetrics.Line line(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new UsageError(
                    "--metric is NAME=SERIES or NAME=SERIES/SERIES, got '" + text + "'");
        }
        String name = text.substring(0, equals);
        String[] series = text.substring(equals + 1).split("/(?=[a-zA-Z_:])", 2);
        return series.length == 2
                ? new BusinessMetrics.Line(
                        new Share(name, Worse.MORE, Margin.OF_SHARES),
                        series[0],
                        series[1],
                        Set.of())
                : new BusinessMetrics.Line(
                        new Latency(name, Latency.QUANTILES), series[0], "", Set.of());
    }

    private Latency latency(String name) {
        var latency = new Latency(name, Latency.QUANTILES);
        return margin == null ? latency : latency.with(margin);
    }

    private Metric withMargin(Metric metric) {
        if (margin == null) {
            return metric;
        }
        return switch (metric) {
            case Share share -> new Share(share.name(), share.worse(), margin);
            case Metric.Rate rate -> new Metric.Rate(rate.name(), rate.worse(), margin);
            case Latency latency -> latency.with(margin);
        };
    }

    private JudgeView judged(List<Metric> metrics, Trial trial, double expected) {
        return JudgeView.of(Judge.judge(metrics, trial, rules.expecting(expected), stage), rules);
    }

    private static <T> List<T> read(List<String> files, Reader<T> reader, List<Problem> problems) {
        var all = new ArrayList<T>();
        for (String file : files) {
            try {
                all.addAll(good(reader.read(file, Files.readAllBytes(Path.of(file))), problems));
            } catch (NoSuchFileException _) {
                problems.add(new Problem(new Place(file, 1, 1), "no such file"));
            } catch (IOException e) {
                problems.add(
                        new Problem(new Place(file, 1, 1), "can't be read: " + e.getMessage()));
            }
        }
        return all;
    }

    private static <T> List<T> good(Read<T> read, List<Problem> problems) {
        return switch (read) {
            case Read.Good<T>(var document) -> List.of(document);
            case Read.Bad<T>(var found) -> {
                problems.addAll(found);
                yield List.of();
            }
        };
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Refused(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), "");
        }
    }
}
