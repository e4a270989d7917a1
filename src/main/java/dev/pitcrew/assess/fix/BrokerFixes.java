package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.Within;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.infra.HostGroup;
import dev.pitcrew.model.infra.MessageQueue;
import java.util.List;
import java.util.Map;

/// Fixes of what brokers, failovers and plays are told.
final class BrokerFixes {
    static final Map<String, Fixer> ALL =
            Map.of(
                    "TRD-117",
                            replaced(
                                    "1",
                                    "2",
                                    "A record is acknowledged once two brokers have it; with all but one of them away, writers wait."),
                    "TRD-118", always(BrokerFixes::synchronous),
                    "TRD-119",
                            replaced(
                                    "1",
                                    "2",
                                    "Two Sentinels have to agree that the primary is gone; where there are fewer, it is never taken over."),
                    "TRD-120", always(BrokerFixes::kept),
                    "TRD-121", always(BrokerFixes::oneByOne),
                    "SYS-082",
                            when(
                                    "no inventory lists (\\S+), and (\\S+) is there",
                                    BrokerFixes::listed));

    private BrokerFixes() {}

    private static Fixer replaced(String old, String now, String effect) {
        return always(said -> List.of(Fix.behaviour(effect, new Replace(said.place(), old, now))));
    }

    private static List<Fix> synchronous(Said said) {
        String effect =
                "Only a standby that has every acknowledged commit may take over; a commit waits for one, and with none there for nobody.";
        return List.of(
                Fix.behaviour(effect, new Replace(said.place(), "false", "true")),
                Fix.behaviour(
                        effect,
                        new SetKey(
                                said.place(),
                                Within.FILE,
                                List.of("bootstrap", "dcs", "synchronous_mode"),
                                "true",
                                "")),
                Fix.behaviour(
                        effect,
                        new SetKey(
                                said.place(),
                                Within.FILE,
                                List.of("synchronous_mode"),
                                "true",
                                "")));
    }

    private static List<Fix> kept(Said said) {
        boolean isLost =
                said.all(MessageQueue.class).stream()
                        .anyMatch(one -> one.isDurable().place().equals(said.place()));
        return isLost
                ? List.of(
                        Fix.behaviour(
                                "The queue is there again after a restart; a broker that has it already refuses the change until somebody deletes it.",
                                new Replace(said.place(), "false", "true")))
                : List.of();
    }

    private static List<Fix> oneByOne(Said said) {
        return List.of(
                Fix.behaviour(
                        "The play does one host after the other, and ends at the first that fails; it takes longer.",
                        new SetKey(said.place(), Within.ITEM, List.of("serial"), "1", "tasks")));
    }

    private static List<Fix> listed(Said said) {
        boolean isGroup =
                said.all(HostGroup.class).stream().anyMatch(one -> one.name().equals(said.word(2)));
        return isGroup
                ? List.of(
                        Fix.behaviour(
                                "The play reaches the hosts of %s.".formatted(said.word(2)),
                                new Replace(said.place(), said.word(1), said.word(2))))
                : List.of();
    }
}
