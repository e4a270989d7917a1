package dev.pitcrew.model;

import java.util.List;
import java.util.Optional;

/// Where orders go.
///
/// @param protocol such as `FIX.4.4`
/// @param address `host:port` of its order entry
/// @param session the logon it knows us by; it takes one at a time
/// @param cancelOnDisconnect what it does with resting orders when that session ends
/// @param contact whom to call when orders may still live there after a kill
/// @param sequence what it does with the numbers of that session from day to day
/// @param segments calendars of what is traded there, such as `XNYS`; empty: those that the environment's gate `market` names
public record Venue(
        String name,
        String protocol,
        Template address,
        Session session,
        CancelOnDisconnect cancelOnDisconnect,
        Optional<String> contact,
        SequenceNumbers.Rule sequence,
        List<String> segments) {
    public Venue {
        segments = List.copyOf(segments);
        Words.requireName(name);
    }

    /// One whose sessions' numbers go on from day to day.
    public Venue(
            String name,
            String protocol,
            Template address,
            Session session,
            CancelOnDisconnect cancelOnDisconnect,
            Optional<String> contact) {
        this(
                name,
                protocol,
                address,
                session,
                cancelOnDisconnect,
                contact,
                SequenceNumbers.Rule.CONTINUES,
                List.of());
    }

    /// A FIX session's two CompIDs.
    public record Session(String sender, String target) {}
}
