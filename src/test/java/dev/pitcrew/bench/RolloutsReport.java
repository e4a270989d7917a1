package dev.pitcrew.bench;

import java.util.List;

/// What the bench of rollouts came to.
///
/// @param processors of this machine
/// @param rate orders a second in all rows
record RolloutsReport(int processors, int rate, List<Row> rows) {
    RolloutsReport {
        rows = List.copyOf(rows);
    }

    /// One strategy.
    ///
    /// @param service that was changed
    /// @param orders by the desk's audit
    /// @param calmMillisP99 latency of orders at the same rate before, with nothing going on
    /// @param quotes requests of the clients that ask for quotes
    /// @param quotesCalmMillisP99 their latency with nothing going on
    /// @param secondsP50 from `deploy` to done, without what the new version was watched or compared
    record Row(
            String strategy,
            String service,
            Way orders,
            double calmMillisP99,
            QuotesLoad.Counted quotes,
            double quotesCalmMillisP99,
            double secondsP50,
            double secondsMax) {
        boolean isClean() {
            return orders.isClean() && quotes.failed() == 0;
        }

        private String line() {
            return "| %s | %s | %d of %d | %d | %d | %d | %d | %d | %d | %d of %d | %.1f s | %.1f s | %.0f ms | %.1f | %.1f |%n"
                    .formatted(
                            strategy,
                            service,
                            orders.ended(),
                            orders.rounds(),
                            orders.sent(),
                            orders.lost(),
                            orders.duplicated(),
                            orders.inDoubt(),
                            orders.contradicted(),
                            orders.twoActiveIntervals(),
                            quotes.failed(),
                            quotes.requests(),
                            secondsP50,
                            secondsMax,
                            orders.latencyMillisP99(),
                            orders.latencyMillisP99() / Math.max(calmMillisP99, 0.001),
                            quotes.millisP99() / Math.max(quotesCalmMillisP99, 0.001));
        }
    }

    String markdown() {
        var text = new StringBuilder();
        text.append("%d processors; %d orders a second%n".formatted(processors, rate));
        text.append(
                """

                | strategy | of | rounds | orders | lost | duplicated | in doubt | contradicted | two active | quotes failed | deploy to done p50 | max | order p99 | against calm | quotes p99 against calm |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        rows.forEach(row -> text.append(row.line()));
        text.append('\n');
        rows.stream()
                .filter(row -> !row.orders().note().isEmpty())
                .forEach(
                        row ->
                                text.append(
                                        "- %s: %s%n"
                                                .formatted(row.strategy(), row.orders().note())));
        rows.stream()
                .filter(row -> row.quotes().failed() > 0)
                .forEach(
                        row ->
                                text.append(
                                        "- %s: quotes, first failure %s%n"
                                                .formatted(
                                                        row.strategy(),
                                                        row.quotes().firstFailure())));
        return text.toString();
    }
}
