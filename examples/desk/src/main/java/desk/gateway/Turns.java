package desk.gateway;

import desk.common.Operated.Open;
import desk.common.Operated.State;
import desk.gateway.GatewayVersion.Flaw;
import java.time.Duration;

/// The one thread that turns the states and owns the FIX session.
final class Turns implements AutoCloseable {
    private static final Duration LOGOUT_LIMIT = Duration.ofMillis(800);
    private static final long TURN_MILLIS = 20;
    private static final long CONTROL_NANOS = 50_000_000;
    private static final long RECONNECT_NANOS = 50_000_000;

    private final String instance;
    private final GatewayVersion version;
    private final Standing standing;
    private final Session session;
    private final Reconciliation reconciliation;
    private final KillSwitch kill;
    private final Writer writer;
    private final Reads reads;
    private final WorkingOrders working;
    private final OrderFlow flow;
    private final Wishes wishes;
    private final Thread thread;
    private String lastTrouble = "";
    private long controlReadAt;
    private long connectedAt;
    private final Cancels cancels;
    private volatile boolean drained;
    private volatile Open open = Open.HAND_OVER;
    private volatile boolean closed;

    Turns(
            String instance,
            GatewayVersion version,
            Standing standing,
            Session session,
            Reconciliation reconciliation,
            KillSwitch kill,
            Writer writer,
            Reads reads,
            WorkingOrders working,
            OrderFlow flow,
            Wishes wishes) {
        this.instance = instance;
        this.version = version;
        this.standing = standing;
        this.session = session;
        this.reconciliation = reconciliation;
        this.kill = kill;
        this.writer = writer;
        this.reads = reads;
        this.working = working;
        this.flow = flow;
        this.wishes = wishes;
        this.cancels =
                new Cancels(
                        instance,
                        standing::highestToken,
                        session,
                        () -> working.openOrders().stream().map(Fix::open).toList());
        this.thread = Thread.ofPlatform().name("gateway").daemon().start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                wishes.grant(TURN_MILLIS);
                turn();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                tellOnce(e);
            }
        }
    }

    private void tellOnce(RuntimeException trouble) {
        var text = String.valueOf(trouble.getMessage());
        if (!text.equals(lastTrouble)) {
            lastTrouble = text;
            System.out.println(instance + " stays " + standing.state() + ": " + trouble);
        }
    }

    private void turn() {
        readControl();
        if (!wantsSession()) {
            if (session.opened()) {
                session.close(LOGOUT_LIMIT);
            }
            return;
        }
        if (!session.loggedOn()) {
            connect();
        }
        session.tick();
        if (session.loggedOn() && !standing.settled() && reconciliation.proceed()) {
            settle();
        }
        if (standing.state() == State.DRAINING && drained) {
            if (open == Open.CANCEL) {
                cancels.proceed();
            }
            if (working.unanswered() == 0
                    && (open == Open.HAND_OVER || working.openOrders().isEmpty())) {
                standing.become(State.DRAINED);
            }
        }
    }

    private boolean wantsSession() {
        return standing.token() > 0 || kill.needsSession() || version.has(Flaw.STARTS_ACTIVE);
    }

    private void readControl() {
        if (System.nanoTime() - controlReadAt < CONTROL_NANOS) {
            return;
        }
        controlReadAt = System.nanoTime();
        // Before the store is read: what is latched only after that is no latch that was lifted.
        var wasLatched = kill.latched();
        var control = reads.ask(OrderStore::control);
        standing.heard(control);
        if (control.killed() && !kill.blocking()) {
            var _ = kill.block(KillSwitch.LIMIT);
            kill();
        } else if (!control.killed() && wasLatched) {
            rearm();
        }
        if (standing.token() > 0 && !control.heldBy(instance, standing.token())) {
            stepDown(control);
        }
        if (version.canRead(control.readableBy())
                && reads.ask(store -> store.count(Order.State.UNSENT)) > 0) {
            flow.returnUnsent();
        }
    }

    private void connect() {
        if (standing.settled()) {
            standing.lost();
        }
        working.doubtAll();
        if (System.nanoTime() - connectedAt < RECONNECT_NANOS) {
            return;
        }
        connectedAt = System.nanoTime();
        if (session.open()) {
            reconciliation.begin();
        }
    }

    /// Nothing is in doubt: sending may begin, or go on, first with the unsent orders that are young enough.
    private void settle() {
        standing.settle();
        if (standing.state() == State.ACTIVATING) {
            standing.become(State.ACTIVE);
        }
        if (flow.maySend()) {
            flow.sendUnsent();
        }
    }

    /// Another instance was activated: this one has lost the right to send, whatever it was doing.
    private void stepDown(Control control) {
        System.out.println(instance + " steps down, token " + control.activeToken() + " is active");
        leave();
    }

    // --- what the hooks want, on this thread

    /// The store has given this instance the right to send.
    void activate(long wanted) {
        var holdsSession = standing.token() > 0 && session.loggedOn();
        if (!holdsSession) {
            working.load(reads.ask(OrderStore::live));
        }
        standing.hold(wanted);
        standing.become(State.ACTIVATING);
        standing.unsettle();
        controlReadAt = 0;
        reconciliation.begin();
    }

    /// Gives up the right to send, and logs out.
    ///
    /// @return whether the venue confirmed
    boolean leave() {
        standing.hold(0);
        standing.become(kill.blocking() ? State.KILLED : State.PASSIVE);
        standing.unsettle();
        kill.letGo();
        var confirmed = session.close(LOGOUT_LIMIT);
        working.clear();
        return confirmed;
    }

    /// New orders are blocked already.
    void kill() {
        standing.become(State.KILLED);
        try {
            if (standing.token() == 0) {
                working.load(reads.ask(OrderStore::live));
            }
        } finally {
            kill.start(); // the venue cancels all even when nobody can tell it which
        }
    }

    /// The latch is lifted.
    void rearm() {
        kill.release();
        if (standing.state() == State.KILLED) {
            standing.unsettle();
            reconciliation.begin();
            standing.become(standing.token() > 0 ? State.ACTIVATING : State.PASSIVE);
        }
    }

    /// Whether it drains, but was told to do something else with open orders.
    boolean drainsOtherwise(Open wanted) {
        var state = standing.state();
        return (state == State.DRAINING || state == State.DRAINED) && open != wanted;
    }

    /// Stops sending. On the thread of the hook, which waits.
    void drain(Open wanted) {
        drained = false;
        wishes.now(
                () -> {
                    open = wanted;
                    cancels.begin("DRAIN");
                    standing.become(State.DRAINING);
                });
        // What the writer marked as sending before it saw the new state is counted once this is
        // through.
        drained = Wishes.done(writer.submit(_ -> true, _ -> {}));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        session.close(LOGOUT_LIMIT);
    }
}
