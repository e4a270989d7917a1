package dev.pitcrew.judge;

import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Metric.Quantile;
import dev.pitcrew.judge.Metric.Rate;
import dev.pitcrew.judge.Metric.Share;
import dev.pitcrew.judge.Metric.Worse;
import dev.pitcrew.model.Role;
import java.util.List;
import java.util.Set;

/// What a release of a trading system is judged by, by the role of the service: not what its machines do, but what it does to
/// orders. A new metric is one more line.
public final class BusinessMetrics {
    private static final Margin RATIO = Margin.of(0.2);

    /// Where a metric is found.
    ///
    /// @param metric what it is
    /// @param events the counter of what is counted, or the histogram
    /// @param of the counter of what it is a part of or happens for; empty for a histogram, and for a rate over time
    /// @param roles services that are judged by it when nothing else is said
    public record Line(Metric metric, String events, String of, Set<Role> roles) {
        public Line {
            roles = Set.copyOf(roles);
        }
    }

    /// What must not happen at all, found in a counter.
    ///
    /// @param name what it is about
    /// @param counter how often it happened
    /// @param allowed how often it may
    public record GuardLine(String name, String counter, double allowed) {}

    private static final Set<Role> SENDERS = Set.of(Role.ORDER_ENTRY, Role.STRATEGY);

    /// All metrics.
    public static final List<Line> ALL =
            List.of(
                    new Line(
                            new Share("errors", Worse.MORE, Margin.OF_SHARES),
                            "request_errors_total",
                            "requests_total",
                            Set.of(Role.values())),
                    new Line(
                            new Share("reject-share", Worse.MORE, Margin.OF_SHARES),
                            "orders_rejected_total",
                            "orders_total",
                            SENDERS),
                    new Line(
                            new Share("fill-share", Worse.LESS, Margin.OF_SHARES),
                            "orders_filled_total",
                            "orders_total",
                            SENDERS),
                    new Line( // an order can be replaced many times, so it is no part of all
                            new Rate("cancel-replace-ratio", Worse.MORE, RATIO),
                            "orders_cancelled_or_replaced_total",
                            "orders_total",
                            SENDERS),
                    new Line(
                            new Latency("order-to-ack", Latency.QUANTILES),
                            "order_ack_seconds",
                            "",
                            SENDERS),
                    new Line(
                            new Latency(
                                    "feed-age",
                                    List.of(
                                            new Quantile(0.5, RATIO),
                                            new Quantile(0.99, Margin.of(0.5)))),
                            "feed_age_seconds",
                            "",
                            Set.of(Role.STRATEGY, Role.FEED)),
                    new Line(
                            new Rate("message-rate", Worse.EITHER, Margin.of(0.5)),
                            "messages_sent_total",
                            "",
                            SENDERS),
                    new Line(
                            new Rate("feed-message-rate", Worse.LESS, RATIO),
                            "feed_messages_total",
                            "",
                            Set.of(Role.FEED)));

    /// All guards; they stand beside the metrics of every role.
    public static final List<GuardLine> GUARDS =
            List.of(
                    new GuardLine("duplicate client order ids", "duplicate_order_ids_total", 0),
                    new GuardLine("unreconciled positions", "unreconciled_positions_total", 0),
                    new GuardLine("restarts", "restarts_total", 2));

    private BusinessMetrics() {}

    /// Those that a release of such a service is judged by.
    public static List<Line> of(Role role) {
        return ALL.stream().filter(one -> one.roles().contains(role)).toList();
    }
}
