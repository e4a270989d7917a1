package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.model.GateName;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What is underway on the desk, and so what there is haste about. Any thread may ask.
final class Underway {
    private final Supplier<Desk> desk;
    private volatile Rest rest = new Rest(Desk.EMPTY, true);

    /// Whether nothing is underway on a desk. Kept with the desk that it was found out of, because it is asked all the time.
    private record Rest(Desk desk, boolean isCalm) {
        static Rest of(Desk desk) {
            return new Rest(
                    desk,
                    desk.services().values().stream()
                            .allMatch(state -> state.courses().findAny().isEmpty()));
        }
    }

    /// @param desk what the ledger says now
    Underway(Supplier<Desk> desk) {
        this.desk = desk;
    }

    /// Whether nothing is underway, so that there is no haste.
    @SuppressWarnings("ReferenceEquality") // a changed desk is a new one
    boolean isCalm() {
        var now = desk.get();
        if (rest.desk() != now) {
            rest = Rest.of(now);
        }
        return rest.isCalm();
    }

    /// Services whose accounts a course wants compared: it waits for that, or checks it first.
    Set<String> comparing() {
        return at(step -> step instanceof Step.Reconcile || comparesFirst(step));
    }

    /// Of these, those that have their accounts compared before anything is changed.
    Set<String> comparingFirst() {
        return at(Underway::comparesFirst);
    }

    /// Services for which a course waits until their accounts agree.
    Set<String> reconciling() {
        return at(step -> step instanceof Step.Reconcile);
    }

    /// Instances whose answers a course waits for while nobody may send, so that each look counts as dark time. Whoever else is asked
    /// meanwhile only takes time from them.
    static Set<String> awaited(ServiceState state) {
        var names = new HashSet<String>();
        state.courses()
                .filter(Course::isUnderway)
                .forEach(
                        course -> {
                            switch (course.step()) {
                                case Step.Hold _, Step.Drain _, Step.Deactivate _ ->
                                        add(course, names);
                                case Step.Activate _, Step.Reconcile _ -> add(course, names);
                                case Step.Fence _, Step.StartActive _, Step.Route _ -> // of all
                                        names.addAll(state.roster().instances().keySet());
                                case Step.Check _, Step.Start _, Step.Warm _, Step.Rearm _ -> {}
                                case Step.Adopt _ -> {}
                                case Step.Bake _, Step.Stop _ -> {}
                                case Step.Grow _, Step.WarmAll _, Step.Join _, Step.Share _ -> {}
                                case Step.Shrink _, Step.Leave _, Step.Rejoin _ -> {}
                                case Step.Shadow _, Step.Compare _, Step.EndShadow _ -> {}
                            }
                        });
        return names;
    }

    private static void add(Course course, Set<String> names) {
        course.from().ifPresent(names::add);
        course.to().ifPresent(names::add);
    }

    /// Instances whose start is intended and has no outcome yet.
    static Set<String> starting(ServiceState state) {
        var names = new HashSet<String>();
        state.courses()
                .flatMap(course -> course.outstanding().stream())
                .forEach(
                        effect -> {
                            if (effect instanceof Effect.Start(var name, _)) {
                                names.add(name);
                            } else if (effect instanceof Effect.StartActive(var name, _)) {
                                names.add(name);
                            } else if (effect instanceof Effect.Adopt adopt) {
                                names.add(adopt.instance());
                            }
                        });
        return names;
    }

    /// Services of which a course is at such a step.
    private Set<String> at(Predicate<Step> such) {
        if (isCalm()) {
            return Set.of();
        }
        var names = new HashSet<String>();
        desk.get()
                .services()
                .forEach(
                        (name, state) -> {
                            if (state.courses()
                                    .filter(Course::isUnderway)
                                    .map(Course::step)
                                    .anyMatch(such)) {
                                names.add(name);
                            }
                        });
        return names;
    }

    /// Whether it wants the accounts compared before anything is changed.
    private static boolean comparesFirst(Step step) {
        return step instanceof Step.Check(var gates, _)
                && gates.stream()
                        .anyMatch(gate -> gate.name().equals(GateName.RECONCILIATION.key()));
    }
}
