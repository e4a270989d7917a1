package desk.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Operated.Hooked;
import desk.common.Operated.SingleActive;
import desk.common.Operated.State;
import desk.common.Settings;
import desk.gateway.GatewayVersion.Flaw;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.SessionID;

/// One instance of the order gateway: PASSIVE, ACTIVATING, ACTIVE, DRAINING, DRAINED or KILLED.
///
/// One thread turns the states and owns the FIX session ([#turn]); hooks tell it what is wanted and wait for a moment.
/// Orders come in on the threads of [OrderDesk] and become durable on the thread of [Writer], which also asks the store,
/// in the same transaction, whether this instance may still send.
final class Gateway implements SingleActive, AutoCloseable {
    static final SessionID SESSION = new SessionID("FIX.4.4", "DESK1", "SIMX");
    private static final Duration HOOK_LIMIT = Duration.ofMillis(1_500);
    private static final Duration LOGOUT_LIMIT = Duration.ofMillis(800);
    private static final long TURN_MILLIS = 20;
    private static final long CONTROL_NANOS = 50_000_000;
    private static final long RECONNECT_NANOS = 50_000_000;

    private final String instance;
    private final GatewayVersion version;
    private final Writer writer;
    private final Reads reads;
    private final Requests requests;
    private final WorkingOrders working = new WorkingOrders();
    private final Session session;
    private final Reconciliation reconciliation;
    private final KillSwitch kill;
    private final BlockingQueue<Runnable> wishes = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile State state = State.PASSIVE;
    private volatile long token;
    private volatile boolean warm;
    private volatile boolean settled;
    private volatile boolean drained;
    private volatile Control control;
    private volatile long lostAt = System.nanoTime();
    private String lastTrouble = "";
    private long controlReadAt;
    private long connectedAt;
    private volatile boolean closed;

    Gateway(
            Settings settings,
            GatewayVersion version,
            Writer writer,
            Reads reads,
            Requests requests) {
        this.instance = settings.instance();
        this.version = version;
        this.writer = writer;
        this.reads = reads;
        this.requests = requests;
        this.control = reads.ask(OrderStore::control);
        this.session =
                new Session(
                        SESSION,
                        settings.address("VENUE"),
                        settings.text("FIX_PASSWORD", ""),
                        writer,
                        this::received,
                        this::wake);
        var dropCopy = new DropCopyBooks(settings.optional("DROP_COPY"));
        this.reconciliation = new Reconciliation(session, writer, reads, working, dropCopy);
        this.kill =
                new KillSwitch(instance, this::highestToken, session, writer, working, dropCopy);
        if (version.has(Flaw.STARTS_ACTIVE)) {
            state = State.ACTIVE;
        }
        if (control.killed()) {
            kill.block();
            state = State.KILLED;
        }
        this.thread = Thread.ofPlatform().name("gateway").daemon().start(this::run);
    }

    // --- the one thread that turns the states

