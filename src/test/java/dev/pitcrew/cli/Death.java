package dev.pitcrew.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A death of the controller: in which story, and after which entry of the ledger.
///
/// @param type of the entry
/// @param nth which one of that type, counted from the beginning of the story
/// @param times how often it dies: the second time as soon as the next controller answers
record Death(Story story, String type, int nth, int times) {

    /// What goes on while the controller dies.
    enum Story {
        /// A good version takes over.
        HANDOFF,
        /// A version takes over whose first activation fails.
        HANDOFF_WITH_A_HITCH,
        /// A version ends before it is ready.
        REFUSAL,
        /// A version dies once it serves.
        ROLLBACK,
        /// An operator ends a handoff.
        ABORT,
        /// The active instance dies and a standby takes over.
        FAILOVER,
        /// The active instance of a service dies that waits for a person.
        PERSON
    }

    /// One of each kind that a change or a failure writes.
    ///
    /// @param random which one of a kind that comes often, and how often it dies
    static List<Death> all(Random random) {
        return List.of(
                of(Story.HANDOFF, "rollout.planned@2", 1, random),
                of(Story.HANDOFF, "rollout.approved@1", 1, random),
                of(Story.HANDOFF, "rollout.started@2", 1, random),
                of(Story.HANDOFF, "effect.intended@2", 5, random),
                of(Story.HANDOFF, "effect.confirmed@2", 5, random),
                of(Story.HANDOFF, "step.taken@1", 9, random),
                of(Story.HANDOFF, "rollout.finished@1", 1, random),
                of(Story.HANDOFF_WITH_A_HITCH, "effect.failed@2", 1, random),
                of(Story.REFUSAL, "step.failed@1", 1, random),
                of(Story.ROLLBACK, "rollout.turned-back@1", 1, random),
                of(Story.ABORT, "rollout.abort-asked@1", 1, random),
                of(Story.FAILOVER, "keep.mend-begun@2", 1, random),
                of(Story.FAILOVER, "effect.intended@2", 4, random),
                of(Story.FAILOVER, "step.taken@1", 7, random),
                of(Story.FAILOVER, "keep.mend-ended@1", 1, random),
                of(Story.FAILOVER, "keep.instance-lost@1", 1, random),
                of(Story.PERSON, "keep.went-stuck@1", 1, random),
                of(Story.PERSON, "keep.cleared@1", 1, random));
    }

    private static Death of(Story story, String type, int most, Random random) {
        return new Death(story, type, 1 + random.nextInt(most), 1 + random.nextInt(2));
    }

    /// Some of them, the same for the same seed.
    static List<Death> some(int count, Random random) {
        var deaths = new ArrayList<>(all(random));
        deaths.removeIf(one -> one.story() == Story.PERSON); // it needs a desk that never had it
        Collections.shuffle(deaths, random);
        return deaths.subList(0, count);
    }
}
