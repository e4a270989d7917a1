package dev.pitcrew.deploy;

import dev.pitcrew.deploy.JudgeEvent.BaselineTaken;
import dev.pitcrew.deploy.JudgeEvent.JudgingBegun;
import dev.pitcrew.deploy.JudgeEvent.Looked;
import dev.pitcrew.judge.Band;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Values;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a verdict was made from, in numbers that can be drawn: what spoke for harm at each look that was noted, and how the latencies of both
/// versions were distributed at the one that decided. From the ledger's entries alone.
///
/// @param course whose step it was
/// @param index of the step in the course, from 0
/// @param verdict the latest
/// @param sentence what it was in words; empty while nothing is decided
/// @param evidence of each metric
/// @param spreads of each latency that was judged; empty while nothing is decided
public record VerdictPicture(
        String course,
        int index,
        String verdict,
        String sentence,
        List<Evidence> evidence,
        List<Spread> spreads) {
    private static final long FIRST_LOOK = 50; // values, as for the verdict

    public VerdictPicture {
        evidence = List.copyOf(evidence);
        spreads = List.copyOf(spreads);
    }

    /// How much spoke for harm, over time.
    ///
    /// @param limit from where on harm is shown
    /// @param points seconds since the judging began, and log E
    public record Evidence(String metric, double limit, List<Point> points) {
        public Evidence {
            points = List.copyOf(points);
        }
    }

    /// A point of a line.
    public record Point(double x, double y) {}

    /// How one latency was distributed.
    public record Spread(String metric, Curve baseline, Curve canary) {}

    /// A distribution function.
    ///
    /// @param values how many it is made of
    /// @param halfWidth so far the true one may lie from it, in 95 of 100 at all looks together; above 1 it says nothing
    /// @param points a value in the instances' own unit, and the share of all that is at most so large
    public record Curve(long values, double halfWidth, List<Point> points) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    /// The pictures of what was noted, in order.
    ///
    /// @param events of one rollout
    public static List<VerdictPicture> of(Service service, List<JudgeEvent> events) {
        var byStep = new LinkedHashMap<String, List<JudgeEvent>>();
        var past = Optional.<BaselineTaken>empty();
        for (var event : events) {
            switch (event) {
                case BaselineTaken one -> past = Optional.of(one);
                case JudgingBegun one -> step(byStep, one.course(), one.index()).add(one);
                case Looked one -> step(byStep, one.course(), one.index()).add(one);
                case JudgeEvent.PersonAsked _ -> {} // the look before it says the same
            }
        }
        var pictures = new ArrayList<VerdictPicture>();
        for (var noted : byStep.values()) {
            var looks =
                    noted.stream()
                            .filter(Looked.class::isInstance)
                            .map(Looked.class::cast)
                            .toList();
            if (noted.getFirst() instanceof JudgingBegun begun && !looks.isEmpty()) {
                pictures.add(one(service, past, begun, looks));
            }
        }
        return List.copyOf(pictures);
    }

    private static List<JudgeEvent> step(
            Map<String, List<JudgeEvent>> byStep, String course, int index) {
        return byStep.computeIfAbsent(course + "#" + index, _ -> new ArrayList<>());
    }

    private static VerdictPicture one(
            Service service, Optional<BaselineTaken> past, JudgingBegun begun, List<Looked> looks) {
        var last = looks.getLast();
        var lines = new LinkedHashMap<String, List<Point>>();
        var limits = new LinkedHashMap<String, Double>();
        for (var look : looks) {
            double seconds = Duration.between(begun.at(), look.at()).toMillis() / 1000.0;
            for (var reading : look.readings()) {
                limits.put(reading.metric(), reading.limit());
                lines.computeIfAbsent(reading.metric(), _ -> new ArrayList<>())
                        .add(new Point(seconds, reading.logE()));
            }
        }
        var evidence = new ArrayList<Evidence>();
        lines.forEach(
                (metric, points) ->
                        evidence.add(
                                new Evidence(metric, limits.getOrDefault(metric, 0.0), points)));
        return new VerdictPicture(
                last.course(),
                last.index(),
                last.verdict(),
                last.sentence(),
                evidence,
                last.decides()
                        ? service.rollout().judge().stream()
                                .flatMap(
                                        judging ->
                                                spreads(judging, service, past, begun, last)
                                                        .stream())
                                .toList()
                        : List.of());
    }

    private static List<Spread> spreads(
            Judging judging,
            Service service,
            Optional<BaselineTaken> past,
            JudgingBegun begun,
            Looked last) {
        var compared = Compared.of(past, begun, last);
        var spreads = new ArrayList<Spread>();
        for (var line : Compared.lines(judging, service)) {
            if (line.metric() instanceof Latency latency && compared.has(line.events())) {
                var seen = compared.measured(line.events(), 1);
                if (seen.baseline().size() > 0 && seen.canary().size() > 0) {
                    spreads.add(
                            new Spread(
                                    latency.name(), curve(seen.baseline()), curve(seen.canary())));
                }
            }
        }
        return spreads;
    }

    private static Curve curve(Values values) {
        long size = values.size();
        var points = new ArrayList<Point>();
        long sum = 0;
        for (var bucket : values.buckets()) {
            sum += bucket.count();
            if (Double.isFinite(bucket.high())) {
                points.add(new Point(bucket.high(), (double) sum / size));
            }
        }
        long first = Math.min(size, FIRST_LOOK);
        return new Curve(size, Math.min(1, Band.ALPHA_05.halfWidth(size, first)), points);
    }
}
