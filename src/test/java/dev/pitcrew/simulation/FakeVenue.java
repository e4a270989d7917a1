package dev.pitcrew.simulation;

import java.util.HashMap;
import java.util.Map;

/// The venue, apart from the gateway's store: it knows what it received, from whoever was logged on last.
final class FakeVenue {
    private final Map<Integer, Integer> received = new HashMap<>();
    private String session = "";

    /// It takes one session; a newer logon ends an older one.
    void logon(String instance) {
        session = instance;
    }

    void logout(String instance) {
        if (session.equals(instance)) {
            session = "";
        }
    }

    boolean isLoggedOn(String instance) {
        return session.equals(instance);
    }

    /// An order arrives.
    ///
    /// @return whether it was taken; what comes over an ended session is not
    boolean receive(int id, String from) {
        if (!isLoggedOn(from)) {
            return false;
        }
        var times = received.merge(id, 1, Integer::sum);
        Invariant.ONE_FATE.require(times == 1, "order %d was sent %d times", id, times);
        return true;
    }

    boolean knows(int id) {
        return received.containsKey(id);
    }

    /// Orders that rest, by the venue's own account.
    long open() {
        return received.size() / 3L;
    }
}
