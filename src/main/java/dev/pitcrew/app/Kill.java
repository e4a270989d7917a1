package dev.pitcrew.app;

import dev.pitcrew.app.ActiveFirst.AllAtOnce;
import dev.pitcrew.app.KillReport.How;
import dev.pitcrew.app.KillReport.Stopped;
import dev.pitcrew.app.Reach.Alive;
import dev.pitcrew.model.CancelOnDisconnect;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Venue;
import dev.pitcrew.runtime.http.HookAnswer;
import dev.pitcrew.runtime.process.ProcessState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Stops all order flow, from soft to hard: block and cancel, wait, log out where that cancels, cut. It needs the system file and the
/// registry of processes, and neither controller, ledger, balancer, approval, lease nor room on the disk.
public final class Kill {
    private final Reach reach;
    private final InstantSource clock;

    /// @param clock for what is reported; limits are measured by the machine's steady one
    public Kill(Reach reach, InstantSource clock) {
        this.reach = reach;
        this.clock = clock;
    }

    /// Kills, and returns when no order is open or nothing more can be done: after the hooks' timeouts and at most twice the
    /// limit.
    ///
    /// @throws IllegalArgumentException when the order names nothing that could be killed
    public KillReport run(KillOrder order) {
        var scope = KillScope.of(reach.system(), order);
        var at = clock.instant();
        try (var watch = new OrderWatch(scope, reach, clock).start()) {
            var alive = new ArrayList<>(alive(scope));
            var stopped =
                    new ArrayList<>(
                            new ActiveFirst(reach).each(alive, one -> block(one, order.limit())));
            // Whoever was started meanwhile has heard of no kill.
            var late = alive(scope).stream().filter(one -> !isAmong(alive, one)).toList();
            stopped.addAll(AllAtOnce.each(late, one -> block(one, order.limit())));
            alive.addAll(late);
            reach.unreadable()
                    .forEach(
                            (name, why) ->
                                    stopped.add(
                                            new Stopped(name, How.AT_LARGE, "may live: " + why)));
            if (scope.orderEntry()
                    .isEmpty()) { // the gateway holds the orders, and nobody wants that stopped
                return report(at, scope, stopped, watch, Optional.empty(), false);
            }
            var none = watch.awaitNone(clock.instant(), order.limit());
            if (none.isEmpty() && cancelsOnDisconnect(scope)) {
                again(alive, stopped, this::logOut);
                none = watch.awaitNone(clock.instant(), order.limit().plus(grace(scope)));
            }
            if (none.isEmpty()) {
                again(alive, stopped, this::cut);
                // What a venue cancels because of the cut is soon seen, and so is an order that was
                // filled meanwhile.
                none = watch.awaitNone(clock.instant(), Duration.ofMillis(500));
            }
            return report(at, scope, stopped, watch, none, true);
        }
    }

    private List<Alive> alive(KillScope scope) {
        return scope.all().stream().flatMap(one -> reach.alive(one).stream()).toList();
    }

    private static boolean isAmong(List<Alive> some, Alive one) {
        return some.stream().anyMatch(other -> other.name().equals(one.name()));
    }

    /// An instance that doesn't take the kill may go on sending, so it is cut at once.
    private Stopped block(Alive one, Duration limit) {
        if (one.process().state() instanceof ProcessState.Running(_, _, var halted) && halted) {
            return cut(one, "it was stopped by a signal and could not answer; ");
        }
        return switch (reach.kill(one, limit)) {
            case HookAnswer.Done _ ->
                    new Stopped(one.name(), How.BLOCKED, "blocks new orders, cancels open ones");
            case HookAnswer.InProgress _ ->
                    new Stopped(one.name(), How.BLOCKED, "is cancelling open orders");
            case HookAnswer.Latched _ -> new Stopped(one.name(), How.BLOCKED, "was killed already");
            case HookAnswer.OlderToken _ -> cut(one, "its kill hook wants a token; ");
            case HookAnswer.Refused(int status, var text) ->
                    cut(one, "its kill hook answered %d %s; ".formatted(status, text));
            case HookAnswer.Unreachable(var why) ->
                    cut(one, "its kill hook can't be reached (" + why + "); ");
            case HookAnswer.TimedOut _ -> cut(one, "its kill hook did not answer in time; ");
        };
    }

    private Stopped logOut(Alive one) {
        return reach.tell(one, HookName.DEACTIVATE, reach.token(one)) instanceof HookAnswer.Done
                ? new Stopped(one.name(), How.LOGGED_OUT, "logged out, for the venue to cancel")
                : cut(one, "it did not log out; ");
    }

    private Stopped cut(Alive one) {
        return cut(one, "orders were still open; ");
    }

    private Stopped cut(Alive one, String why) {
        return switch (reach.cut(one)) {
            case ProcessState.Exited _, ProcessState.Gone _ ->
                    new Stopped(one.name(), How.CUT, why + "killed, and its death is confirmed");
            case ProcessState.Running _ ->
                    new Stopped(one.name(), How.AT_LARGE, why + "killed, and it still lives");
            case ProcessState.Unknown(var unknown) ->
                    new Stopped(one.name(), How.AT_LARGE, why + unknown);
        };
    }

    /// The next harder measure for all that are not cut yet.
    private static void again(
            List<Alive> alive, List<Stopped> stopped, Function<Alive, Stopped> measure) {
        var left = alive.stream().filter(one -> !isCut(stopped, one)).toList();
        for (var result : AllAtOnce.each(left, measure)) {
            stopped.replaceAll(old -> old.instance().equals(result.instance()) ? result : old);
        }
    }

    private static boolean isCut(List<Stopped> stopped, Alive one) {
        return stopped.stream()
                .anyMatch(s -> s.instance().equals(one.name()) && s.how() == How.CUT);
    }

    private static boolean cancelsOnDisconnect(KillScope scope) {
        return scope.venues().stream()
                .anyMatch(one -> one.cancelOnDisconnect() instanceof CancelOnDisconnect.On);
    }

    private static Duration grace(KillScope scope) {
        return scope.venues().stream()
                .map(
                        one ->
                                one.cancelOnDisconnect() instanceof CancelOnDisconnect.On(var grace)
                                        ? grace
                                        : Duration.ZERO)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static KillReport report(
            Instant at,
            KillScope scope,
            List<Stopped> stopped,
            OrderWatch watch,
            Optional<OrderWatch.None> none,
            boolean countsOrders) {
        var mayLive = countsOrders && none.isEmpty();
        return new KillReport(
                at,
                scope.names(),
                stopped,
                countsOrders,
                watch.count(),
                none.map(OrderWatch.None::by).orElse(""),
                toLastOrder(at, watch),
                none.map(one -> Duration.between(at, one.at()).toMillis()).orElse(null),
                mayLive ? watch.named() : List.of(),
                mayLive ? scope.venues().stream().map(Kill::call).toList() : List.of(),
                List.of());
    }

    private static @Nullable Long toLastOrder(Instant at, OrderWatch watch) {
        var newest = watch.newest();
        return newest.equals(Instant.MIN)
                ? null
                : Math.max(0, Duration.between(at, newest).toMillis());
    }

    private static String call(Venue venue) {
        return "%s: %s (session %s to %s)"
                .formatted(
                        venue.name(),
                        venue.contact().orElse("no contact is declared in the system file"),
                        venue.session().sender(),
                        venue.session().target());
    }
}
