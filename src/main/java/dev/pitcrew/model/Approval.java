package dev.pitcrew.model;

import java.time.Duration;

/// Who must agree to a change. Acts that only reduce risk need nobody.
public sealed interface Approval {
    /// Somebody other than the one who asked.
    record TwoPeople() implements Approval {}

    /// Nobody, but it is announced and may be aborted before it happens; marked "single operator" for ever.
    record Delay(Duration duration) implements Approval {
        public Delay {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException("a delay is above zero, got " + duration);
            }
        }
    }

    record None() implements Approval {}
}
