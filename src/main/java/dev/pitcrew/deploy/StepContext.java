package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Move.Failed;
import dev.pitcrew.deploy.Move.Perform;
import dev.pitcrew.deploy.Move.Taken;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What every step looks at, and what several of them do: a fact that is new enough, and an effect that is confirmed.
record StepContext(Course course, Situation situation) {
    Service service() {
        return situation.service();
    }

    Instant now() {
        return situation.facts().at();
    }

    /// Performs the effect until it is confirmed, and then is taken.
    Move until(Effect effect, String evidence) {
        return until(effect, _ -> new Taken(evidence.isEmpty() ? effect.toString() : evidence));
    }

    /// Performs the effect until it is confirmed, and then asks what was seen since.
    Move until(Effect effect, Function<Instant, Move> since) {
        return course.last()
                .filter(Course.Try::isConfirmed)
                .flatMap(Course.Try::endedAt)
                .map(since)
                .orElseGet(() -> new Perform(effect));
    }

    boolean has(ProbeName probe) {
        return service().probe(probe).isPresent();
    }

    /// What was counted since; where orders are entered unknown is never none, elsewhere there may be nothing to count.
    Optional<Long> count(ProbeName probe, Observed<Long> fact, Instant instant) {
        return has(probe) || service().role() == Role.ORDER_ENTRY
                ? since(fact, instant)
                : Optional.of(0L);
    }

    boolean hasFence(Fence fence) {
        return service().singleActive().filter(one -> one.fences().contains(fence)).isPresent();
    }

    boolean isActive(String instance) {
        return situation.roster().active().equals(Optional.of(instance));
    }

    boolean isHalfOver() {
        Duration half = course.step().limit().dividedBy(2);
        return now().isAfter(course.since().plus(half));
    }

    <T> Optional<T> known(Observed<T> fact) {
        return fact.known(now(), service().probes().limit());
    }

    <T> Optional<T> since(Observed<T> fact, Instant instant) {
        return fact.knownSince(instant, now(), service().probes().limit());
    }

    static String evidence(List<Move> taken) {
        return taken.stream()
                .map(one -> ((Taken) one).evidence())
                .distinct() // a verdict is about all of them
                .collect(Collectors.joining("; "));
    }

    static Move nobody() {
        return new Failed("there is nobody to take over");
    }

    static Move nothingToDo() {
        return new Taken("there is nobody before");
    }
}
