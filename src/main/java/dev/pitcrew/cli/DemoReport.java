package dev.pitcrew.cli;

import java.util.List;

/// What a demo came to. Orders, intervals and dark times are the desk's own audit's, which never reads the ledger.
///
/// @param good whether everything is as it has to be
/// @param wrong what is not, one sentence each
/// @param twoActiveIntervals how often an order of an older sender was accepted after one of a newer one
/// @param handoff dark time of each change of the active gateway, forwards and backwards
/// @param failover dark time of each replacement of an active gateway that died or hung
/// @param releases each release, in order
/// @param failures each failure that was caused, in order
/// @param seconds how long it took
record DemoReport(
        boolean good,
        List<String> wrong,
        Orders orders,
        int twoActiveIntervals,
        DarkTime handoff,
        DarkTime failover,
        List<ReleaseEnd> releases,
        List<FailureEnd> failures,
        LedgerEnd ledger,
        KillEnd kill,
        long seconds) {
    DemoReport {
        wrong = List.copyOf(wrong);
        releases = List.copyOf(releases);
        failures = List.copyOf(failures);
    }

    /// Numbers of orders.
    ///
    /// @param arrivedDark about how many arrived while there was no active sender
    record Orders(
            long sent,
            long acknowledged,
            long filled,
            long returned,
            long arrivedDark,
            long inDoubt,
            long lost,
            long duplicated) {}

    /// A release and how it ended.
    ///
    /// @param expected `done`, `refused` or `rolled back`
    record ReleaseEnd(String name, String expected, String outcome, String reason) {}

    /// A failure that was caused, and whether the desk came back by itself.
    record FailureEnd(String name, boolean recovered, String detail) {}

    /// The ledger at the end.
    record LedgerEnd(long entries, boolean verified) {}

    /// The kill at the end, with the controller dead.
    ///
    /// @param openBefore orders that rested at the venue when it began
    record KillEnd(long openBefore, long toLastOrderMillis, long toNoOpenOrderMillis) {}
}
