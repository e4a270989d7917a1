package dev.pitcrew.deploy;

import dev.pitcrew.model.SequenceNumbers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What operators do to the whole desk or to a service, besides rollouts.
public sealed interface DeskEvent extends Event {
    /// No change from now on, until it is thawed.
    record Frozen(Instant at, String service, String by, String reason) implements DeskEvent {}

    /// Changes are allowed again.
    record Thawed(Instant at, String service, String by, String reason) implements DeskEvent {}

    /// All order flow of a service was stopped.
    ///
    /// @param spooled whether it was done without the ledger and taken in later
    /// @param result what came of it, in words and numbers
    /// @param kill which kill it is, the same in all that is told of one; empty where nobody said, as in older ledgers
    record Killed(
            Instant at,
            String service,
            String by,
            String reason,
            boolean spooled,
            String result,
            String kill)
            implements DeskEvent {
        /// A kill of which nobody says which it is.
        public Killed(
                Instant at,
                String service,
                String by,
                String reason,
                boolean spooled,
                String result) {
            this(at, service, by, reason, spooled, result, "");
        }

        /// Whether it says which kill it is.
        public boolean hasName() {
            return !kill.isEmpty();
        }
    }

    /// The kill switch was tried without stopping anything.
    record KillTested(Instant at, String service, String by, String result) implements DeskEvent {}

    /// Another person looked at an emergency change.
    record Reassessed(Instant at, String service, String rollout, String by, String finding)
            implements DeskEvent {}

    /// Somebody, or the controller by itself, asked whether the day may begin.
    ///
    /// @param by who asked; empty: the controller, at the deadline
    /// @param ready whether every row that counts is yes
    /// @param sequences the numbers of the FIX sessions, by service, for the next time
    record OpenChecked(
            Instant at,
            String service,
            String by,
            boolean ready,
            List<OpenRow> rows,
            Map<String, SequenceNumbers> sequences)
            implements DeskEvent {
        public OpenChecked {
            rows = List.copyOf(rows);
            sequences = Map.copyOf(sequences);
        }
    }

    /// A rollout was planned with what another environment's ledger proves of its version.
    ///
    /// @param by who asked for it
    record Promoted(Instant at, String service, String rollout, String by, Promotion promotion)
            implements DeskEvent {}

    /// A person was called.
    ///
    /// @param what happened
    /// @param results what came of each alarm; says so when there is none
    record AlarmRaised(Instant at, String service, String what, List<String> results)
            implements DeskEvent {
        public AlarmRaised {
            results = List.copyOf(results);
        }
    }

    /// Somebody is an operator, or has another token than before.
    ///
    /// @param operator his name
    /// @param by who added him, as the one who did says; empty when nobody says
    /// @param key the start of his token's hash, which tells it from another token
    record OperatorAdded(Instant at, String service, String operator, String by, String key)
            implements DeskEvent {}

    /// Somebody is no operator any more.
    record OperatorRemoved(Instant at, String service, String operator) implements DeskEvent {}
}
