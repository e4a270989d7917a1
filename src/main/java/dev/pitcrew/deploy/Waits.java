package dev.pitcrew.deploy;

import java.time.Duration;
import java.util.List;

/// What a rollout waits for, in words for a person. Pure, from the same decision that the decider takes.
public final class Waits {
    private Waits() {}

    /// @return empty when it waits for nothing
    public static String reason(Rollout rollout, Situation situation) {
        return switch (rollout) {
            case Rollout.Waiting waiting -> approval(waiting, situation);
            case Rollout.Going going -> course(going.course(), situation);
            case Rollout.Returning returning -> course(returning.course(), situation);
            case Rollout.Over _ -> "";
        };
    }

    /// What the gates say at which a rollout stands now; empty while it stands at none.
    public static List<Gate.Evidence> gates(Rollout rollout, Situation situation) {
        return switch (rollout) {
            case Rollout.Waiting waiting ->
                    waiting.plan().approval().judge(waiting, situation.facts().at());
            case Rollout.Going going -> gates(going.course(), situation);
            case Rollout.Returning returning -> gates(returning.course(), situation);
            case Rollout.Over _ -> List.of();
        };
    }

    private static List<Gate.Evidence> gates(Course course, Situation situation) {
        return course.isUnderway() && course.step() instanceof Step.Check check
                ? Steps.evidence(course, check, situation)
                : List.of();
    }

    /// What a course waits for.
    public static String course(Course course, Situation situation) {
        if (!course.isUnderway()) {
            return "";
        }
        if (course.outstanding().isPresent()) {
            return "the outcome of " + course.step().name();
        }
        if (course.step() instanceof Step.Check check) {
            return Steps.shut(course, check, situation);
        }
        return switch (Steps.move(course, situation)) {
            case Move.Wait(var reason) -> reason;
            case Move.Ask(var whom) -> whom;
            case Move.Taken _, Move.Failed _, Move.Perform _, Move.Note _ -> "";
        };
    }

    private static String approval(Rollout.Waiting waiting, Situation situation) {
        var need = waiting.plan().approval();
        if (waiting.consent().isEmpty()
                && need.isOutOfTheOrdinary()
                && need.rule() != ApprovalNeed.Rule.TWO_PEOPLE) {
            return "an approval that names it: " + Words.brief(need.hash());
        }
        return switch (need.rule()) {
            case TWO_PEOPLE ->
                    "the approval of another operator than %s: %s"
                            .formatted(waiting.by(), Words.brief(need.hash()));
            case DELAY -> {
                var left =
                        Duration.between(
                                situation.facts().at(), waiting.since().plus(need.delay()));
                yield left.isPositive()
                        ? "its delay, %d s more".formatted(left.toSeconds() + 1)
                        : "";
            }
            case NONE ->
                    situation.keep().mend().isPresent()
                            ? "the keeper, which mends something first"
                            : "";
        };
    }
}
