package dev.pitcrew.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A death of the controller: in which story, and when.
///
/// @param times how often it dies: the second time as soon as the next controller answers
record Death(Story story, Moment moment, int times) {

    /// What goes on while the controller dies.
    enum Story {
        /// A good version takes over.
        HANDOFF("gateway", "rollout.finished"),
        /// A version takes over whose first activation fails.
        HANDOFF_WITH_A_HITCH("gateway", "rollout.finished"),
        /// A version ends before it is ready.
        REFUSAL("gateway", "rollout.finished"),
        /// A version dies once it serves.
        ROLLBACK("gateway", "rollout.finished"),
        /// An operator ends a handoff.
        ABORT("gateway", "rollout.finished"),
        /// The active instance dies and a standby takes over.
        FAILOVER("gateway", "keep.mend-ended"),
        /// The active instance of a service dies that waits for a person.
        PERSON("person", "keep.cleared"),
        /// Changes are forbidden, and allowed again.
        FREEZE("gateway", "desk.thawed"),
        /// Order flow is killed, and armed again.
        KILL("gateway", "rollout.finished"),
        /// The kill switch is tried.
        KILL_TEST("gateway", "desk.kill-tested"),
        /// What is judged shows too little, and a person keeps it.
        JUDGED("judged", "rollout.finished"),
        /// Somebody asks whether the day may begin.
        START_OF_DAY("books", "desk.open-checked"),
        /// It may not begin at the deadline, and somebody is called.
        DEADLINE("books", "desk.alarm-raised"),
        /// Somebody becomes an operator, and is none any more.
        OPERATORS("books", "desk.operator-removed"),
        /// One person takes a change on himself, and another looks at it later.
        EMERGENCY("books", "desk.reassessed");

        private final String service;
        private final String end;

        Story(String service, String end) {
            this.service = service;
            this.end = end;
        }

        /// The service that it is about.
        String service() {
            return service;
        }

        /// The kind of entry without which it is not over.
        String end() {
            return end;
        }
    }

    /// Where an entry of a kind may be met.
    ///
    /// @param most how many of them the story has at least
    private record Occasion(Story story, String kind, int most) {}

    private static final List<Occasion> OCCASIONS =
            List.of(
                    new Occasion(Story.HANDOFF, "rollout.planned", 1),
                    new Occasion(Story.KILL, "rollout.planned", 1),
                    new Occasion(Story.HANDOFF, "rollout.approved", 1),
                    new Occasion(Story.EMERGENCY, "rollout.approved", 1),
                    new Occasion(Story.HANDOFF, "rollout.started", 1),
                    new Occasion(Story.HANDOFF, "effect.intended", 5),
                    new Occasion(Story.FAILOVER, "effect.intended", 4),
                    new Occasion(Story.HANDOFF, "effect.confirmed", 5),
                    new Occasion(Story.FAILOVER, "effect.confirmed", 3),
                    new Occasion(Story.HANDOFF_WITH_A_HITCH, "effect.failed", 1),
                    new Occasion(Story.HANDOFF, "step.taken", 9),
                    new Occasion(Story.FAILOVER, "step.taken", 7),
                    new Occasion(Story.REFUSAL, "step.failed", 1),
                    new Occasion(Story.HANDOFF, "rollout.finished", 1),
                    new Occasion(Story.REFUSAL, "rollout.finished", 1),
                    new Occasion(Story.ROLLBACK, "rollout.turned-back", 1),
                    new Occasion(Story.ABORT, "rollout.abort-asked", 1),
                    new Occasion(Story.FAILOVER, "keep.mend-begun", 1),
                    new Occasion(Story.FAILOVER, "keep.mend-ended", 1),
                    new Occasion(Story.FAILOVER, "keep.instance-lost", 1),
                    new Occasion(Story.PERSON, "keep.went-stuck", 1),
                    new Occasion(Story.PERSON, "keep.cleared", 1),
                    new Occasion(Story.FREEZE, "desk.frozen", 1),
                    new Occasion(Story.FREEZE, "desk.thawed", 1),
                    new Occasion(Story.KILL, "desk.killed", 1),
                    new Occasion(Story.KILL_TEST, "desk.kill-tested", 1),
                    new Occasion(Story.OPERATORS, "desk.operator-added", 1),
                    new Occasion(Story.OPERATORS, "desk.operator-removed", 1),
                    new Occasion(Story.EMERGENCY, "desk.reassessed", 1),
                    new Occasion(Story.JUDGED, "judge.baseline-taken", 1),
                    new Occasion(Story.JUDGED, "judge.begun", 1),
                    new Occasion(Story.JUDGED, "judge.looked", 1),
                    new Occasion(Story.JUDGED, "judge.person-asked", 1),
                    new Occasion(Story.JUDGED, "rollout.kept", 1),
                    new Occasion(Story.START_OF_DAY, "desk.open-checked", 1),
                    new Occasion(Story.DEADLINE, "desk.alarm-raised", 1));

    /// Kinds of which no story of a real controller tells: a promotion takes a second environment, with a ledger and a controller of its own, and
    /// its entry comes in one append with a plan, after which controllers die here. `OpenVerbTest` has it. What runs already is taken over in
    /// containers alone: `TakeOverOnDockerTest` kills the controller after it.
    static final Set<String> UNTOLD =
            Set.of("desk.promoted", "keep.instance-left", "keep.token-found");

    /// One for each kind of entry that there is, but those that are untold.
    ///
    /// @param random in which story, after which one of its kind, how often, and in which order
    static List<Death> ofEachKind(Random random) {
        var byKind = new TreeMap<String, List<Occasion>>();
        OCCASIONS.forEach(
                one -> byKind.computeIfAbsent(one.kind(), _ -> new ArrayList<>()).add(one));
        var deaths = new ArrayList<Death>();
        for (var occasions : byKind.values()) {
            var one = occasions.get(random.nextInt(occasions.size()));
            var moment = new Moment.Written(one.kind(), 1 + random.nextInt(one.most()));
            deaths.add(new Death(one.story(), moment, random.nextInt(5) == 0 ? 2 : 1));
        }
        Collections.shuffle(deaths, random);
        return deaths;
    }

    /// Whether its story needs nothing but the desk that all stories need; the others are for whoever has the time.
    boolean isQuick() {
        return switch (story) {
            case JUDGED, START_OF_DAY, DEADLINE -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return story + " after " + moment + (times > 1 ? ", " + times + " times" : "");
    }
}
