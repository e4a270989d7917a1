package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.util.List;

/// How the traffic of one service stands.
///
/// @param service its name
/// @param front where clients connect
/// @param mode what happens to a new request
/// @param targets where requests go, or will go once released; the canaries last
/// @param held requests parked now
/// @param inFlight requests sent to a target and not answered yet; 0 while holding means drained
/// @param leaving of these, how many are with an instance to which no new ones go
/// @param connections open connections of clients
/// @param generation grows by one with each change of mode or targets; survives a restart
public record TrafficState(
        String service,
        Address front,
        Mode mode,
        List<Address> targets,
        int held,
        int inFlight,
        int leaving,
        int connections,
        long generation) {
    public TrafficState {
        targets = List.copyOf(targets);
    }

    /// What happens to a new request.
    public enum Mode {
        /// It goes to a target.
        OPEN,
        /// It waits, up to the hold's limit.
        HOLD,
        /// It is refused with 503: there is no target and no hold.
        CLOSED
    }
}
