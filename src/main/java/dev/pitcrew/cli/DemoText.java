package dev.pitcrew.cli;

import java.math.BigDecimal;

/// A demo's report as people read it.
final class DemoText {
    private DemoText() {}

    static String of(DemoReport report, Ink ink) {
        var text = new StringBuilder("\n");
        for (var release : report.releases()) {
            var isAsExpected = release.outcome().equals(release.expected());
            text.append(
                    "  %-24s %s  %s%n"
                            .formatted(
                                    release.name(),
                                    isAsExpected
                                            ? ink.good(release.outcome())
                                            : ink.bad(release.outcome()),
                                    ink.quiet(release.reason())));
        }
        for (var one : report.judged()) {
            text.append("  %-24s %s%n".formatted("", ink.quiet(judged(one))));
        }
        for (var failure : report.failures()) {
            text.append(
                    "  %-32s %s%n"
                            .formatted(
                                    failure.name(),
                                    failure.recovered()
                                            ? ink.good(failure.detail())
                                            : ink.bad(failure.detail())));
        }
        var orders = report.orders();
        text.append(
                "%n  orders      %d sent, %d acknowledged, %d filled, %d returned%n"
                        .formatted(
                                orders.sent(),
                                orders.acknowledged(),
                                orders.filled(),
                                orders.returned()));
        text.append(
                "  audit       lost %s, duplicated %s, in doubt %s, two active %s%n"
                        .formatted(
                                zero(orders.lost(), ink),
                                zero(orders.duplicated(), ink),
                                zero(orders.inDoubt(), ink),
                                zero(report.twoActiveIntervals(), ink)));
        text.append("  dark time   %s%n".formatted(dark("handoff", report.handoff())));
        text.append("              %s%n".formatted(dark("failover", report.failover())));
        text.append(
                "  kill        %d orders rested; last accepted after %d ms, none open after %d ms%n"
                        .formatted(
                                report.kill().openBefore(),
                                report.kill().toLastOrderMillis(),
                                report.kill().toNoOpenOrderMillis()));
        text.append(
                "  ledger      %d entries, %s%n"
                        .formatted(
                                report.ledger().entries(),
                                report.ledger().verified()
                                        ? ink.good("verified")
                                        : ink.bad("not whole")));
        text.append("\n  ")
                .append(
                        report.good()
                                ? ink.good(
                                        "no order was lost or sent twice, and never were two senders active")
                                : ink.bad(
                                        "not as it has to be: "
                                                + String.join("; ", report.wrong())));
        return text.append(" (%d s)".formatted(report.seconds())).toString();
    }

    private static String judged(DemoReport.JudgedEnd one) {
        return "%s: %s after %d orders, %d of them on the canary%s"
                .formatted(
                        one.name(),
                        one.verdict(),
                        one.orders(),
                        one.canary(),
                        one.verdict().equals("FAIL")
                                ? "; predicted at alpha %s %%: half of the time %d, at most %d"
                                        .formatted(
                                                BigDecimal.valueOf(one.alpha() * 100)
                                                        .stripTrailingZeros()
                                                        .toPlainString(),
                                                one.predictedMedian(),
                                                one.predictedMost())
                                : "");
    }

    private static String zero(long count, Ink ink) {
        return count == 0 ? ink.good("0") : ink.bad("" + count);
    }

    private static String dark(String name, DarkTime time) {
        return time.count() == 0
                ? name + " none"
                : "%s p50 %.0f ms, p99 %.0f ms, of %d"
                        .formatted(name, time.darkMillisP50(), time.darkMillisP99(), time.count());
    }
}
