package dev.pitcrew.deploy;

import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What still has to be stopped while a person is needed, so that no order flows of which nobody knows who sends it. Pure.
///
/// An instance sends nothing when its host confirms that it is dead, or when it says that it is passive and knows the newest token: an
/// activation with that token which is still on its way is refused then.
///
/// @param keep of a service that is stuck
/// @param situation what is seen of it
public record Halting(Keep keep, Situation situation) {
    /// What a person has to know about the order flow of a stuck service; empty when it is not stopped, because it is not in doubt.
    public static String sentence(Situation situation) {
        if (!situation.keep().isHalted() || situation.service().singleActive().isEmpty()) {
            return "";
        }
        return new Halting(situation.keep(), situation).sentence();
    }

    private String sentence() {
        var senders = instances().filter(one -> !isSilent(one)).toList();
        var parts = new ArrayList<String>();
        parts.add(
                senders.isEmpty()
                        ? "stopped: no instance sends"
                        : "not confirmed to be stopped: "
                                + senders.stream()
                                        .map(one -> one + " " + why(one))
                                        .collect(Collectors.joining(", "))
                                + "; end it on its host, or call the venue");
        if (service().takesTraffic()) {
            parts.add(
                    isHolding().orElse(false)
                            ? "new orders are held and answered 503"
                            : "whether new orders are held is not confirmed");
        }
        return String.join("; ", parts);
    }

    private String why(String instance) {
        if (saysActive(instance).isEmpty()) {
            return "does not say what it is";
        }
        return saysActive(instance).get() ? "says that it is active" : "may be activated yet";
    }

    /// The first instance that may send and that is to be stopped now.
    Optional<String> sender() {
        return instances().filter(this::isDue).findFirst();
    }

    /// Whether new orders are to be held now.
    boolean isToHold() {
        return service().singleActive().isPresent()
                && service().takesTraffic()
                && isTimeFor(service().name())
                && !isHolding().orElse(tried(service().name()).isPresent());
    }

    private Stream<String> instances() {
        return service().singleActive().isPresent()
                ? List.copyOf(situation.roster().instances().keySet()).stream()
                : Stream.of();
    }

    private boolean isDue(String instance) {
        if (!isTimeFor(instance) || isSilent(instance)) {
            return false;
        }
        var active = saysActive(instance);
        if (tried(instance).isEmpty()) {
            // What has only not been looked at yet, as after a start of the controller, will be.
            return active.isPresent()
                    || situation.hangs(instance)
                    || isOutOfReach(instance)
                    || service().probe(ProbeName.ACTIVE).isEmpty();
        }
        // Once it was tried, only what can be seen to be needed is tried again: it woke, or its
        // host is back.
        return active.orElse(situation.hangs(instance) && !isOutOfReach(instance));
    }

    private boolean isSilent(String instance) {
        return situation.isGone(instance)
                || (!saysActive(instance).orElse(true) && knowsNewestToken(instance));
    }

    private Optional<Boolean> saysActive(String instance) {
        return situation.of(instance).active().known(at(), service().probes().limit());
    }

    private boolean knowsNewestToken(String instance) {
        var newest = situation.roster().token().value();
        return situation
                .of(instance)
                .token()
                .known(at(), service().probes().limit())
                .map(token -> token >= newest)
                .orElse(service().probe(ProbeName.TOKEN).isEmpty());
    }

    private boolean isOutOfReach(String instance) {
        return situation
                .of(instance)
                .process()
                .known(at(), service().probes().limit())
                .filter(state -> state != ProcessState.RUNNING)
                .isPresent();
    }

    private Optional<Boolean> isHolding() {
        return situation
                .facts()
                .traffic(service().name())
                .known(at(), service().probes().limit())
                .map(TrafficFacts::isHeld);
    }

    private Optional<Keep.Halt> tried(String what) {
        return keep.stop().map(stop -> stop.halts().get(what));
    }

    private boolean isTimeFor(String what) {
        return tried(what).filter(halt -> at().isBefore(halt.again())).isEmpty();
    }

    private Service service() {
        return situation.service();
    }

    private Instant at() {
        return situation.facts().at();
    }
}
