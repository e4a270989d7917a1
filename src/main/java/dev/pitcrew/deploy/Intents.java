package dev.pitcrew.deploy;

import dev.pitcrew.deploy.KeepEvent.Cleared;
import dev.pitcrew.deploy.RolloutEvent.AbortAsked;
import dev.pitcrew.deploy.RolloutEvent.Approved;
import dev.pitcrew.deploy.RolloutEvent.Planned;
import dev.pitcrew.model.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What operators ask for, as events to append. Pure; each refuses with an `IllegalArgumentException` whose message is for the operator.
///
/// @param desk what the ledger says
/// @param at now
/// @param by the operator
/// @param reason in the operator's words; may be empty
public record Intents(Desk desk, Instant at, String by, String reason) {

    /// A change of a service to another release.
    ///
    /// @param outside what others run, beside which none is started for the first time
    /// @param overrides names of the gates that need not pass; the reason says why
    public List<Event> deploy(
            Planner planner, Service service, Release to, Outside outside, Set<String> overrides) {
        var state = changeable(service.name());
        if (state.roster().instances().isEmpty()) {
            outside.objection(service.name())
                    .ifPresent(
                            why -> {
                                throw new IllegalArgumentException(why);
                            });
        }
        if (state.keep().approved().filter(to::equals).isPresent()
                && !state.roster().instances().isEmpty()) {
            throw new IllegalArgumentException(
                    service.name() + " runs " + to.version() + " already");
        }
        var wanted = new Overrides(overrides, reason);
        return planned(service.name(), planner.change(state, service, to, wanted));
    }

