package desk.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Json;
import desk.common.Operated.Hooked;
import desk.common.Operated.SingleActive;
import desk.common.Operated.State;
import desk.common.Settings;
import desk.gateway.GatewayVersion.Flaw;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import quickfix.Message;
import quickfix.SessionID;

/// One instance of the order gateway: PASSIVE, ACTIVATING, ACTIVE, DRAINING, DRAINED or KILLED.
///
/// One thread turns the states and owns the FIX session ([Turns]); hooks tell it what is wanted and wait for a moment.
/// Orders come in on the threads of [OrderDesk] and become durable on the thread of [Writer], which also asks the store,
/// in the same transaction, whether this instance may still send ([OrderFlow]).
final class Gateway implements SingleActive, AutoCloseable {
    static final SessionID SESSION = new SessionID("FIX.4.4", "DESK1", "SIMX");
    private static final Duration HOOK_LIMIT = Duration.ofMillis(1_500);

    private final String instance;
    private final GatewayVersion version;
    private final Writer writer;
    private final Reads reads;
    private final Requests requests;
    private final WorkingOrders working = new WorkingOrders();
    private final Wishes wishes = new Wishes();
    private final Standing standing;
    private final Session session;
    private final Reconciliation reconciliation;
    private final KillSwitch kill;
    private final OrderFlow flow;
    private final Turns turns;
    private volatile boolean warm;

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
        this.standing = new Standing(reads.ask(OrderStore::control));
        this.session =
                new Session(
                        SESSION,
                        settings.address("VENUE"),
                        settings.text("FIX_PASSWORD", ""),
                        writer,
                        working::follow,
                        this::received,
                        wishes::wake);
        var dropCopy = new DropCopyBooks(settings.optional("DROP_COPY"));
        this.reconciliation = new Reconciliation(session, writer, reads, working, dropCopy);
        this.kill =
                new KillSwitch(
                        instance,
                        standing::highestToken,
                        session,
                        writer,
                        working,
                        new KillSources(dropCopy, reads));
        this.flow =
                new OrderFlow(instance, version, standing, session, writer, working, kill, wishes);
        if (version.has(Flaw.STARTS_ACTIVE)) {
            standing.become(State.ACTIVE);
        }
        if (standing.control().killed()) {
            kill.found();
            standing.become(State.KILLED);
        }
        this.turns =
                new Turns(
                        instance,
                        version,
                        standing,
                        session,
                        reconciliation,
                        kill,
                        writer,
                        reads,
                        working,
                        flow,
                        wishes);
    }

    private void received(Message message) {
        flow.received(message);
    }

    /// Orders and executions.
    OrderFlow flow() {
        return flow;
    }

    // --- hooks

    @Override
    public Hooked activate(long wanted) {
        if (!notReady().isEmpty()) {
            return Hooked.FAILED;
        }
        var now = state();
        if (token() == wanted && now != State.DRAINING && now != State.DRAINED) {
            return await(() -> state() == State.ACTIVE);
        }
        var claimed =
                writer.submit(
                        store -> claim(store, wanted),
                        isClaimed -> {
                            if (isClaimed) {
                                wishes.later(() -> turns.activate(wanted));
                            }
                        });
        var answer = await(() -> token() == wanted && state() == State.ACTIVE || failed(claimed));
        return failed(claimed) ? Hooked.FAILED : answer;
    }

    private static boolean failed(CompletableFuture<Boolean> claimed) {
        return claimed.isCompletedExceptionally() || claimed.isDone() && !claimed.join();
    }

    private boolean claim(OrderStore store, long wanted) throws SQLException {
        if (!version.canRead(store.control().readableBy())) {
            return false;
        }
        var readableBy = String.join(" ", version.readableBy());
        var isClaimed = store.claim(instance, wanted, readableBy);
        if (isClaimed) {
            store.become(version.writes());
        }
        return isClaimed;
    }

    @Override
    public Hooked drain(long wanted, Open open) {
        if (version.has(Flaw.NO_DRAIN)) {
            return Hooked.ACCEPTED;
        }
        if (state() == State.ACTIVE || state() == State.ACTIVATING || turns.drainsOtherwise(open)) {
            turns.drain(open);
        }
        wishes.wake();
        return await(() -> state() != State.DRAINING);
    }

    @Override
    public Hooked deactivate(long wanted) {
        boolean isConfirmed = wishes.now(turns::leave);
        return isConfirmed ? Hooked.DONE : Hooked.FAILED;
    }

    @Override
    public Hooked kill(Duration limit) {
        var noneOpen = kill.block(limit);
        wishes.later(turns::kill);
        try {
            return noneOpen.get(HOOK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    ? Hooked.DONE
                    : Hooked.ACCEPTED;
        } catch (ExecutionException | TimeoutException e) {
            return Hooked.ACCEPTED; // it goes on
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Hooked.ACCEPTED;
        }
    }

    @Override
    public Optional<ObjectNode> killReport() {
        return Optional.of(kill.report(Json.object()));
    }

    @Override
    public Hooked rearm(long wanted) {
        Wishes.done(
                writer.submit(
                        store -> {
                            store.setKilled(false);
                            return true;
                        },
                        _ -> {}));
        wishes.now(turns::rearm);
        return Hooked.DONE;
    }

    private static Hooked await(BooleanSupplier reached) {
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
        return standing.state();
    }

    @Override
    public long token() {
        return standing.token();
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
        var readableBy = standing.control().readableBy();
        if (!version.canRead(readableBy)) {
            reasons.add("the order store is readable by " + readableBy + " only");
        }
        return reasons;
    }

    @Override
    public void describe(ObjectNode status) {
        var stored = reads.ask(OrderStore::control);
        var open = reads.ask(OrderStore::openByInstrument);
        long unsent = reads.ask(store -> store.count(Order.State.UNSENT));
        status.put("unsent", unsent);
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
        status.put("duplicates", flow.duplicates());
    }

    @Override
    public void close() {
        turns.close();
    }
}
