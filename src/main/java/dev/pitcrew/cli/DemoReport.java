package dev.pitcrew.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/// What a demo came to. Orders, intervals and dark times are the desk's own audit's, which never reads the ledger. In JSON it begins with
/// `good` and `wrong`.
///
/// @param acts what had to come about besides releases and failures, in order
/// @param twoActiveIntervals how often an order of an older sender was accepted after one of a newer one
/// @param handoff dark time of each change of the active gateway, forwards and backwards
/// @param failover dark time of each replacement of an active gateway that died or hung
/// @param releases each release, in order
/// @param judged what the verdict on each canary took
/// @param failures each failure that was caused, in order
/// @param seconds how long it took
@JsonPropertyOrder({"good", "wrong"})
record DemoReport(
        List<Act> acts,
        Orders orders,
        AuditEnd audit,
        int twoActiveIntervals,
        DarkTime handoff,
        DarkTime failover,
        List<ReleaseEnd> releases,
        List<JudgedEnd> judged,
        List<FailureEnd> failures,
        LedgerEnd ledger,
        KillEnd kill,
        long seconds) {
    DemoReport {
        acts = List.copyOf(acts);
        releases = List.copyOf(releases);
        judged = List.copyOf(judged);
        failures = List.copyOf(failures);
    }

    /// Something that had to come about, such as that 200 orders rest at the venue.
    ///
    /// @param done whether it did
    record Act(String name, boolean done) {}

    /// Numbers of orders.
    ///
    /// @param arrivedDark how many arrived while there was no active sender
    record Orders(
            long sent,
            long acknowledged,
            long filled,
            long returned,
            long arrivedDark,
            long inDoubt,
            long lost,
            long duplicated) {}

    /// What else the audit found.
    ///
    /// @param clean its own word, which is its exit code
    /// @param contradicted orders that a client was told never worked, while the venue took them
    /// @param unsolicited orders at the venue that no client ever sent
    /// @param dropCopyDiffers executions that only one of venue and drop copy has
    record AuditEnd(boolean clean, long contradicted, long unsolicited, long dropCopyDiffers) {}

    /// A release and how it ended.
    ///
    /// @param expected `done`, `refused` or `rolled back`
    record ReleaseEnd(String name, String expected, String outcome, String reason) {}

    /// A canary's verdict, beside what `bench/judge` predicts for a version of which one request in twenty takes five times as long.
    ///
    /// @param verdict such as FAIL
    /// @param orders that both versions had got by then
    /// @param canary of these, the new one
    /// @param predictedMedian so many it takes half of the time; -1 when nobody can tell, as in `predictedMost`
    /// @param predictedMost none of a thousand simulated ones takes more
    /// @param alpha the level in force, of all metrics together
    record JudgedEnd(
            String name,
            String verdict,
            long orders,
            long canary,
            long predictedMedian,
            long predictedMost,
            double alpha) {}

    /// A failure that was caused, and whether the desk came back by itself.
    record FailureEnd(String name, boolean recovered, String detail) {}

    /// The ledger at the end.
    record LedgerEnd(long entries, boolean verified) {}

    /// The kill at the end, with the controller dead.
    ///
    /// @param openBefore orders that rested at the venue when it began
    /// @param toLastOrderMillis -1 when nobody could tell, as in `toNoOpenOrderMillis`
    record KillEnd(long openBefore, long toLastOrderMillis, long toNoOpenOrderMillis) {}

    /// Whether everything is as it has to be.
    @JsonProperty
    boolean good() {
        return wrong().isEmpty();
    }

    /// What is not as it has to be, one sentence each.
    @JsonProperty
    List<String> wrong() {
        var wrong = new ArrayList<String>();
        acts.stream().filter(one -> !one.done()).forEach(one -> wrong.add("not so: " + one.name()));
        none(wrong, orders.lost(), "orders were lost");
        none(wrong, orders.duplicated(), "orders were duplicated");
        none(wrong, orders.inDoubt(), "orders are in doubt");
        none(wrong, twoActiveIntervals, "times two were active");
        none(wrong, audit.contradicted(), "orders worked that their client was told never did");
        none(wrong, audit.unsolicited(), "orders are at the venue that no client sent");
        none(wrong, audit.dropCopyDiffers(), "executions differ between venue and drop copy");
        if (orders.acknowledged() == 0) {
            wrong.add("no order was acknowledged");
        }
        if (orders.returned() > orders.arrivedDark()) {
            wrong.add(
                    "%d orders were returned, and %d arrived while nobody could send"
                            .formatted(orders.returned(), orders.arrivedDark()));
        }
        for (var one : releases) {
            if (!one.outcome().equals(one.expected())) {
                wrong.add(
                        "%s was %s, not %s: %s"
                                .formatted(
                                        one.name(), one.outcome(), one.expected(), one.reason()));
            }
        }
        judged.stream()
                .filter(one -> one.verdict().equals("FAIL") && one.orders() > one.predictedMost())
                .map(
                        one ->
                                "%s was found after %d orders, and at most %d were predicted"
                                        .formatted(one.name(), one.orders(), one.predictedMost()))
                .forEach(wrong::add);
        failures.stream()
                .filter(one -> !one.recovered())
                .forEach(one -> wrong.add(one.name() + ": " + one.detail()));
        if (!ledger.verified()) {
            wrong.add("the ledger is not whole");
        }
        if (kill.toNoOpenOrderMillis() < 0) {
            wrong.add("the kill did not confirm that no order is open");
        }
        if (!audit.clean() && wrong.isEmpty()) {
            wrong.add("the audit is not clean");
        }
        return List.copyOf(wrong);
    }

    private static void none(List<String> wrong, long count, String what) {
        if (count != 0) {
            wrong.add(count + " " + what);
        }
    }
}
