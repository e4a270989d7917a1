package dev.pitcrew.deploy;

import java.time.Duration;

/// What a plan needs before it may start.
///
/// @param rule who has to agree
/// @param delay with [Rule#DELAY]: how long it is announced before it starts; zero otherwise
/// @param expires an approval that is older than this counts no more
/// @param hash SHA-256 in hex over release, system file, environment, strategy, window and base version: what exactly is approved
/// @param isOutOfTheOrdinary whether somebody has to agree by name whatever the rule says: no way back, or a version that failed before
public record ApprovalNeed(
        Rule rule, Duration delay, Duration expires, String hash, boolean isOutOfTheOrdinary) {
    /// Who has to agree.
    public enum Rule {
        /// Another operator than the one who asked.
        TWO_PEOPLE,
        /// Nobody, but it is announced and starts after the delay unless aborted; marked "single operator" for ever.
        DELAY,
        /// Nobody.
        NONE
    }
}
