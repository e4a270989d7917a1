package desk.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.FileTokens;
import desk.common.Http;
import desk.common.KeyValues;
import desk.common.Operated.SingleActive;
import desk.common.OperatorPort;
import desk.common.Settings;
import desk.common.Ticks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The strategy's process: while active it quotes around the middle of the market, one order at a time.
///
/// A lock guards state and sending. It is held for one request to the gateway at most, and fair, so a hook waits for no more
/// than the request that is under way, and after it nothing is sent.
public final class Strategy implements SingleActive {
    private static final int TICK_MILLIS = 100;
    private static final int LOOK_EVERY_TICKS = 10;
    private static final Duration ORDER_LIMIT = Duration.ofSeconds(2);

    private final Settings settings;
    private final Trader trader;
    private final Path killFile;
    // It trades with nobody: its orders go to a recorder, and no hook makes it active.
    private final boolean isShadow;
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("strategy").daemon().factory());
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile State state = State.PASSIVE;
    private volatile long token;
    // Killed, and no file says so yet.
    private volatile boolean latchOwed;
    private int tick;

    Strategy(Settings settings) throws IOException {
        this(settings, ORDER_LIMIT);
    }

    /// @param orderLimit an order that has no answer within it is not sent again
    Strategy(Settings settings, Duration orderLimit) throws IOException {
        this.settings = settings;
        var version = KeyValues.read(settings.file("VERSION_FILE"));
        var spread = new BigDecimal(version.getOrDefault("spread", "0.10"));
        this.isShadow = settings.optional("SHADOW").isPresent();
        this.trader = new Trader(settings, spread, orderLimit, isShadow);
        // Beside the tokens: shared by all instances, and there before any of them starts.
        this.killFile = settings.deskDir().resolve("tokens").resolve("strategy.killed");
        if (Files.exists(killFile)) {
            state = State.KILLED;
        }
        ticks.scheduleWithFixedDelay(
                Ticks.guarded(settings.instance(), this::tick),
                TICK_MILLIS,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    public static void main(Settings settings) throws Exception {
        var strategy = new Strategy(settings);
        var http = new Http(settings.port());
        OperatorPort.serve(http, settings, strategy, FileTokens.of(settings, "strategy"));
        if (strategy.isShadow) {
            Recorder.in(settings).serve(http);
        }
        http.start();
        System.out.println(settings.instance() + ": HTTP " + http.port());
    }

    private void tick() {
        locked(this::followLatch);
        var standing = locked(() -> after(trader.retry(token)));
        if (standing == Trader.Standing.CLEAR && trades()) {
            // Unlocked: to look at quotes is no order.
            trader.look(tick).ifPresent(quote -> locked(() -> send(quote)));
        }
        locked(this::endDrain);
        if (++tick % LOOK_EVERY_TICKS == 0 && state != State.PASSIVE) {
            trader.readEvents();
        }
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    // The state is read before what a kill writes after it, so a kill under way is never taken for
    // a latch that was lifted.
    private State followLatch() {
        var before = state;
        if (latchOwed) {
            writeLatch();
        }
        var owed = latchOwed;
        var isLatched = Files.exists(killFile);
        if (isLatched && state != State.KILLED) {
            stop(State.KILLED);
        } else if (before == State.KILLED && !isLatched && !owed) {
            stop(State.PASSIVE); // re-armed through another instance
        }
        return state;
    }

    private Trader.Standing send(Trader.Quote quote) {
        return trades()
                ? after(trader.send(quote, token))
                : Trader.Standing.CLEAR; // a hook came in between
    }

    private boolean trades() {
        return state == State.ACTIVE || (isShadow && state == State.PASSIVE);
    }

    private Trader.Standing after(Trader.Standing standing) {
        if (standing == Trader.Standing.FENCED) {
            System.out.println(
                    settings.instance() + " steps down: the gateway knows a newer token");
            stop(State.PASSIVE);
        }
        return standing;
    }

    private State endDrain() {
        if (state == State.DRAINING && trader.unanswered() == 0) {
            state = State.DRAINED;
        }
        return state;
    }

    private void stop(State next) {
        state = next;
        token = 0;
    }

    @Override
    public Hooked activate(long wanted) {
        return locked(
                () -> {
                    if (state != State.KILLED && !isShadow) {
                        token = wanted;
                        state = State.ACTIVE;
                    }
                    return state == State.ACTIVE ? Hooked.DONE : Hooked.REFUSED_KILLED;
                });
    }

    @Override
    public Hooked drain(long wanted, Open open) {
        // Its open orders are the gateway's business, which keeps them whoever the strategy is.
        return locked(
                () -> {
                    if (state == State.ACTIVE) {
                        state = trader.unanswered() == 0 ? State.DRAINED : State.DRAINING;
                    }
                    return state == State.DRAINING ? Hooked.ACCEPTED : Hooked.DONE;
                });
    }

    @Override
    public Hooked deactivate(long wanted) {
        return locked(
                () -> {
                    if (state != State.KILLED) {
                        stop(State.PASSIVE);
                    }
                    return Hooked.DONE;
                });
    }

    // Not locked: it waits for nobody, and a tick under way sees the state.
    @Override
    public Hooked kill(Duration limit) {
        latchOwed = true;
        stop(State.KILLED);
        writeLatch();
        return latchOwed
                ? Hooked.ACCEPTED
                : Hooked.DONE; // stopped here, and the latch is tried again
    }

    private void writeLatch() {
        try {
            Files.createDirectories(killFile.getParent());
            Files.writeString(
                    killFile,
                    settings.instance(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            latchOwed = false;
        } catch (IOException e) {
            // The disk is full, or what else; the next tick tries again.
        }
    }

    @Override
    public Hooked rearm(long wanted) {
        return locked(
                () -> {
                    try {
                        latchOwed = false;
                        Files.deleteIfExists(killFile);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    if (state == State.KILLED) {
                        state = State.PASSIVE;
                    }
                    return Hooked.DONE;
                });
    }

    @Override
    public String service() {
        return "strategy";
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public boolean killed() {
        return state == State.KILLED || Files.exists(killFile);
    }

    @Override
    public List<String> notReady() {
        return trader.hasQuotes() ? List.of() : List.of("no quotes from the feed");
    }

    @Override
    public void describe(ObjectNode status) {
        status.put("unanswered", trader.unanswered());
        trader.describe(status);
    }
}
