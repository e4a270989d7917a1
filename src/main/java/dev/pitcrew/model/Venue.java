package dev.pitcrew.model;

import java.util.Optional;

/// Where orders go.
///
/// @param protocol such as `FIX.4.4`
/// @param address `host:port` of its order entry
/// @param session the logon it knows us by; it takes one at a time
/// @param cancelOnDisconnect what it does with resting orders when that session ends
/// @param contact whom to call when orders may still live there after a kill
/// @param sequence what it does with the numbers of that session from day to day
public record Venue(
        String name,
        String protocol,
        Template address,
        Session session,
        CancelOnDisconnect cancelOnDisconnect,
        Optional<String> contact,
        SequenceNumbers.Rule sequence) {
    public Venue {
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
                SequenceNumbers.Rule.CONTINUES);
    }

    /// A FIX session's two CompIDs.
    public record Session(String sender, String target) {}
}
