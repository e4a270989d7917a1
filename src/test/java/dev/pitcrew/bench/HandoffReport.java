package dev.pitcrew.bench;

import java.util.List;

/// What the bench of handoffs came to.
///
/// @param processors of this machine
/// @param steps the search for the rate
/// @param rate orders a second in all ways
/// @param calmMillisP99 latency at that rate with nothing going on
record HandoffReport(
        int processors, List<RateStep> steps, int rate, double calmMillisP99, List<Way> ways) {
    static final double HANDOFF_MILLIS = 250;
    static final double FAILOVER_MILLIS = 1_000;

    /// One step of the search.
    ///
    /// @param sentRate orders a second that the clients really got away
    record RateStep(int rate, long sentRate, double latencyMillisP99) {}

    HandoffReport {
        steps = List.copyOf(steps);
        ways = List.copyOf(ways);
    }

    String markdown() {
        var text = new StringBuilder();
        text.append("%d processors; %d orders a second".formatted(processors, rate));
        for (var step : steps) {
            text.append(
                    "; at %d, without a change: %d sent a second, latency p99 %.1f ms"
                            .formatted(step.rate(), step.sentRate(), step.latencyMillisP99()));
        }
        text.append(
                """


                | way | rounds | orders | lost | duplicated | in doubt | contradicted | two active | returned | second logons refused | dark p50 | p99 | max | latency p99 | against calm |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        ways.forEach(way -> text.append(row(way)));
        text.append('\n');
        ways.stream()
                .filter(way -> !way.note().isEmpty())
                .forEach(way -> text.append("- %s: %s%n".formatted(way.name(), way.note())));
        ways.forEach(way -> text.append(goal(way)));
        return text.toString();
    }

    private String row(Way way) {
        var dark = way.dark();
        return "| %s | %d of %d | %d | %d | %d | %d | %d | %d | %d | %d | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %.1f |%n"
                .formatted(
                        way.name(),
                        way.ended(),
                        way.rounds(),
                        way.sent(),
                        way.lost(),
                        way.duplicated(),
                        way.inDoubt(),
                        way.contradicted(),
                        way.twoActiveIntervals(),
                        way.returned(),
                        way.secondLogons(),
                        dark.darkMillisP50(),
                        dark.darkMillisP99(),
                        dark.darkMillisMax(),
                        way.latencyMillisP99(),
                        way.latencyMillisP99() / Math.max(calmMillisP99, 0.001));
    }

    private static String goal(Way way) {
        return switch (way.name()) {
            case HandoffBench.HANDOFF ->
                    "- goal: handoff dark p99 under %.0f ms: %s%n"
                            .formatted(HANDOFF_MILLIS, met(way, HANDOFF_MILLIS));
            case HandoffBench.FAILOVER ->
                    "- goal: failover dark p99 under %.0f ms, since a death is told of at once: %s%n"
                            .formatted(FAILOVER_MILLIS, met(way, FAILOVER_MILLIS));
            default -> "";
        };
    }

    private static String met(Way way, double limit) {
        return way.isClean() && way.dark().darkMillisP99() < limit ? "met" : "not met";
    }
}
