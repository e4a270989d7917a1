package desk.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.FileTokens;
import desk.common.Http;
import desk.common.KeyValues;
import desk.common.Operated.SingleActive;
import desk.common.OperatorPort;
import desk.common.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The strategy's process: while active it quotes around the middle of the market, one order at a time.
public final class Strategy implements SingleActive {
    private static final int TICK_MILLIS = 100;
    private static final int LOOK_EVERY_TICKS = 10;

    private final Settings settings;
    private final Trader trader;
    private final Path killFile;
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("strategy").daemon().factory());
    private volatile State state = State.PASSIVE;
    private volatile long token;
    private int tick;

    Strategy(Settings settings) throws IOException {
        this.settings = settings;
        var version = KeyValues.read(settings.file("VERSION_FILE"));
        var spread = new BigDecimal(version.getOrDefault("spread", "0.10"));
        this.trader = new Trader(settings, spread);
        // Beside the tokens: shared by all instances, and there before any of them starts.
        this.killFile = settings.deskDir().resolve("tokens").resolve("strategy.killed");
        if (Files.exists(killFile)) {
            state = State.KILLED;
        }
        ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    public static void main(Settings settings) throws Exception {
        var strategy = new Strategy(settings);
        var http = new Http(settings.port());
        OperatorPort.serve(http, settings, strategy, FileTokens.of(settings, "strategy"));
        http.start();
        System.out.println(settings.instance() + ": HTTP " + http.port());
    }

    private synchronized void tick() {
        if (Files.exists(killFile) && state != State.KILLED) {
            stop(State.KILLED);
        }
        if (state == State.ACTIVE || state == State.DRAINING) {
            var standing = trader.retry(token);
            if (standing == Trader.Standing.CLEAR && state == State.ACTIVE) {
                standing = trader.quote(token);
            }
            if (standing == Trader.Standing.FENCED) {
                System.out.println(
                        settings.instance() + " steps down: the gateway knows a newer token");
                stop(State.PASSIVE);
            }
        }
        if (state == State.DRAINING && trader.unanswered() == 0) {
            state = State.DRAINED;
        }
        if (++tick % LOOK_EVERY_TICKS == 0 && state != State.PASSIVE) {
            trader.look();
        }
    }

    private void stop(State next) {
        state = next;
        token = 0;
    }

    @Override
    public synchronized Hooked activate(long wanted) {
        if (state != State.KILLED) {
            token = wanted;
            state = State.ACTIVE;
        }
        return state == State.ACTIVE ? Hooked.DONE : Hooked.REFUSED_KILLED;
    }

    @Override
    public synchronized Hooked drain(long wanted, Open open) {
        // Its open orders are the gateway's business, which keeps them whoever the strategy is.
        if (state == State.ACTIVE) {
            state = trader.unanswered() == 0 ? State.DRAINED : State.DRAINING;
        }
        return state == State.DRAINING ? Hooked.ACCEPTED : Hooked.DONE;
    }

    @Override
    public synchronized Hooked deactivate(long wanted) {
        if (state != State.KILLED) {
            stop(State.PASSIVE);
        }
        return Hooked.DONE;
    }

    // Not synchronized: it waits for nobody, and a tick under way sees the state.
    @Override
    public Hooked kill(Duration limit) {
        state = State.KILLED;
        token = 0;
        try {
            Files.createDirectories(killFile.getParent());
            Files.writeString(killFile, settings.instance());
        } catch (IOException e) {
            return Hooked.ACCEPTED; // stopped here; the latch holds in this process only
        }
        return Hooked.DONE;
    }

    @Override
    public synchronized Hooked rearm(long wanted) {
        try {
            Files.deleteIfExists(killFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (state == State.KILLED) {
            state = State.PASSIVE;
        }
        return Hooked.DONE;
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
