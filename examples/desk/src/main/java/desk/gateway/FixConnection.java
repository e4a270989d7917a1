package desk.gateway;

import desk.common.PlainMessages;
import desk.common.Settings.Address;
import desk.common.SilentLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import quickfix.ConfigError;
import quickfix.DefaultSessionFactory;
import quickfix.Message;
import quickfix.MessageUtils;
import quickfix.Responder;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionSettings;

/// One connection to the venue and QuickFIX/J's session over it, from logon to the end; a reconnect makes a new one.
///
/// QuickFIX/J's own initiator connects and logs on at the ticks of a timer of one second. Here the socket is ours: it
/// connects at once, the session is asked to log on at once, and the end of the connection is known when it comes.
final class FixConnection implements AutoCloseable {
    /// Messages that wait for the wire; more means that the venue has stopped reading.
    private static final int WAITING_MAX = 20_000;

    private static final String LAST = "";

    private final Socket socket = new Socket();
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(WAITING_MAX);
    private final Session session;
    private final FixNumbers numbers;
    private final SessionEvents events;
    private final Runnable changed;
    private volatile boolean closed;

    /// @param numbers to continue with
    /// @param executions takes what the venue says about orders, on the reading thread
    /// @param changed called when the session is logged on, and when it ends
    FixConnection(
            SessionID id,
            String password,
            FixNumbers numbers,
            Consumer<Message> executions,
            Runnable changed) {
        this.numbers = numbers;
        this.changed = changed;
        this.events = new SessionEvents(password, executions, changed);
        this.session = session(id, numbers, events);
    }

    private static Session session(SessionID id, FixNumbers numbers, SessionEvents events) {
        var settings = new SessionSettings();
        settings.setString(id, "ConnectionType", "initiator");
        settings.setString(id, "NonStopSession", "Y");
        settings.setString(id, "HeartBtInt", "1");
        settings.setString(id, "UseDataDictionary", "N");
        settings.setString(id, "PersistMessages", "N");
        settings.setString(id, "CheckLatency", "N");
        try {
            // No log: the venue keeps the record of the session, and a logon carries the password.
            var factory =
                    new DefaultSessionFactory(
                            events, _ -> numbers, _ -> new SilentLog(), new PlainMessages());
            return factory.create(id, settings);
        } catch (ConfigError e) {
            throw new IllegalStateException("the FIX session's settings are our own", e);
        }
    }

    /// Connects, logs on, and waits for the venue's answer.
    ///
    /// @return why it failed; empty when the session is logged on
    String logOn(Address venue, Duration limit) {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(venue.host(), venue.port()), (int) limit.toMillis());
            session.setResponder(new Wire());
            Thread.ofPlatform().name("fix-read").daemon().start(this::read);
            Thread.ofPlatform().name("fix-write").daemon().start(this::write);
            session.next();
        } catch (IOException e) {
            end();
            return "no connection to the venue: " + e.getMessage();
        }
        if (!events.await(() -> session.isLoggedOn() || closed, limit)) {
            end();
            return "the venue doesn't answer the logon";
        }
        return closed ? "the venue refused the logon: " + events.reason() : "";
    }

    /// Logs out and waits for the venue's answer, or for the closed connection.
    ///
    /// @return whether either came within the limit
    boolean logOut(Duration limit) {
        session.logout();
        tick();
        var confirmed = events.await(() -> closed, limit);
        end();
        return confirmed;
    }

    boolean loggedOn() {
        return !closed && session.isLoggedOn();
    }

    boolean isClosed() {
        return closed;
    }

    FixNumbers numbers() {
        return numbers;
    }

    /// The venue's last words at a logout; empty without any.
    String reason() {
        return events.reason();
    }

    /// Sends one message, if the session is logged on. It never waits for the wire.
    ///
    /// @return whether it was given to the wire; then nobody knows whether it arrives
    boolean send(Message message) {
        return loggedOn() && session.send(message) && !closed;
    }

    /// Heartbeats and time-outs; call it a few times a second.
    void tick() {
        try {
            session.next();
        } catch (IOException e) {
            end();
        }
    }

    private void read() {
        try (var in = socket.getInputStream()) {
            var frames = new FixFrames(in);
            for (var text = frames.next(); text.isPresent(); text = frames.next()) {
                session.next(MessageUtils.parse(session, text.get()));
            }
        } catch (Exception e) {
            // QuickFIX/J declares a dozen ways to refuse a message; each of them ends the
            // connection.
            events.refused(e);
        } finally {
            end();
        }
    }

    private void write() {
        try (var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
            for (var text = outgoing.take(); !text.equals(LAST); text = outgoing.take()) {
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                if (outgoing.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        outgoing.clear();
        outgoing.add(LAST);
        try {
            session.disconnect("the connection ended", false);
            socket.close();
            session.close();
        } catch (IOException e) {
            // It is gone either way.
        }
        events.signal();
        changed.run();
    }

    @Override
    public void close() {
        end();
    }

    /// What QuickFIX/J's session writes to.
    private final class Wire implements Responder {
        @Override
        public boolean send(String data) {
            return !closed && outgoing.offer(data);
        }

        @Override
        public void disconnect() {
            // What waits, such as the answer to a logout, still goes out; the venue then closes.
            if (!outgoing.offer(LAST)) {
                end();
            }
        }

        @Override
        public String getRemoteAddress() {
            return String.valueOf(socket.getRemoteSocketAddress());
        }
    }
}
