package desk.venue;

import desk.common.PlainMessages;
import desk.common.SessionLog;
import desk.common.Ticks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import quickfix.ConfigError;
import quickfix.MessageUtils;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionSettings;
import quickfix.SocketAcceptor;
import quickfix.field.ExecID;
import quickfix.field.MsgType;

/// The FIX engine with the venue's sessions, on one port.
final class Acceptor implements AutoCloseable {
    private final SocketAcceptor engine;
    private final Map<SessionID, SessionLog> logs = new HashMap<>();
    private final int port;

    Acceptor(FixGate gate, Sessions sessions, Path folder, int port)
            throws ConfigError, IOException {
        this.port = port;
        var settings = new SessionSettings();
        settings.setString("ConnectionType", "acceptor");
        settings.setString("SocketAcceptAddress", "127.0.0.1");
        settings.setString("SocketAcceptPort", Integer.toString(port));
        settings.setString("SocketTcpNoDelay", "Y");
        settings.setString("SocketReuseAddress", "Y");
        settings.setString("NonStopSession", "Y");
        settings.setString("UseDataDictionary", "N");
        // A silent client is gone after 1.5 heartbeats, not the engine's 2.4; see also the faster
        // tick below.
        settings.setString("HeartBeatTimeoutMultiplier", "0.5");
        settings.setString("TestRequestDelayMultiplier", "0.2");
        for (var id : sessions.ids()) {
            settings.setString(id, "BeginString", id.getBeginString());
            logs.put(id, new SessionLog(folder.resolve("fix-" + id.getTargetCompID() + ".log")));
        }
        engine = new SocketAcceptor(gate, logs::get, settings, sessions, new PlainMessages());
    }

    /// Opens the sessions and the port.
    void start(ScheduledExecutorService scheduler) throws ConfigError {
        engine.start();
        // The engine looks at its sessions once a second, too coarse for heartbeats of one second.
        for (var session : engine.getManagedSessions()) { // one that fails doesn't stop the others
            var tick = Ticks.guarded("session " + session.getSessionID(), () -> tick(session));
            scheduler.scheduleWithFixedDelay(tick, 100, 100, TimeUnit.MILLISECONDS);
        }
    }

    private static void tick(Session session) {
        try {
            session.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /// Ends a session's connection without a word, as a broken network would.
    void cut(SessionID id) throws IOException {
        Session.lookupSession(id).disconnect("cut on demand", false);
    }

    /// @return the last ExecID that the session was given, or 0
    long lastReported(SessionID id) throws IOException {
        var log = logs.get(id);
        for (var number = log.getNextSenderMsgSeqNum() - 1; number > 0; number--) {
            var found = new ArrayList<String>();
            log.get(number, number, found);
            var execId = found.isEmpty() ? 0 : execId(found.getFirst());
            if (execId > 0) {
                return execId;
            }
        }
        return 0;
    }

    /// @return 0 when the message reports no execution
    private static long execId(String text) {
        if (!text.contains("\u000135=" + MsgType.EXECUTION_REPORT + "\u0001")) {
            return 0;
        }
        return Long.parseLong(MessageUtils.getStringField(text, ExecID.FIELD));
    }

    @Override
    public void close() throws IOException {
        engine.stop(true);
        for (var log : logs.values()) {
            log.close();
        }
    }
}
