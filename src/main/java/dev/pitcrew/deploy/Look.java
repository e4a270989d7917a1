package dev.pitcrew.deploy;

import dev.pitcrew.deploy.KeepEvent.InstanceLost;
import dev.pitcrew.deploy.KeepEvent.MendBegun;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.deploy.KeepEvent.WentStuck;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StrategyName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One look at a service: the first thing that is not as it should be, the most urgent first.
///
/// @param approved what all instances should run
/// @param isRolling whether a rollout is underway
/// @param coming what it leads to, where that is at work beside what is approved
/// @param busy whoever is its business
record Look(
        Keep keep,
        Release approved,
        boolean isRolling,
        Optional<Release> coming,
        Set<String> busy,
        Situation situation) {
    private static final Duration BACK_OFF = Duration.ofMillis(500);

    Optional<Event> first() {
        if (keep.isHalted()) {
            return halt();
        }
        if (keep.approved().isEmpty()) {
            return Optional.empty();
        }
        if (keep.stuck().isPresent()) {
            return active().or(this::traffic);
        }
        return active().or(this::traffic)
                .or(this::lost)
                .or(() -> isBackOffOver(keep.losses().instances()) ? others() : Optional.empty());
    }

    /// Stops what may still send, then new orders; by what only reduces risk, and without waiting for anybody.
    private Optional<Event> halt() {
        var halt = new Halting(keep, situation);
        return halt.sender()
                .map(
                        one ->
                                begin(
                                        Optional.of(one),
                                        Optional.empty(),
                                        Strategies.silence(),
                                        Purpose.HALT,
                                        one + " may still send, and a person is needed"))
                .or(
                        () ->
                                halt.isToHold()
                                        ? Optional.of(
                                                begin(
                                                        Optional.empty(),
                                                        Optional.empty(),
                                                        Strategies.hold(service()),
                                                        Purpose.HALT,
                                                        "new orders come in, and a person is needed"))
                                        : Optional.empty());
    }

    private Optional<Event> active() {
        var single = service().singleActive();
        if (single.isEmpty()) {
            return Optional.empty();
        }
        var active = situation.roster().active();
        if (active.isEmpty()) {
            return isRolling
                    ? Optional.empty()
                    : Optional.of(failover(Optional.empty(), "nobody is active"));
        }
        var reason = trouble(active.get()).or(() -> lapse(active.get()));
        if (reason.isEmpty()) {
            return Optional.empty();
        }
        if (single.get().onFailure() == OnFailure.PERSON) {
            return Optional.of(stuck("active lost", reason.get()));
        }
        if (within(keep.losses().failovers(), single.get().twiceWithin()) > 0) {
            return Optional.of(
                    stuck(
                            "lost twice",
                            reason.get()
                                    + ", the second within "
                                    + Words.of(single.get().twiceWithin())));
        }
        return Optional.of(failover(active, reason.get()));
    }

    private Optional<String> trouble(String instance) {
        if (situation.isGone(instance)) {
            return Optional.of(instance + " died");
        }
        return situation.hangs(instance)
                ? Optional.of(instance + " does not answer")
                : Optional.empty();
    }

    private Optional<String> lapse(String active) {
        return situation.hasLapsed(active)
                ? Optional.of(active + " says that it is passive, and nobody told it to be")
                : Optional.empty();
    }

    private Event failover(Optional<String> from, String reason) {
        var standby =
                service().singleActive().get().onFailure() == OnFailure.STANDBY
                        ? situation
                                .roster()
                                .running(approved)
                                .filter(
                                        one ->
                                                !from.equals(Optional.of(one))
                                                        && trouble(one).isEmpty()
                                                        && situation.isReady(one))
                                .findFirst()
                        : Optional.<String>empty();
        // Too many were lost to start another one; but one that is ready loses nothing.
        return keep.stuck().isPresent() && standby.isEmpty()
                ? stuck("active lost", reason + ", and no standby is ready")
                : begin(from, standby, Strategies.failover(service()), Purpose.FAILOVER, reason);
    }

    private Optional<Event> lost() {
        for (var one : passive()) {
            if (situation.isGone(one)) {
                return Optional.of(new InstanceLost(at(), service().name(), one, one + " died"));
            }
        }
        return isTooMany(keep.losses().instances()) ? Optional.of(tooMany()) : Optional.empty();
    }

    private Event tooMany() {
        var losses = within(keep.losses().instances(), service().restarts().within());
        return stuck(WentStuck.RESTARTS, Words.count(losses, "instance") + " lost" + limits());
    }

    private boolean isTooMany(List<Instant> times) {
        return within(times, service().restarts().within()) > service().restarts().limit();
    }

    private String limits() {
        var limit = service().restarts();
        return " within %s, the limit is %d".formatted(Words.of(limit.within()), limit.limit());
    }

    /// What the balancer was told late, after whoever told it had given up, or by somebody else: nobody else would see to it.
    private Optional<Event> traffic() {
        var astray = new Astray(approved, situation);
        var reason = isRolling ? Optional.<String>empty() : astray.reason();
        var to = reason.isEmpty() ? Optional.<String>empty() : astray.taker();
        if (reason.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        var times = keep.losses().traffic();
        if (!isTooMany(times)) {
            return isBackOffOver(times) ? Optional.of(letGo(to, reason.get())) : Optional.empty();
        }
        var again = reason.get() + ", again and again" + limits();
        return keep.stuck().isPresent()
                ? Optional.empty()
                : Optional.of(stuck(WentStuck.TRAFFIC, again));
    }

    private Event letGo(Optional<String> to, String reason) {
        return begin(Optional.empty(), to, Strategies.letGo(service()), Purpose.LET_GO, reason);
    }

    private Optional<Event> others() {
        return hung().or(() -> isRolling ? missing() : unfit().or(this::number));
    }

    /// Nothing is lost while a standby does not answer, so it gets the time that a start may take.
    private Optional<Event> hung() {
        for (var one : passive()) {
            if (situation.hangs(one, service().rollout().readyLimit())) {
                return Optional.of(retire(one, Purpose.REPLACE, one + " does not answer"));
            }
        }
        return Optional.empty();
    }

    /// A standby that is not what was approved could never take over. What has no standby is replaced first and ended then.
    private Optional<Event> unfit() {
        if (service().singleActive().isEmpty()) {
            return Optional.empty();
        }
        for (var one : passive()) {
            var mismatch = isApproved(one) ? mismatch(one) : Optional.<String>empty();
            if (mismatch.isPresent()) {
                return Optional.of(retire(one, Purpose.REPLACE, one + " " + mismatch.get()));
            }
        }
        return Optional.empty();
    }

    private boolean isApproved(String instance) {
        return situation.roster().versionOf(instance).equals(Optional.of(approved.version()));
    }

    private Optional<String> mismatch(String instance) {
        return Uniformity.mismatch(approved, situation.of(instance));
    }

    /// What a change of many lost is replaced by what is approved, as long as old and new are fewer than there shall be.
    private Optional<Event> missing() {
        if (coming.isEmpty() || keep.approved().isEmpty()) {
            return Optional.empty();
        }
        var running =
                Stream.concat(
                                situation.roster().running(approved),
                                situation.roster().running(coming.get()))
                        .filter(one -> !situation.isGone(one))
                        .count();
        return running < service().replicas()
                ? Optional.of(fill(running, Strategies.refill(service())))
                : Optional.empty();
    }

    private Event fill(long running, List<Step> steps) {
        return begin(
                Optional.empty(),
                Optional.empty(),
                steps,
                Purpose.FILL,
                "%d of %s run".formatted(running, Words.count(service().replicas(), "instance")));
    }

    private Optional<Event> number() {
        var running =
                situation
                        .roster()
                        .running(approved)
                        .filter(one -> mismatch(one).isEmpty())
                        .toList();
        if (running.size() < service().replicas()) {
            return Optional.of(fill(running.size(), Strategies.fill(service())));
        }
        var spare = new ArrayList<String>();
        for (var one : passive()) {
            if ((running.size() > service().replicas() || !running.contains(one))
                    && !isKeptWarm(one)) {
                spare.add(one);
            }
        }
        if (spare.isEmpty()) {
            return Optional.empty();
        }
        // Of those that all take traffic the youngest goes, which serves for the shortest time; but
        // before it whoever does not serve.
        return (Strategies.isOfMany(service())
                        ? spare.stream()
                                .filter(one -> !situation.isReady(one))
                                .findFirst()
                                .or(() -> areServing(running) ? youngest(spare) : Optional.empty())
                        : spare.stream().findFirst())
                .map(one -> retire(one, Purpose.RETIRE, one + " is not needed any more"));
    }

    private boolean areServing(List<String> instances) {
        return instances.stream().allMatch(situation::serves);
    }

    private static Optional<String> youngest(List<String> instances) {
        return instances.stream().reduce((_, later) -> later);
    }

    /// One instance of the last good version stays, passive and ready, as the way back; all of them where the way back is a switch.
    private boolean isKeptWarm(String instance) {
        var isSwitch = service().rollout().strategy() == StrategyName.BLUE_GREEN;
        return keep
                .lastGood()
                .filter(last -> !last.equals(approved))
                .filter(_ -> at().isBefore(warmUntil()))
                .stream()
                .flatMap(last -> situation.roster().running(last))
                .limit(isSwitch ? service().replicas() : 1)
                .anyMatch(instance::equals);
    }

    /// The later of some hours and the close: that of the markets it goes by, else when the next window for changes begins.
    private Instant warmUntil() {
        var since = keep.releases().lastGoodSince();
        var hours = since.plus(service().rollout().keepWarm());
        return situation
                .facts()
                .close(service().name(), since)
                .or(() -> situation.terms().windows().nextOpening(since))
                .filter(close -> close.isAfter(hours))
                .orElse(hours);
    }

    private boolean isBackOffOver(List<Instant> times) {
        var many = within(times, service().restarts().within());
        return many == 0
                || !at().isBefore(
                                times.getLast()
                                        .plus(BACK_OFF.multipliedBy(1L << Math.min(many, 6))));
    }

    private List<String> passive() {
        var active = situation.roster().active().orElse("");
        var passive = new ArrayList<String>();
        for (var one : situation.roster().instances().keySet()) {
            if (!one.equals(active) && !busy.contains(one)) {
                passive.add(one);
            }
        }
        return passive;
    }

    private long within(List<Instant> times, Duration window) {
        return times.isEmpty() // nearly always
                ? 0
                : times.stream().filter(time -> time.isAfter(at().minus(window))).count();
    }

    private Event begin(
            Optional<String> from,
            Optional<String> to,
            List<Step> steps,
            Purpose purpose,
            String reason) {
        var id = service().name() + "/mend-" + (keep.mends() + 1);
        var course = Course.begin(id, from, to, approved, steps, at());
        return new MendBegun(at(), service().name(), course, purpose, reason);
    }

    private Event retire(String instance, Purpose purpose, String reason) {
        return begin(
                Optional.of(instance),
                Optional.empty(),
                Strategies.retire(service()),
                purpose,
                reason);
    }

    private Event stuck(String name, String reason) {
        return new WentStuck(
                at(),
                service().name(),
                name,
                reason,
                "find out why, then `pitcrew rearm " + service().name() + "`");
    }

    private Service service() {
        return situation.service();
    }

    private Instant at() {
        return Objects.requireNonNull(situation.facts().at());
    }
}
