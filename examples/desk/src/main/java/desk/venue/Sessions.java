package desk.venue;

import desk.common.JsonLines;
import desk.common.SilentLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import quickfix.Log;
import quickfix.LogFactory;
import quickfix.SessionID;

/// Who is logged on, and everything that happened to sessions, in `sessions.jsonl`.
final class Sessions implements LogFactory, AutoCloseable {
    static final String VENUE = "SIMX";

    /// A line of `sessions.jsonl`.
    ///
    /// @param why the engine's words; null when there is nothing to add
    record SessionEvent(String at, String compId, Event event, String why, long atNanos) {}

    /// What happened to a session.
    enum Event {
        LOGON,
        REFUSED,
        LOGOUT,
        DISCONNECT
    }

    private final JsonLines file;
    private final Map<String, SessionID> ids = new TreeMap<>();
    private final Set<String> loggedOn = ConcurrentHashMap.newKeySet();
    private final Set<String> saidLogout = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> refusedSecond = new ConcurrentHashMap<>();
    private volatile Consumer<String> whenGone = _ -> {};

    Sessions(Path folder, Set<String> compIds) throws IOException {
        file = JsonLines.open(folder.resolve("sessions.jsonl"));
        for (var compId : compIds) {
            ids.put(compId, new SessionID("FIX.4.4", VENUE, compId));
        }
    }

    /// @param act given the CompID after its connection ended; called on the engine's thread and must not block
    void whenGone(Consumer<String> act) {
        whenGone = act;
    }

    /// @throws IllegalArgumentException when the venue has no such session
    SessionID id(String compId) {
        var id = ids.get(compId);
        if (id == null) {
            throw new IllegalArgumentException("no session for " + compId);
        }
        return id;
    }

    /// Whether it is a FIX session, and not an account of the REST API.
    boolean has(String compId) {
        return ids.containsKey(compId);
    }

    Set<SessionID> ids() {
        return Set.copyOf(ids.values());
    }

    boolean isLoggedOn(String compId) {
        return loggedOn.contains(compId);
    }

    Set<String> loggedOn() {
        return new TreeSet<>(loggedOn);
    }

    /// @return second logons refused since start, over all CompIDs
    long refusedSecond() {
        return refusedSecond.values().stream().mapToLong(Long::longValue).sum();
    }

    void loggedOn(String compId) {
        saidLogout.remove(compId);
        loggedOn.add(compId);
        note(compId, Event.LOGON, null);
    }

    void saidLogout(String compId) {
        saidLogout.add(compId);
    }

    void gone(String compId) {
        loggedOn.remove(compId);
        note(compId, saidLogout.remove(compId) ? Event.LOGOUT : Event.DISCONNECT, null);
        whenGone.accept(compId);
    }

    void refused(String compId, String why) {
        note(compId, Event.REFUSED, why);
    }

    private void note(String compId, Event event, String why) {
        file.append(
                new SessionEvent(Instant.now().toString(), compId, event, why, System.nanoTime()));
    }

    /// The engine refuses a second logon before any callback, and only its log tells.
    @Override
    public Log create(SessionID session) {
        return new SilentLog() {
            @Override
            public void onErrorEvent(String text) {
                if (text.startsWith("Multiple logons")) {
                    refusedSecond.merge(session.getTargetCompID(), 1L, Long::sum);
                    refused(session.getTargetCompID(), text);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
