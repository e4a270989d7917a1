package dev.pitcrew.deploy;

import dev.pitcrew.model.Fraction;
import java.time.Duration;
import java.util.List;

/// One step of a course, as data: what it works on and how long it may take. [Course] interprets them all; what each one does and
/// when it counts as taken is in [Steps].
///
/// | step | effect | taken when | fails when |
/// |---|---|---|---|
/// | `Check` | none | every gate passes | the limit is over |
/// | `Start` | start | the process runs | it can't be started |
/// | `StartActive` | start, active | the process runs | it can't be started, the limit is over |
/// | `Warm` | none | ready, passive, uniform | dead, active, wrong digest, limit |
/// | `Hold` | hold | the balancer holds | the limit is over |
/// | `Drain` | drain | no answer is owed, or it is dead | the limit is over |
/// | `Deactivate` | deactivate, then kill | seen passive, or dead | the limit is over |
/// | `Fence` | kill where that is the fence | everybody else is seen passive, or dead, or behind a declared fence | the limit is over |
/// | `Rearm` | rearm | the latch is lifted | it is not |
/// | `Activate` | activate | seen active with that token | dead, an order in doubt, limit |
/// | `Reconcile` | none | two sources agree, nothing in doubt | the limit is over |
/// | `Route` | route | the balancer sends there | the limit is over |
/// | `Bake` | none | watched long enough, within objectives | an objective is broken, dead, silent |
/// | `Stop` | stop | dead | the limit is over |
/// | `Grow` | start, again and again | so many run | one can't be started, one of the new ones died |
/// | `WarmAll` | none | all of the new ones are ready and uniform | as `Warm` |
/// | `Join` | route | the balancer sends to old and new alike | the limit is over |
/// | `Share` | share | the balancer sends a share to the new ones | the limit is over |
/// | `Shrink` | route, stop, again and again | only so many are left | the limit is over |
/// | `Leave` | route or share | the balancer sends to the others | the limit is over |
/// | `Rejoin` | route or share | the balancer sends to it as well | the limit is over |
/// | `Shadow` | start | the process runs, and none of its orders goes to a venue | it can't be started |
/// | `Compare` | none | compared with the active one long enough, and alike | it differs, dead, silent |
/// | `EndShadow` | stop | dead | the limit is over |
/// | `Adopt` | adopt | the container is an instance, ready, uniform, and active where only one may be | dead, passive, wrong digest, limit |
///
/// The steps from `Grow` to `Rejoin` work on all instances of a release, as the [Roster] lists them; so a course remembers none of them.
public sealed interface Step {
    /// How long the step may take, from when the one before it was taken.
    Duration limit();

    /// Waits for gates.
    record Check(List<Gate> gates, Duration limit) implements Step {
        public Check {
            gates = List.copyOf(gates);
        }
    }

    /// Starts what the course leads to, unless it runs already.
    record Start(Duration limit) implements Step {}

    /// Starts what the course leads to, of a service that knows no passive mode: it is active as soon as it runs. Everybody else is fenced before.
    record StartActive(Duration limit) implements Step {}

    /// Waits until the instance is ready, passive (unless it was started active), and the same binary, configuration and flags as approved.
    record Warm(Duration limit) implements Step {}

    /// Has the balancer hold new requests.
    ///
    /// @param held how long the balancer holds one request
    record Hold(Duration held, Duration limit) implements Step {}

    /// Has the giving side stop sending.
    record Drain(Duration limit) implements Step {}

    /// Makes the giving side passive.
    record Deactivate(Duration limit) implements Step {}

    /// Confirms that of all instances of the service none but the taking side can send any more, whether or not the ledger ever saw it active.
    record Fence(Duration limit) implements Step {}

    /// Lifts the kill latch, so that the taking side may be activated.
    record Rearm(Duration limit) implements Step {}

    /// Makes the taking side active.
    record Activate(Duration limit) implements Step {}

    /// Compares two independent accounts of orders and positions.
    record Reconcile(Duration limit) implements Step {}

    /// Sends traffic to the taking side.
    ///
    /// @param back whether this is traffic back to the last good version, which waits for nothing
    record Route(boolean back, Duration limit) implements Step {}

    /// Watches the taking side.
    ///
    /// @param atLeast how long at least
    /// @param limit how long at most, when there is too little traffic to judge
    record Bake(Duration atLeast, Duration limit) implements Step {}

    /// Ends the giving side.
    record Stop(Duration limit) implements Step {}

    /// Starts instances until so many run, also those that ran before.
    ///
    /// @param side new ones of what the course leads to; or fresh ones of what is approved, to compare the new ones with others as young
    /// @param instances how many; the most of a course stand for all replicas, however many these are by then
    record Grow(Side side, int instances, Duration limit) implements Step {}

    /// Waits until all instances of what the course leads to are ready and the same as approved; and those to compare them with.
    record WarmAll(Duration limit) implements Step {}

    /// Sends traffic to all that are ready, old and new, in turn.
    record Join(Duration limit) implements Step {}

    /// Sends a share of clients to the new ones, and the others to the old ones.
    record Share(Fraction share, Duration limit) implements Step {}

    /// Ends instances, the oldest first, until so many are left. Each is ended once no traffic goes to it and it has no open order.
    ///
    /// @param side whom; of those that give up their place as many more stay as replicas would be missing
    record Shrink(Side side, int left, Duration limit) implements Step {}

    /// Sends traffic to all others than the giving side.
    record Leave(Duration limit) implements Step {}

    /// Sends traffic to the new instance as to others of its release, and leaves the rest as it is.
    record Rejoin(Duration limit) implements Step {}

    /// Starts what the course leads to as a shadow: on the same inputs, with its orders recorded and never sent.
    record Shadow(Duration limit) implements Step {}

    /// Compares the shadow with the active instance.
    ///
    /// @param atLeast how long at least
    /// @param limit how long at most
    record Compare(Duration atLeast, Duration limit) implements Step {}

    /// Ends the shadow. What follows is another instance.
    record EndShadow(Duration limit) implements Step {}

    /// Takes over a container that runs already, and waits until it is seen to be what it was taken for.
    ///
    /// @param container its id
    record Adopt(String container, Duration limit) implements Step {}

    /// The step's name as people and the ledger see it.
    default String name() {
        return getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