    private void run() {
        while (!closed) {
            try {
                var wish = wishes.poll(TURN_MILLIS, TimeUnit.MILLISECONDS);
                if (wish != null) {
                    wish.run();
                }
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
            System.out.println(instance + " stays " + state + ": " + trouble);
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
        if (session.loggedOn() && !settled) {
            settled = reconciliation.proceed();
            if (settled) {
                settle();
            }
        }
        if (state == State.DRAINING && drained && working.unanswered() == 0) {
            state = State.DRAINED;
        }
    }

    private boolean wantsSession() {
        return token > 0 || kill.needsSession() || version.has(Flaw.STARTS_ACTIVE);
    }

    private void readControl() {
        if (System.nanoTime() - controlReadAt < CONTROL_NANOS) {
            return;
        }
        controlReadAt = System.nanoTime();
        control = reads.ask(OrderStore::control);
        if (control.killed() && !kill.blocking()) {
            startKill(KillSwitch.LIMIT);
        } else if (!control.killed() && kill.latched()) {
            unkill();
        }
        if (token > 0 && !control.heldBy(instance, token)) {
            stepDown();
        }
        if (!reads.ask(store -> store.in(Order.State.UNSENT)).isEmpty()) {
            writer.submit(
                    store -> rules(store).returnUnsent(),
                    changed -> changed.forEach(working::update));
        }
    }

    private void connect() {
        if (settled) {
            settled = false;
            lostAt = System.nanoTime();
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
        if (state == State.ACTIVATING) {
            state = State.ACTIVE;
        }
        if (maySend()) {
            writer.submit(this::claimUnsent, this::sendAll);
        }
    }

    private List<Order> claimUnsent(OrderStore store) throws SQLException {
        var now = store.control();
        return now.heldBy(instance, token) && !now.killed()
                ? rules(store).claimUnsent(token)
                : List.of();
    }

    /// Another instance was activated: this one has lost the right to send, whatever it was doing.
    private void stepDown() {
        System.out.println(instance + " steps down, token " + control.activeToken() + " is active");
        leave();
    }

    private boolean leave() {
        token = 0;
        state = kill.blocking() ? State.KILLED : State.PASSIVE;
        settled = false;
        var confirmed = session.close(LOGOUT_LIMIT);
        working.clear();
        return confirmed;
    }

    private void wake() {
        if (wishes.isEmpty()) {
            wishes.add(() -> {});
        }
    }

    // --- orders and executions

    /// Whether an order may go out now. The store has the last word, in the transaction that marks it as sending.
    boolean maySend() {
        return state == State.ACTIVE
                && token > 0
                && settled
                && session.loggedOn()
                && !kill.blocking();
    }

    /// Whether an order may be taken and wait: the session was lost a moment ago and is about to come back.
    boolean mayWait() {
        return state == State.ACTIVE
                && System.nanoTime() - lostAt < OrderRules.UNSENT_LIMIT.toNanos();
    }

    void sendAll(List<Order> orders) {
        orders.forEach(this::send);
    }

    /// Sends an order that is durably marked as sending. When it can't be sent it is in doubt, never tried again.
    void send(Order order) {
        if (token == 0) {
            return; // given up a moment ago: maybe sent, for whoever is activated next
        }
        working.update(order);
        if (order.state() != Order.State.SENDING) {
            return;
        }
        if (kill.blocking() || !session.send(Fix.order(order, token, instance))) {
            working.doubt(order);
            settled = false;
        }
    }

    private void received(Message message) {
        try {
            if (Execution.isOne(message)) {
                var execution = Execution.of(message);
                writer.keep(store -> apply(store, execution), this::applied);
            }
        } catch (FieldNotFound e) {
            System.out.println(instance + " can't read what the venue sent: " + e.getMessage());
        }
    }

    private static List<Order> apply(OrderStore store, Execution execution) throws SQLException {
        store.raiseNextTarget(execution.sequence() + 1);
        return rules(store).apply(execution);
    }

    private void applied(List<Order> changed) {
        changed.forEach(working::update);
        if (state != State.ACTIVE) {
            wake();
        }
    }

    static OrderRules rules(OrderStore store) {
        return new OrderRules(store, System.currentTimeMillis());
    }

    // --- hooks

    @Override
    public Hooked activate(long wanted) {
        if (!notReady().isEmpty()) {
            return Hooked.FAILED;
        }
        if (token == wanted && state != State.DRAINING && state != State.DRAINED) {
            return await(() -> state == State.ACTIVE);
        }
        var readableBy = String.join(" ", version.writes());
        var claimed =
                done(writer.submit(store -> store.claim(instance, wanted, readableBy), _ -> {}));
        if (!claimed) {
            return Hooked.FAILED;
        }
        wish(() -> activated(wanted));
        return await(() -> state == State.ACTIVE);
    }

    private void activated(long wanted) {
        var holdsSession = token > 0 && session.loggedOn();
        if (!holdsSession) {
            working.load(reads.ask(OrderStore::live));
        }
        token = wanted;
        state = State.ACTIVATING;
        settled = false;
        controlReadAt = 0;
        reconciliation.begin();
    }

    @Override
    public Hooked drain(long wanted) {
        if (version.has(Flaw.NO_DRAIN)) {
            return Hooked.ACCEPTED;
        }
        if (state == State.ACTIVE || state == State.ACTIVATING) {
            drained = false;
            wish(() -> state = State.DRAINING);
            // What the writer marked as sending before it saw the new state is counted once this is
            // through.
            drained = done(writer.submit(_ -> true, _ -> {}));
        }
        wake();
        return await(() -> state != State.DRAINING);
    }

    @Override
    public Hooked deactivate(long wanted) {
        return wish(this::leave) ? Hooked.DONE : Hooked.FAILED;
    }

    @Override
    public Hooked kill(Duration limit) {
        kill.block();
        wishes.add(() -> startKill(limit));
        return kill.await(HOOK_LIMIT) ? Hooked.DONE : Hooked.ACCEPTED;
    }

    private void startKill(Duration limit) {
        if (token == 0) {
            working.load(reads.ask(OrderStore::live));
        }
        state = State.KILLED;
        kill.start(limit);
    }

    @Override
    public Hooked rearm(long wanted) {
        done(
                writer.submit(
                        store -> {
                            store.setKilled(false);
                            return true;
                        },
                        _ -> {}));
        wish(this::unkill);
        return Hooked.DONE;
    }

    private void unkill() {
        kill.release();
        if (state == State.KILLED) {
            settled = false;
            reconciliation.begin();
            state = token > 0 ? State.ACTIVATING : State.PASSIVE;
        }
    }

    /// Runs something on the thread that turns the states, and waits until it has.
    private <T> T wish(Supplier<T> wish) {
        var done = new CompletableFuture<T>();
        wishes.add(
                () -> {
                    try {
                        done.complete(wish.get());
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
        return done(done);
    }

    private void wish(Runnable wish) {
        wish(
                () -> {
                    wish.run();
                    return true;
                });
    }

    private static <T> T done(CompletableFuture<T> future) {
        try {
            return future.get(3, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the gateway can't do it now: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Hooked await(BooleanSupplier reached) {
        var deadline = System.nanoTime() + HOOK_LIMIT.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return Hooked.ACCEPTED;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return Hooked.DONE;
    }

    // --- what it tells

    @Override
    public String service() {
        return "gateway";
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public long token() {
        return token;
    }

    private long highestToken() {
        return Math.max(token, control.highestToken());
    }

    @Override
    public boolean killed() {
        return kill.blocking();
    }

    /// Warms up what an activation needs, beside [Warmup].
    void warmUp() {
        reconciliation.warmUp();
        FixRehearsal.run();
        warm = true;
    }

    @Override
    public List<String> notReady() {
        var reasons = new ArrayList<String>();
        if (version.has(Flaw.NEVER_READY)) {
            reasons.add("still loading reference data");
        }
        if (!warm) {
            reasons.add("warming up");
        }
        if (!version.canRead(control.readableBy())) {
            reasons.add("the order store is readable by " + control.readableBy() + " only");
        }
        return reasons;
    }

    @Override
    public void describe(ObjectNode status) {
        var stored = reads.ask(OrderStore::control);
        var open = reads.ask(OrderStore::openByInstrument);
        status.put("unsent", reads.ask(store -> store.in(Order.State.UNSENT)).size());
        // What a passive instance remembers is of no account: the active one tells.
        status.put("unanswered", working.unanswered() + (version.has(Flaw.NO_DRAIN) ? 1 : 0));
        status.put("openOrders", open.values().stream().mapToLong(Long::longValue).sum());
        status.put("inDoubt", working.inDoubt());
        var names = status.putArray("inDoubtOrders");
        working.ordersInDoubt().stream().limit(100).forEach(order -> names.add(order.id()));
        var numbers = session.numbers(stored);
        status.putObject("session")
                .put("loggedOn", session.loggedOn())
                .put("problem", session.problem())
                .put("nextSender", numbers[0])
                .put("nextTarget", numbers[1]);
        var positions = status.putObject("positions");
        reads.ask(OrderStore::positions).forEach(positions::put);
        reconciliation.describe(status);
        kill.describe(status);
        requests.describe(status);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        session.close(LOGOUT_LIMIT);
    }
}
