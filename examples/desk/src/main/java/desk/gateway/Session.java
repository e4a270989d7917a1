package desk.gateway;

import desk.common.Settings.Address;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import quickfix.Message;
import quickfix.SessionID;

/// The gateway's FIX session with the venue over all its connections: numbers from the store, logon, logout.
/// One thread, the gateway's, opens and closes; any thread may send.
final class Session {
    private static final Duration LOGON_LIMIT = Duration.ofSeconds(1);
    private static final Pattern EXPECTED = Pattern.compile("too low.*?expecting (\\d+)");

    private final SessionID id;
    private final Address venue;
    private final String password;
    private final Writer writer;
    private final Consumer<List<Order>> live;
    private final Consumer<Message> executions;
    private final Runnable changed;
    private volatile FixConnection connection;
    private volatile String problem = "not logged on";
    private volatile int reserved;

    /// @param live takes the orders that live in the store, before each logon and as of its numbers, so that with what the
    ///     venue reports after it nothing is missing; on the writer's thread
    /// @param executions takes what the venue says about orders
    /// @param changed called when the session is logged on, and when it ends
    Session(
            SessionID id,
            Address venue,
            String password,
            Writer writer,
            Consumer<List<Order>> live,
            Consumer<Message> executions,
            Runnable changed) {
        this.id = id;
        this.venue = venue;
        this.password = password;
        this.writer = writer;
        this.live = live;
        this.executions = executions;
        this.changed = changed;
    }

    /// Connects and logs on, continuing the numbers in the store.
    ///
    /// @return whether the session is logged on
    boolean open() {
        settle();
        try {
            connection = connect();
        } catch (ExecutionException | TimeoutException e) {
            problem = "the order store can't be written: " + e.getMessage();
            return false;
        }
        problem = connection.logOn(venue, LOGON_LIMIT);
        if (!problem.isEmpty()) {
            connection.close();
            settle();
            adoptNumber(problem);
        }
        return problem.isEmpty();
    }

    private FixConnection connect() throws ExecutionException, TimeoutException {
        var control =
                await(writer.submit(this::reserve, start -> live.accept(start.live()))).control();
        reserved = control.nextSender() + FixNumbers.AHEAD;
        var numbers = new FixNumbers(control.nextSender(), control.nextTarget(), reserved);
        return new FixConnection(id, password, numbers, executions, changed);
    }

    /// What a logon starts from.
    private record Start(Control control, List<Order> live) {}

    private Start reserve(OrderStore store) throws SQLException {
        var control = store.control();
        store.raiseNextSender(control.nextSender() + FixNumbers.AHEAD);
        return new Start(control, store.live());
    }

    // A store restored from a backup may be behind the venue, which then says the number it
    // expects.
    private void adoptNumber(String why) {
        var expected = EXPECTED.matcher(why);
        if (expected.find()) {
            var next = Integer.parseInt(expected.group(1));
            writer.submit(
                    store -> {
                        store.raiseNextSender(next);
                        return next;
                    },
                    _ -> {});
        }
    }

    /// Heartbeats, time-outs, and the next reservation of numbers.
    void tick() {
        var open = connection;
        if (open == null || open.isClosed()) {
            return;
        }
        open.tick();
        if (open.numbers().runsLow()) {
            var bound = open.numbers().wanted();
            writer.submit(
                    store -> {
                        store.raiseNextSender(bound);
                        return bound;
                    },
                    stored -> {
                        reserved = stored;
                        open.numbers().reserved(stored);
                    });
        }
    }

    /// Logs out, waits for the venue's answer or the closed connection, and stores the exact numbers.
    ///
    /// @return whether the venue confirmed, or nothing was open
    boolean close(Duration limit) {
        var open = connection;
        if (open == null) {
            return true;
        }
        var confirmed = open.isClosed() || open.logOut(limit);
        settle();
        problem = "not logged on";
        return confirmed;
    }

    // The exact numbers instead of the reservation, while it is still ours: another instance may
    // have gone on from it.
    private void settle() {
        var ended = connection;
        if (ended != null && ended.isClosed()) {
            var bound = reserved;
            var sender = ended.numbers().getNextSenderMsgSeqNum();
            var target = ended.numbers().getNextTargetMsgSeqNum();
            writer.submit(store -> store.settleNumbers(bound, sender, target), _ -> {});
            connection = null;
        }
    }

    boolean loggedOn() {
        var open = connection;
        return open != null && open.loggedOn();
    }

    /// Whether there is a connection, or was until it broke.
    boolean opened() {
        return connection != null;
    }

    /// @return whether it was given to the wire; then nobody knows whether it arrives
    boolean send(Message message) {
        var open = connection;
        return open != null && open.send(message);
    }

    /// Why it isn't logged on; empty when it is.
    String problem() {
        var open = connection;
        return open != null && problem.isEmpty() && open.isClosed()
                ? "the session was lost: " + open.reason()
                : problem;
    }

    /// @return numbers of the next message to send and to receive, while a connection is open
    int[] numbers(Control stored) {
        var open = connection;
        return open == null
                ? new int[] {stored.nextSender(), stored.nextTarget()}
                : new int[] {
                    open.numbers().getNextSenderMsgSeqNum(), open.numbers().getNextTargetMsgSeqNum()
                };
    }

    private static <T> T await(CompletableFuture<T> future)
            throws ExecutionException, TimeoutException {
        try {
            return future.get(LOGON_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}
