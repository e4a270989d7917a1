package dev.pitcrew.server;

import dev.pitcrew.app.Promotions;
import dev.pitcrew.deploy.DeskEvent.Promoted;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Plan;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.Promotion;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.RolloutEvent.Planned;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Versions that move on: their evidence is taken out of the ledger here, or checked here before a change is planned with it.
final class PromotionActs {
    private final Room room;

    PromotionActs(Room room) {
        this.room = room;
    }

    /// What the version that serves here brings along.
    Promotion evidence(Service service) {
        return Promotions.of(room.ledger(), room.environment().name(), service.name());
    }

    /// What would be planned, with nothing appended.
    Plan plan(Asked asked, String by, Service service) {
        var facts = room.facts().get();
        var intents = new Intents(room.loop().desk(), facts.at(), by, asked.reasonOrEmpty());
        return Acts.planOf(intent(asked, service).apply(intents));
    }

    /// A change to the promoted version. Its proofs are checked before anybody is asked.
    ///
    /// @throws IllegalArgumentException when it may not move on
    Function<Intents, List<Event>> intent(Asked asked, Service service) {
        var promotion = needed(asked);
        var follows = follows();
        if (!promotion.environment().equals(follows)) {
            throw new IllegalArgumentException(
                    "%s follows %s, and this comes from %s"
                            .formatted(
                                    room.environment().name(), follows, promotion.environment()));
        }
        Promotions.knownKey(room.ledger(), follows)
                .filter(key -> !key.equals(promotion.key()))
                .ifPresent(
                        key -> {
                            throw new IllegalArgumentException(
                                    "the ledger of %s was known by the key %s, and this one has %s; find out which is right"
                                            .formatted(follows, key, promotion.key()));
                        });
        var merits = Promotions.proved(promotion);
        Release release =
                room.releases().apply(service, new Version(merits.planned().plan().to().version()));
        merits.objection(service.name(), release, follows)
                .ifPresent(
                        why -> {
                            throw new IllegalArgumentException(why);
                        });
        var planner =
                new Planner(room.system(), room.environment(), room.facts().get())
                        .promoting(merits.sentence(follows, promotion.key()));
        var outside = room.beside(service);
        return intents -> {
            var events =
                    new ArrayList<>(
                            intents.deploy(planner, service, release, outside, asked.overridden()));
            for (var event : List.copyOf(events)) {
                if (event instanceof Planned planned) {
                    events.add(
                            new Promoted(
                                    planned.at(),
                                    service.name(),
                                    planned.rollout(),
                                    intents.by(),
                                    promotion));
                }
            }
            return List.copyOf(events);
        };
    }

    private static Promotion needed(Asked asked) {
        var promotion = asked.promotion();
        if (promotion == null) {
            throw new Refusal(400, "incomplete", "the request brings no promotion", "");
        }
        return promotion;
    }

    private String follows() {
        return room.environment()
                .follows()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s follows no environment; name the one before it in pitcrew.yaml, such as `follows: paper`"
                                                .formatted(room.environment().name())));
    }
}