    /// Keeping what runs already.
    ///
    /// @param to what it runs
    /// @param containers their ids
    public List<Event> adopt(
            Planner planner, Service service, Release to, List<String> containers) {
        var state = changeable(service.name());
        state.keep()
                .approved()
                .ifPresent(
                        one -> {
                            throw new IllegalArgumentException(
                                    "%s is kept already, as version %s"
                                            .formatted(service.name(), one.version()));
                        });
        if (!state.roster().instances().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has instances that were started from here: %s"
                            .formatted(
                                    service.name(),
                                    String.join(", ", state.roster().instances().keySet())));
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("say why it is taken over; add --reason");
        }
        return planned(service.name(), planner.adopt(state, service, to, containers));
    }

    /// Back to the release before, which is the only one that a rollback may lead to, and never to one that failed.
    ///
    /// @param overrides names of the gates that need not pass; the reason says why
    public List<Event> rollback(Planner planner, Service service, Set<String> overrides) {
        var state = changeable(service.name());
        var last =
                state.keep()
                        .lastGood()
                        .filter(one -> !state.keep().failed().contains(one))
                        .filter(one -> !state.keep().approved().equals(Optional.of(one)))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                service.name() + " has no release to go back to"));
        var wanted = new Overrides(overrides, reason);
        return planned(service.name(), planner.rollback(state, service, last, wanted));
    }

    /// Agreement to exactly what the hash stands for.
    ///
    /// @param hash as the plan shows it; its first eight digits are enough
    /// @param isEmergency one person takes it on himself at once; another re-assesses it later
    public List<Event> approve(String service, String hash, boolean isEmergency) {
        if (desk.service(service).rollout().orElse(null) instanceof Rollout.Going going
                && going.course().isAsking()) {
            return keep(service, going, hash);
        }
        if (!(desk.service(service).rollout().orElse(null) instanceof Rollout.Waiting waiting)) {
            throw new IllegalArgumentException("no rollout of " + service + " waits for approval");
        }
        var need = waiting.plan().approval();
        if (hash.length() < 8 || !need.hash().startsWith(hash)) {
            throw new IllegalArgumentException(
                    "%s is not what waits: %s to %s is %s"
                            .formatted(
                                    hash,
                                    service,
                                    waiting.plan().to().version(),
                                    Words.brief(need.hash())));
        }
        if (isEmergency && reason.isEmpty()) {
            throw new IllegalArgumentException("an emergency change needs a reason");
        }
        if (isEmergency && waiting.plan().overridesFreeze()) {
            throw new IllegalArgumentException(
                    "going on in spite of a freeze takes two people, even in an emergency");
        }
        if (need.rule() == ApprovalNeed.Rule.TWO_PEOPLE
                && waiting.by().equals(by)
                && !isEmergency) {
            throw new IllegalArgumentException(
                    by + " asked for it, so another operator has to approve it");
        }
        return List.of(new Approved(at, service, waiting.id(), by, need.hash(), isEmergency));
    }

    /// What the judge could show nothing of stays. It takes whoever could have approved it, and the same hash.
    private List<Event> keep(String service, Rollout.Going going, String hash) {
        var need = going.plan().approval();
        if (hash.length() < 8 || !need.hash().startsWith(hash)) {
            throw new IllegalArgumentException(
                    "%s is not what is judged: %s to %s is %s"
                            .formatted(
                                    hash,
                                    service,
                                    going.plan().to().version(),
                                    Words.brief(need.hash())));
        }
        if (need.rule() == ApprovalNeed.Rule.TWO_PEOPLE && going.by().equals(by)) {
            throw new IllegalArgumentException(
                    by + " asked for it, so another operator has to keep it");
        }
        return List.of(new RolloutEvent.Kept(at, service, going.id(), by, reason));
    }

    /// An end to the rollout underway.
    ///
    /// @return nothing when none is underway: then there is nothing to end, and nothing is done
    public List<Event> abort(String service) {
        return desk.service(service)
                .rollout()
                .filter(one -> one instanceof Rollout.Waiting || one instanceof Rollout.Going)
                .<List<Event>>map(one -> List.of(new AbortAsked(at, service, one.id(), by, reason)))
                .orElse(List.of());
    }

    /// No change of anything until it is thawed.
    public List<Event> freeze() {
        return desk.freeze().isPresent()
                ? List.of()
                : List.of(new DeskEvent.Frozen(at, "*", by, reason));
    }

    /// Changes are allowed again.
    public List<Event> thaw() {
        return desk.freeze().isPresent()
                ? List.of(new DeskEvent.Thawed(at, "*", by, reason))
                : List.of();
    }

    /// A service whose order flow was stopped, or whose keeper is stuck, goes on. Where an instance says that the kill latch is set and the ledger
    /// does not know, as after a re-arm that was said to be done and was not, the ledger learns it first: else nothing would lift that latch.
    public List<Event> rearm(Planner planner, Service service) {
        var state = desk.service(service.name());
        var events = new ArrayList<Event>();
        if (state.keep().stuck().isPresent()) {
            events.add(new Cleared(at, service.name(), by, reason));
        }
        var latched = planner.latched(state, service).filter(_ -> !state.isKilled());
        if (state.isKilled() || latched.isPresent()) {
            refuseWhileChanging(state, service.name());
            latched.ifPresent(one -> events.add(learned(service, one)));
            events.addAll(planned(service.name(), planner.rearm(state, service)));
        }
        if (!events.isEmpty()) {
            return events;
        }
        throw new IllegalArgumentException(service.name() + " is neither killed nor stuck");
    }

    private DeskEvent.Killed learned(Service service, String instance) {
        var result = "its kill latch is set, as " + instance + " says, and the ledger did not know";
        return new DeskEvent.Killed(at, service.name(), by, reason, false, result);
    }

    /// An emergency change was looked at by another person; what was found is the reason.
    public List<Event> reassess(String service, String rollout) {
        var approved = desk.emergencies().get(rollout);
        if (approved == null || !approved.service().equals(service)) {
            throw new IllegalArgumentException(
                    "%s of %s is no emergency change that waits to be re-assessed"
                            .formatted(rollout, service));
        }
        if (approved.by().equals(by)) {
            throw new IllegalArgumentException(
                    by + " approved it, so another operator has to re-assess it");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("say what was found; add --reason");
        }
        return List.of(new DeskEvent.Reassessed(at, service, rollout, by, reason));
    }

    private List<Event> planned(String service, Plan plan) {
        return List.of(new Planned(at, service, desk.nextRollout(), plan, by, reason));
    }

    private ServiceState changeable(String service) {
        var state = desk.service(service);
        refuseWhileChanging(state, service);
        state.keep()
                .stuck()
                .ifPresent(
                        stuck -> {
                            throw new IllegalArgumentException(
                                    "%s is stuck (%s): %s"
                                            .formatted(service, stuck.name(), stuck.next()));
                        });
        if (state.isKilled()) {
            throw new IllegalArgumentException(
                    "%s is killed; `pitcrew rearm %s` first".formatted(service, service));
        }
        return state;
    }

    private static void refuseWhileChanging(ServiceState state, String service) {
        if (state.isChanging()) {
            throw new IllegalArgumentException(
                    "%s of %s is underway; wait for its end or `pitcrew abort %s`"
                            .formatted(state.rollout().get().id(), service, service));
        }
    }
}
