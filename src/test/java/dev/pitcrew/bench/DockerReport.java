package dev.pitcrew.bench;

import java.util.List;
import java.util.stream.Collectors;

/// What the bench of Docker came to.
///
/// @param processors of this machine
/// @param rate orders a second in all rows
/// @param engine the Docker engine's version
/// @param compose Compose's
record DockerReport(int processors, int rate, String engine, String compose, List<Row> rows) {
    DockerReport {
        rows = List.copyOf(rows);
    }

    /// One way.
    ///
    /// @param isOurs whether Pitcrew made the change
    /// @param calmMillisP99 latency of orders at the same rate before, with nothing going on
    /// @param secondsP50 from `deploy` to done, without what the new version was watched; of Compose from `up -d` until the new one could send
    /// @param upSecondsP50 of Compose until `up -d` came back; else 0
    record Row(
            boolean isOurs, Way way, double calmMillisP99, double secondsP50, double upSecondsP50) {
        private String line() {
            return "| %s | %d of %d | %d | %d | %d | %d | %d | %d | %.0f ms | %.0f ms | %.1f s | %s | %.0f ms | %.1f |%n"
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
                            way.dark().darkMillisP50(),
                            way.dark().darkMillisP99(),
                            secondsP50,
                            upSecondsP50 > 0 ? "%.1f s".formatted(upSecondsP50) : "",
                            way.latencyMillisP99(),
                            way.latencyMillisP99() / Math.max(calmMillisP99, 0.001));
        }
    }

    /// How long ours take from `deploy` to done, as a multiple of what the peer takes until the new one can send.
    private String against(Row peer) {
        return rows.stream()
                .filter(row -> row.isOurs() && row.secondsP50() > 0)
                .map(
                        row ->
                                "%s %.2f"
                                        .formatted(
                                                row.way().name(),
                                                row.secondsP50() / peer.secondsP50()))
                .collect(
                        Collectors.joining(
                                ", ",
                                "To done, as a multiple of %s's: ".formatted(peer.way().name()),
                                "\n"));
    }

    String markdown() {
        var text = new StringBuilder();
        text.append(
                "%d processors; Docker %s; Compose %s; %d orders a second%n"
                        .formatted(processors, engine, compose, rate));
        text.append(
                """

                | way | rounds | orders | lost | duplicated | in doubt | contradicted | two active | dark p50 | dark p99 | to done p50 | `up -d` came back p50 | order p99 | against calm |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        rows.forEach(row -> text.append(row.line()));
        text.append('\n');
        rows.stream()
                .filter(row -> !row.isOurs() && row.secondsP50() > 0)
                .findFirst()
                .ifPresent(peer -> text.append(against(peer)));
        rows.stream()
                .map(Row::way)
                .filter(way -> !way.note().isEmpty())
                .forEach(way -> text.append("- %s: %s%n".formatted(way.name(), way.note())));
        return text.toString();
    }
}
