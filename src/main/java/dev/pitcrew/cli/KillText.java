package dev.pitcrew.cli;

import dev.pitcrew.app.KillReport;
import dev.pitcrew.app.KillReport.How;
import dev.pitcrew.model.Words;
import org.jspecify.annotations.Nullable;

/// A kill's report for a person who is in a hurry. Pure.
final class KillText {
    private KillText() {}

    static String of(KillReport report, Ink ink) {
        var text = new StringBuilder();
        line(text, "killed", String.join(", ", report.services()));
        for (var one : report.instances()) {
            var how = Words.of(one.how()).replace('-', ' ');
            line(
                    text,
                    one.instance(),
                    (one.how() == How.AT_LARGE ? ink.bad(how) : how) + ": " + one.detail());
        }
        line(text, "last order", millis(report.toLastOrderMillis(), "unknown"));
        line(text, "no open order", noneOpen(report, ink));
        for (var order : report.mayLive()) {
            line(text, ink.bad("may live"), order.sentence());
        }
        var unnamed = report.unnamed();
        if (unnamed > 0) {
            line(
                    text,
                    ink.bad("may live"),
                    unnamed + (unnamed == 1 ? " order" : " orders") + " that no source names");
        }
        for (var call : report.calls()) {
            line(text, ink.bad("call"), call);
        }
        return text.toString().stripTrailing();
    }

    private static String noneOpen(KillReport report, Ink ink) {
        if (!report.countsOrders()) {
            return "not asked for: orders at the venue are left as they are";
        }
        if (report.toNoOpenOrderMillis() != null) {
            return "%s, by %s"
                    .formatted(
                            ink.good(millis(report.toNoOpenOrderMillis(), "")),
                            report.noneOpenBy());
        }
        return ink.bad(
                report.openOrders() == null
                        ? "not confirmed: nobody could tell"
                        : "not confirmed by the venue: "
                                + report.openOrders()
                                + " known to be open");
    }

    private static String millis(@Nullable Long millis, String otherwise) {
        return millis == null ? otherwise : "after " + millis + " ms";
    }

    private static void line(StringBuilder text, String name, String words) {
        text.append(name).repeat(' ', Math.max(1, 16 - name.length())).append(words).append('\n');
    }
}
