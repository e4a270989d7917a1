package dev.pitcrew.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A death of the controller: in which story, and after which entry of the ledger.
///
/// @param type of the entry
/// @param nth which one of that type, counted from the beginning of the story
record Death(Story story, String type, int nth) {

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
    static List<Death> all(Random random) {
        return List.of(
                new Death(Story.HANDOFF, "rollout.planned@1", 1),
                new Death(Story.HANDOFF, "rollout.approved@1", 1),
                new Death(Story.HANDOFF, "rollout.started@1", 1),
                new Death(Story.HANDOFF, "effect.intended@1", 1 + random.nextInt(5)),
                new Death(Story.HANDOFF, "effect.confirmed@1", 1 + random.nextInt(5)),
                new Death(Story.HANDOFF, "step.taken@1", 1 + random.nextInt(9)),
                new Death(Story.HANDOFF, "rollout.finished@1", 1),
                new Death(Story.HANDOFF_WITH_A_HITCH, "effect.failed@1", 1),
                new Death(Story.REFUSAL, "step.failed@1", 1),
                new Death(Story.ROLLBACK, "rollout.turned-back@1", 1),
                new Death(Story.ABORT, "rollout.abort-asked@1", 1),
                new Death(Story.FAILOVER, "keep.mend-begun@1", 1),
                new Death(Story.FAILOVER, "effect.intended@1", 1 + random.nextInt(4)),
                new Death(Story.FAILOVER, "step.taken@1", 1 + random.nextInt(7)),
                new Death(Story.FAILOVER, "keep.mend-ended@1", 1),
                new Death(Story.FAILOVER, "keep.instance-lost@1", 1),
                new Death(Story.PERSON, "keep.went-stuck@1", 1),
                new Death(Story.PERSON, "keep.cleared@1", 1));
    }

    /// Some of them, the same for the same seed.
    static List<Death> some(int count, Random random) {
        var deaths = new ArrayList<>(all(random));
        deaths.removeIf(one -> one.story() == Story.PERSON); // it needs a desk that never had it
        Collections.shuffle(deaths, random);
        return deaths.subList(0, count);
    }
}
