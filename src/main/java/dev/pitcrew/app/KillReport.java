package dev.pitcrew.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a kill.
///
/// @param at when it began
/// @param services which services, by name
/// @param instances what was done to each running instance
/// @param countsOrders whether it was about orders at a venue; a kill of strategies alone leaves those as they are
/// @param openOrders how many orders are still open; null when no source could tell
/// @param noneOpenBy what confirmed that none is open, such as `drop-copy-1`; empty when nothing did
/// @param toLastOrderMillis from its begin to the newest order that was seen to come alive; 0 when none came after it, null when nobody
///     could tell
/// @param toNoOpenOrderMillis from its begin until no order was open; null when that was not confirmed
/// @param mayLive each order that may still live, as far as known
/// @param calls whom to call, one line a venue; empty when nothing may live
/// @param troubles what could not be done, such as writing the spool file
public record KillReport(
        Instant at,
        List<String> services,
        List<Stopped> instances,
        boolean countsOrders,
        @Nullable Long openOrders,
        String noneOpenBy,
        @Nullable Long toLastOrderMillis,
        @Nullable Long toNoOpenOrderMillis,
        List<OpenOrder> mayLive,
        List<String> calls,
        List<String> troubles) {
    public KillReport {
        services = List.copyOf(services);
        instances = List.copyOf(instances);
        mayLive = List.copyOf(mayLive);
        calls = List.copyOf(calls);
        troubles = List.copyOf(troubles);
    }

    /// What was done to an instance.
    ///
    /// @param instance its name
    /// @param how the hardest thing that was done
    /// @param detail what came back, in words
    public record Stopped(String instance, How how, String detail) {}

    /// From soft to hard.
    public enum How {
        /// It took the kill: it blocks new orders and cancels open ones.
        BLOCKED,
        /// It was told to log out as well, for the venue to cancel.
        LOGGED_OUT,
        /// It was killed, and the host confirms its death.
        CUT,
        /// It may still send: it neither took the kill nor is it confirmed dead.
        AT_LARGE
    }

    /// Whether all order flow that was meant is stopped, and where orders were meant none lives, as far as was confirmed.
    public boolean isClean() {
        return (!countsOrders || toNoOpenOrderMillis != null)
                && instances.stream().noneMatch(one -> one.how() == How.AT_LARGE);
    }

    /// How many of the open orders no source names.
    public long unnamed() {
        return mayLive.isEmpty() && calls.isEmpty()
                ? 0
                : Math.max(0, (openOrders == null ? 0 : openOrders) - mayLive.size());
    }

    /// The same with something more that could not be done.
    public KillReport with(String trouble) {
        var more = new ArrayList<>(troubles);
        more.add(trouble);
        return new KillReport(
                at,
                services,
                instances,
                countsOrders,
                openOrders,
                noneOpenBy,
                toLastOrderMillis,
                toNoOpenOrderMillis,
                mayLive,
                calls,
                more);
    }

    /// One sentence for the ledger.
    public String sentence() {
        var orders =
                !countsOrders
                        ? "orders at the venue were left as they are"
                        : toNoOpenOrderMillis != null
                                ? "no open order after " + toNoOpenOrderMillis + " ms"
                                : (openOrders == null ? "an unknown number of" : openOrders)
                                        + " orders may still live";
        var flow =
                toLastOrderMillis == null
                        ? ""
                        : ", last order accepted after " + toLastOrderMillis + " ms";
        var cut = instances.stream().filter(one -> one.how() == How.CUT).count();
        return orders + flow + (cut == 0 ? "" : ", cut " + cut);
    }
}
