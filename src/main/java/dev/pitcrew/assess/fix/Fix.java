package dev.pitcrew.assess.fix;

import java.util.List;

/// One way to mend a finding.
///
/// @param effect what it changes at run time, in one sentence with its full stop
/// @param reach whether it could change what trades
/// @param changes at least one; they belong together
public record Fix(String effect, Reach reach, List<Change> changes) {
    /// How far a fix reaches.
    public enum Reach {
        /// What trades stays as it is.
        SAFE,
        /// It could change what trades, or who reaches it: somebody has to want it.
        BEHAVIOUR
    }

    public Fix {
        changes = List.copyOf(changes);
        if (changes.isEmpty() || !effect.endsWith(".")) {
            throw new IllegalArgumentException("a fix changes something and says what: " + effect);
        }
    }

    static Fix safe(String effect, Change... changes) {
        return new Fix(effect, Reach.SAFE, List.of(changes));
    }

    static Fix behaviour(String effect, Change... changes) {
        return new Fix(effect, Reach.BEHAVIOUR, List.of(changes));
    }
}
