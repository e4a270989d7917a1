package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Effect;

/// Performs effects on the outside world. An effect may come twice, and the second time does no harm.
public interface Performer {
    /// Begins to perform, and returns at once. The outcome is told exactly once, from any thread, within the effect's own deadline.
    ///
    /// @param service of which service
    /// @param course the course that intends it; it goes to the service as its change id
    /// @param effect what
    /// @param outcome who is told
    void perform(String service, String course, Effect effect, Outcome outcome);

    /// What came of an effect.
    interface Outcome {
        /// It was done.
        ///
        /// @param detail what came back, such as `pid 4711`
        void confirmed(String detail);

        /// It was not done, or nobody knows whether it was.
        void failed(String reason);
    }
}
