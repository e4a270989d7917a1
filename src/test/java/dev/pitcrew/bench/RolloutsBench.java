package dev.pitcrew.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.bench.RolloutsReport.Row;
import dev.pitcrew.cli.DemoOperator.Ended;
import dev.pitcrew.server.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Rollouts in a row of each strategy, by the real controller on the whole desk under load. Each strategy has a desk of its own, so that the
/// audit's findings are its own.
///
/// The exit code is 0 only if every rollout was done and no order and no request went wrong; times are reported and don't fail it.
public final class RolloutsBench {
    private static final Path FILE = Path.of("bench", "rollouts", "pitcrew.yaml");
    private static final List<String> VERSIONS = List.of("2", "1");
    private static final List<String> OF_GATEWAY = List.of("2", "3");
    private static final long ROUND_SECONDS = 150;
    private static final int QUOTES_RATE = 50; // requests a second
    private static final int TROUBLES_MAX = 3; // then a strategy is given up

    private final RolloutsOptions options;
    private final long start = System.nanoTime();

    private RolloutsBench(RolloutsOptions options) {
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        var options = RolloutsOptions.of(args);
        var report = new RolloutsBench(options).run();
        System.out.println(
                options.isJson()
                        ? Api.json().writerWithDefaultPrettyPrinter().writeValueAsString(report)
                        : report.markdown());
        System.exit(report.rows().stream().allMatch(Row::isClean) ? 0 : 1);
    }

    private RolloutsReport run() throws Exception {
        var rows = new ArrayList<Row>();
        for (var strategy : options.strategies()) {
            rows.add(row(strategy));
        }
        return new RolloutsReport(Runtime.getRuntime().availableProcessors(), options.rate(), rows);
    }

    private static String service(String strategy) {
        return switch (strategy) {
            case "handoff", "stop-start" -> "gateway";
            case "shadow" -> "strategy";
            default -> "quotes";
        };
    }

    private Row row(String strategy) throws Exception {
        var service = service(strategy);
        try (var desk = new BenchDesk(FILE, strategy);
                var quotes = new QuotesLoad(quotesPort(desk), QUOTES_RATE)) {
            var calm = desk.loadFor(options.rate(), options.seconds());
            var calmMillis = calm.path("latencyMicros").path("p99").asDouble() / 1_000;
            var calmQuotes = quotes.take();
            tell(
                    "%s: calm, order p99 %.1f ms, quotes p99 %.1f ms"
                            .formatted(strategy, calmMillis, calmQuotes.millisP99()));
            desk.load(options.rate());
            quotes.take();
            var seconds = new ArrayList<Double>();
            var troubles = new ArrayList<String>();
            for (int i = 0; i < options.rounds() && troubles.size() < TROUBLES_MAX; i++) {
                var trouble = rollout(desk, service, seconds);
                if (!trouble.isEmpty()) {
                    troubles.add("round %d: %s".formatted(i + 1, trouble));
                }
                tell("%s %d of %d %s".formatted(strategy, i + 1, options.rounds(), trouble));
            }
            var during = quotes.take();
            var way = desk.endKilled(strategy, options.rounds(), seconds.size(), troubles);
            Collections.sort(seconds);
            return new Row(
                    strategy,
                    service,
                    way,
                    calmMillis,
                    during,
                    calmQuotes.millisP99(),
                    seconds.isEmpty() ? 0 : seconds.get(seconds.size() / 2),
                    seconds.isEmpty() ? 0 : seconds.getLast());
        }
    }

    /// @return why it did not come to a good end; empty when it did
    private static String rollout(BenchDesk desk, String service, List<Double> seconds) {
        var versions = service.equals(BenchDesk.GATEWAY) ? OF_GATEWAY : VERSIONS;
        String rollout;
        try { // after a round that failed the version that was wanted then is wanted again
            rollout =
                    desk.operator().deploy(service, versions.get(seconds.size() % versions.size()));
        } catch (RuntimeException e) { // it was refused, which ends no bench
            return String.valueOf(e.getMessage());
        }
        var end = desk.operator().ended(rollout, ROUND_SECONDS).orElse(new Ended("no end", ""));
        if (!end.outcome().equals("done")) {
            return end.outcome() + ": " + end.reason();
        }
        if (!desk.operator().whole(service, ROUND_SECONDS)) {
            return "the desk was not whole again: " + desk.operator().line(service).stuck();
        }
        seconds.add(end.took().minus(end.watched()).toMillis() / 1_000.0);
        return "";
    }

    private static int quotesPort(BenchDesk desk) throws IOException {
        var balancer = new JsonMapper().readTree(desk.folder().resolve("balancer.json").toFile());
        return balancer.path("services").path("quotes").path("frontPort").asInt();
    }

    private void tell(String text) {
        System.err.printf(
                "%4d s  %s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), text);
    }
}
