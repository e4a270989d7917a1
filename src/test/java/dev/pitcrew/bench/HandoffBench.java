package dev.pitcrew.bench;

import dev.pitcrew.bench.HandoffReport.RateStep;
import dev.pitcrew.server.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Handoffs in a row and failovers in a row of the gateway under load, by the real controller; and in the same run what people script.
/// Each way has a desk of its own, so that the audit's findings are that way's.
///
/// The exit code is 0 only if Pitcrew's own ways ended clean; times are reported and don't fail it.
public final class HandoffBench {
    static final String HANDOFF = "Pitcrew's handoff";
    static final String FAILOVER = "Pitcrew's failover";
    static final String STOP_START = "scripted stop-start";
    static final String OVERLAPPED = "scripted overlap";

    private static final List<String> VERSIONS = List.of("2", "3");
    private static final double CALM_MILLIS_P99 = 20;
    private static final int[] RATES = {1_000, 800, 650, 500, 400, 300, 200, 100, 50};
    private static final int WARM_UP_RATE = 200;
    private static final long ROUND_SECONDS = 60;
    private static final int TROUBLES_MAX = 3; // then a way is given up

    private final BenchOptions options;
    private final long start = System.nanoTime();

    private HandoffBench(BenchOptions options) {
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        var options = BenchOptions.of(args);
        var report = new HandoffBench(options).run();
        System.out.println(
                options.isJson()
                        ? Api.json().writerWithDefaultPrettyPrinter().writeValueAsString(report)
                        : report.markdown());
        var ours = report.ways().stream().filter(way -> way.name().startsWith("Pitcrew"));
        System.exit(ours.allMatch(Way::isClean) ? 0 : 1);
    }

    private HandoffReport run() throws Exception {
        var steps = findRate();
        var calm = steps.getLast();
        var ways = new ArrayList<Way>();
        if (options.has("handoff")) {
            ways.add(
                    way(
                            HANDOFF,
                            options.rounds(),
                            calm.rate(),
                            desk -> round -> handoff(desk, round)));
        }
        if (options.has("failover")) {
            ways.add(way(FAILOVER, options.rounds(), calm.rate(), desk -> _ -> failover(desk)));
        }
        if (options.has("stop-start")) {
            ways.add(
                    way(
                            STOP_START,
                            options.peerRounds(),
                            calm.rate(),
                            desk -> {
                                var script = new Script(desk);
                                return _ -> script.stopStart();
                            }));
        }
        if (options.has("overlap")) {
            ways.add(
                    way(
                            OVERLAPPED,
                            options.peerRounds(),
                            calm.rate(),
                            desk -> {
                                var script = new Script(desk);
                                return _ -> script.overlap();
                            }));
        }
        return new HandoffReport(
                Runtime.getRuntime().availableProcessors(),
                steps,
                calm.rate(),
                calm.latencyMillisP99(),
                ways);
    }

    /// The highest rate of a few at which the desk, left alone, keeps its latency; the last step is that one, or the lowest.
    private List<RateStep> findRate() throws Exception {
        var steps = new ArrayList<RateStep>();
        try (var desk = new BenchDesk()) {
            var _ = desk.loadFor(Math.min(WARM_UP_RATE, options.rate()), options.seconds());
            var rates =
                    IntStream.concat(
                                    IntStream.of(options.rate()),
                                    IntStream.of(RATES).filter(rate -> rate < options.rate()))
                            .toArray();
            for (var rate : rates) {
                var load = desk.loadFor(rate, options.seconds());
                var step =
                        new RateStep(
                                rate,
                                load.path("rate").asLong(),
                                load.path("latencyMicros").path("p99").asDouble() / 1_000);
                steps.add(step);
                tell(
                        "%d orders a second, no change: %d sent a second, latency p99 %.1f ms"
                                .formatted(rate, step.sentRate(), step.latencyMillisP99()));
                if (step.latencyMillisP99() < CALM_MILLIS_P99 && step.sentRate() > 0.95 * rate) {
                    break;
                }
            }
        }
        return steps;
    }

    /// One change of the active gateway.
    private interface Round {
        /// @return why it did not come to a good end; empty when it did
        String go(int number) throws IOException, InterruptedException;
    }

    private interface Rounds {
        Round on(BenchDesk desk) throws IOException, InterruptedException;
    }

    private Way way(String name, int count, int rate, Rounds rounds) throws Exception {
        try (var desk = new BenchDesk()) {
            var round = rounds.on(desk);
            desk.load(rate);
            var ended = 0;
            var troubles = new ArrayList<String>();
            for (int i = 0; i < count && troubles.size() < TROUBLES_MAX; i++) {
                var trouble = round.go(i);
                if (trouble.isEmpty()) {
                    ended++;
                } else {
                    troubles.add("round %d: %s".formatted(i + 1, trouble));
                }
                tell("%s %d of %d %s".formatted(name, i + 1, count, trouble));
            }
            var way = desk.end(name, count, ended, String.join("; ", troubles));
            tell(
                    "%s: lost %d, duplicated %d, in doubt %d, two active %d, dark p50 %.0f p99 %.0f ms"
                            .formatted(
                                    name,
                                    way.lost(),
                                    way.duplicated(),
                                    way.inDoubt(),
                                    way.twoActiveIntervals(),
                                    way.dark().darkMillisP50(),
                                    way.dark().darkMillisP99()));
            return way;
        }
    }

    private static String handoff(BenchDesk desk, int round) {
        var version = VERSIONS.get(round % VERSIONS.size());
        var rollout = desk.operator().deploy(BenchDesk.GATEWAY, version);
        var end = desk.operator().ended(rollout, ROUND_SECONDS);
        if (end.isEmpty()) {
            return "did not end";
        }
        var whole = whole(desk);
        return end.get().outcome().equals("done")
                ? whole
                : end.get().outcome() + ": " + end.get().reason();
    }

    private static String failover(BenchDesk desk) throws IOException, InterruptedException {
        var replaced = desk.operator().strike(BenchDesk.GATEWAY, "KILL", ROUND_SECONDS);
        return replaced.after().isEmpty()
                ? "nobody took over from " + replaced.before()
                : whole(desk);
    }

    private static String whole(BenchDesk desk) {
        return desk.operator().whole(BenchDesk.GATEWAY, ROUND_SECONDS)
                ? ""
                : "the desk was not whole again: "
                        + desk.operator().line(BenchDesk.GATEWAY).stuck();
    }

    private void tell(String text) {
        System.err.printf("%4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000, text);
    }
}
