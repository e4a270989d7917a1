package dev.pitcrew.cli;

import dev.pitcrew.app.KillReport;
import dev.pitcrew.app.KillReport.How;

/// A kill's report for a person who is in a hurry. Pure.
final class KillText {
    private KillText() {}

    static String of(KillReport report, Ink ink) {
        var text = new StringBuilder();
        line(text, "killed", String.join(", ", report.services()));
        for (var one : report.instances()) {
            var how = dev.pitcrew.model.Words.of(one.how()).replace('-', ' ');
            line(
                    text,
                    one.instance(),
                    (one.how() == How.AT_LARGE ? ink.bad(how) : how) + ": " + one.detail());
        }
        line(text, "last order", millis(report.toLastOrderMillis(), "unknown"));
        line(
                text,
                "no open order",
                report.toNoOpenOrderMillis() == null
                        ? ink.bad(
                                report.openOrders() == null
                                        ? "not confirmed: nobody could tell"
                                        : "not confirmed: " + report.openOrders() + " open")
                        : ink.good(millis(report.toNoOpenOrderMillis(), ""))
                                + ", by "
                                + report.noneOpenBy());
        for (var order : report.mayLive()) {
            line(text, ink.bad("may live"), order.sentence());
        }
        for (var call : report.calls()) {
            line(text, ink.bad("call"), call);
        }
        return text.toString().stripTrailing();
    }

    private static String millis(@org.jspecify.annotations.Nullable Long millis, String otherwise) {
        return millis == null ? otherwise : "after " + millis + " ms";
    }

    private static void line(StringBuilder text, String name, String words) {
        text.append(name).repeat(' ', Math.max(1, 16 - name.length())).append(words).append('\n');
    }
}
