package dev.pitcrew.deploy;

import dev.pitcrew.model.Token;
import java.time.Instant;
import java.util.Set;

/// What happens to a service that is kept as it was approved.
public sealed interface KeepEvent extends Event {
    /// An instance is gone that nobody ended.
    ///
    /// @param instance which
    /// @param reason what was seen
    record InstanceLost(Instant at, String service, String instance, String reason)
            implements KeepEvent {}

    /// An instance that was to be taken over is none, and goes on as it runs; it is nobody's here.
    ///
    /// @param instance which
    /// @param reason why it is not kept
    record InstanceLeft(Instant at, String service, String instance, String reason)
            implements KeepEvent {}

    /// An instance that is taken over knows of an activation token that was not given out from here. Nothing older is used from now on.
    ///
    /// @param token the highest that it knows of
    record TokenFound(Instant at, String service, String instance, Token token)
            implements KeepEvent {}

    /// The keeper begins to mend something.
    ///
    /// @param course how
    /// @param purpose what for
    /// @param reason what was seen
    record MendBegun(Instant at, String service, Course course, Purpose purpose, String reason)
            implements KeepEvent {}

    /// What the keeper takes a course for.
    enum Purpose {
        /// An active instance is lost; another takes its place.
        FAILOVER,
        /// One more instance is needed.
        FILL,
        /// An instance hangs or is not what was approved, so it counts as lost and ends.
        REPLACE,
        /// An instance is one too many.
        RETIRE,
        /// New orders are held, or go elsewhere than the active instances, and nobody is left to see to it.
        LET_GO,
        /// A person is needed: until then nothing may send.
        HALT
    }

    /// It is mended, or it was tried.
    ///
    /// @param course which
    /// @param reason why it was given up; empty when it is mended
    record MendEnded(Instant at, String service, String course, String reason)
            implements KeepEvent {}

    /// The keeper does nothing more for this service before a person has looked.
    ///
    /// @param name what it is stuck in, such as `fence not confirmed`
    /// @param reason what was seen
    /// @param next what the person has to do
    record WentStuck(Instant at, String service, String name, String reason, String next)
            implements KeepEvent {
        /// Stuck in this, nothing is started any more, while what is active goes on, and a ready standby takes over from it.
        public static final String RESTARTS = "restarts";

        /// Stuck in this, new orders may go to nobody who takes them; who is active is not in doubt, so all is as with [#RESTARTS].
        public static final String TRAFFIC = "traffic";

        static final Set<String> SENDING_ON = Set.of(RESTARTS, TRAFFIC);

        boolean isSendingOn() {
            return SENDING_ON.contains(name);
        }
    }

    /// A person has looked, and the keeper goes on.
    record Cleared(Instant at, String service, String by, String reason) implements KeepEvent {}
}
