package dev.pitcrew.simulation;

/// Something happened that must not.
public final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    final Invariant invariant;

    InvariantBroken(Invariant invariant, String message) {
        super(message.startsWith(invariant + ": ") ? message : invariant + ": " + message);
        this.invariant = invariant;
    }
}
