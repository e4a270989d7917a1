package dev.pitcrew.deploy;

import dev.pitcrew.deploy.JudgeEvent.BaselineTaken;
import dev.pitcrew.deploy.JudgeEvent.JudgingBegun;
import dev.pitcrew.deploy.JudgeEvent.Looked;
import dev.pitcrew.deploy.JudgeEvent.PersonAsked;
import java.util.Optional;

/// How far the judging of a course is.
///
/// @param baseline the old version's past
/// @param begun from where on the step underway counts
/// @param asked when a person was asked about the step underway
/// @param looked the look that was noted last of the step underway
/// @param keptBy who has answered that it stays
record Judged(
        Optional<BaselineTaken> baseline,
        Optional<JudgingBegun> begun,
        Optional<PersonAsked> asked,
        Optional<Looked> looked,
        Optional<String> keptBy) {
    static final Judged NOTHING =
            new Judged(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    Judged after(JudgeEvent event) {
        return switch (event) {
            case BaselineTaken one -> new Judged(Optional.of(one), begun, asked, looked, keptBy);
            case JudgingBegun one -> new Judged(baseline, Optional.of(one), asked, looked, keptBy);
            case PersonAsked one -> new Judged(baseline, begun, Optional.of(one), looked, keptBy);
            case Looked one -> new Judged(baseline, begun, asked, Optional.of(one), keptBy);
        };
    }

    Judged keptBy(String operator) {
        return new Judged(baseline, begun, asked, looked, Optional.of(operator));
    }

    /// For the next step: the old version's past stays what it was.
    Judged ofNextStep() {
        return new Judged(
                baseline, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
