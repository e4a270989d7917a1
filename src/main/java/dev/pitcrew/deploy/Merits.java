package dev.pitcrew.deploy;

import dev.pitcrew.deploy.RolloutEvent.Approved;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.RolloutEvent.Planned;
import dev.pitcrew.deploy.RolloutEvent.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a change says for the version that it brought: what was planned, who agreed, what was seen while it was watched, and that it was done.
///
/// @param planned what was planned
/// @param approvals who agreed; empty where nobody had to
/// @param started how it was approved
/// @param watched what was seen while it was watched
public record Merits(
        Planned planned, List<Approved> approvals, Started started, StepTaken watched) {
    public Merits {
        approvals = List.copyOf(approvals);
    }

    /// The events of a change that tell its merits, of all that happened.
    public static boolean isOne(Event event, String rollout) {
        return (event instanceof RolloutEvent one && one.rollout().equals(rollout))
                || (event instanceof StepTaken step && step.course().startsWith(rollout + "/"));
    }

    /// @param events of one change, in their order
    /// @return empty when one of them is missing or says that it was not done
    public static Optional<Merits> of(List<Event> events) {
        var planned = only(Planned.class, events);
        var started = only(Started.class, events);
        var finished = only(Finished.class, events);
        if (planned.isEmpty()
                || started.isEmpty()
                || finished.filter(one -> one.outcome() == Outcome.DONE).isEmpty()) {
            return Optional.empty();
        }
        var steps = started.get().course().steps();
        return events.stream()
                .flatMap(one -> one instanceof StepTaken step ? Stream.of(step) : Stream.of())
                .filter(one -> one.course().equals(started.get().course().id()))
                .filter(one -> one.index() < steps.size())
                .filter(one -> steps.get(one.index()) instanceof Step.Bake)
                .reduce((_, last) -> last)
                .map(
                        watched ->
                                new Merits(
                                        planned.get(),
                                        all(Approved.class, events),
                                        started.get(),
                                        watched));
    }

    /// Which events of a change have to go along.
    public static List<Event> of(List<Event> events, Merits merits) {
        return events.stream()
                .filter(
                        one ->
                                one instanceof Planned
                                        || one instanceof Approved
                                        || one instanceof Started
                                        || one instanceof Finished
                                        || one.equals(merits.watched()))
                .toList();
    }

    /// Why the version may not move on with this; empty when it may.
    ///
    /// @param release as its files are here
    /// @param environment where it has to have served
    public Optional<String> objection(String service, Release release, String environment) {
        var wrong = new ArrayList<String>();
        var there = planned.plan().to();
        if (!planned.service().equals(service)) {
            wrong.add("it is about " + planned.service());
        }
        if (!planned.plan().environment().equals(environment)) {
            wrong.add("it was in " + planned.plan().environment());
        }
        if (!there.version().equals(release.version())
                || !there.binary().equals(release.binary())) {
            wrong.add(
                    "%s %s served there, and the files here are %s %s: nothing may be rebuilt on the way"
                            .formatted(
                                    there.version(),
                                    Words.brief(there.binary()),
                                    release.version(),
                                    Words.brief(release.binary())));
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", wrong));
    }

    /// One line for who approves. Names stay where they can be erased.
    ///
    /// @param key of the ledger that has it
    public String sentence(String environment, String key) {
        var overridden = planned.plan().overrides().size();
        return "promoted from %s by its ledger %s: %s, approval %s, %s%s"
                .formatted(
                        environment,
                        key,
                        planned.rollout(),
                        started.mark(),
                        watched.evidence().isEmpty() ? "watched" : "watched: " + watched.evidence(),
                        overridden == 0
                                ? ""
                                : ", " + Words.count(overridden, "gate") + " overridden");
    }

    private static <T> List<T> all(Class<T> type, List<Event> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <T> Optional<T> only(Class<T> type, List<Event> events) {
        var found = all(type, events);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
