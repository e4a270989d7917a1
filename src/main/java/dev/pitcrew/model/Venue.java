package dev.pitcrew.model;

import java.util.Optional;

/// Where orders go.
///
/// @param protocol such as `FIX.4.4`
/// @param address `host:port` of its order entry
/// @param session the logon it knows us by; it takes one at a time
/// @param cancelOnDisconnect what it does with resting orders when that session ends
/// @param contact whom to call when orders may still live there after a kill
public record Venue(
        String name,
        String protocol,
        Template address,
        Session session,
        CancelOnDisconnect cancelOnDisconnect,
        Optional<String> contact) {
    public Venue {
        Words.requireName(name);
    }

    /// A FIX session's two CompIDs.
    public record Session(String sender, String target) {}
}
