package dev.pitcrew.deploy;

import dev.pitcrew.model.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All that the ledger says of one service.
///
/// @param roster its instances
/// @param keep how it is kept
/// @param rollout its latest rollout, underway or over
/// @param isKilled whether the kill latch is set
/// @param promoted what was planned here with the evidence of the environment before
/// @param kills the names of the latest kills, the oldest first
public record ServiceState(
        Roster roster,
        Keep keep,
        Optional<Rollout> rollout,
        boolean isKilled,
        Set<Release> promoted,
        List<String> kills) {
    private static final int KILLS_REMEMBERED =
            20; // more than are told of late, so that the state stays small
    private static final RolloutDecider ROLLOUTS = new RolloutDecider();
    private static final KeepDecider KEEPER = new KeepDecider();

    public ServiceState {
        promoted = Set.copyOf(promoted);
        kills = List.copyOf(kills);
    }

    static ServiceState empty(String service) {
        return new ServiceState(
                Roster.empty(service), Keep.NOTHING, Optional.empty(), false, Set.of(), List.of());
    }

    ServiceState fold(Event event) {
        var kept = KEEPER.fold(new KeepDecider.Kept(keep, rollout), event).keep();
        var rolled =
                event instanceof RolloutEvent.Planned planned
                        ? Optional.of(RolloutDecider.initial(planned))
                        : isToldAgain(event)
                                ? rollout
                                : rollout.map(one -> ROLLOUTS.fold(one, event));
        var killed =
                switch (event) {
                    case DeskEvent.Killed _ -> true;
                    // Killed again since it was told to lift the latch, it stays killed.
                    case EffectConfirmed(_, _, _, Effect.Rearm _, _) ->
                            isKilled && rollout.filter(Rollout::isToEnd).isPresent();
                    default -> isKilled;
                };
        return new ServiceState(
                roster.fold(event), kept, rolled, killed, promoted(event), killsAfter(event));
    }

    private Set<Release> promoted(Event event) {
        if (!(event instanceof DeskEvent.Promoted one)) {
            return promoted;
        }
        var more = new HashSet<>(promoted);
        rollout.filter(it -> it.id().equals(one.rollout()))
                .ifPresent(it -> more.add(it.plan().to()));
        return more;
    }

    /// Whether these very files were promoted to here once. Configuration and flags may differ between environments.
    boolean wasPromoted(Release release) {
        return promoted.stream()
                .anyMatch(
                        one ->
                                one.version().equals(release.version())
                                        && one.binary().equals(release.binary()));
    }

    /// Whether it is only more of a kill that was told of before, which is no other kill: a re-arm that was asked for since is to lift that one.
    private boolean isToldAgain(Event event) {
        return event instanceof DeskEvent.Killed killed && knows(killed);
    }

    /// Whether something of the same kill was told before.
    public boolean knows(DeskEvent.Killed killed) {
        return killed.hasName() && kills.contains(killed.kill());
    }

    private List<String> killsAfter(Event event) {
        if (!(event instanceof DeskEvent.Killed killed) || !killed.hasName() || knows(killed)) {
            return kills;
        }
        var more = new ArrayList<>(kills);
        more.add(killed.kill());
        return more.size() > KILLS_REMEMBERED ? more.subList(1, more.size()) : more;
    }

    /// What the rollout decides, then what the keeper decides in the light of that.
    List<Event> next(Service service, Facts facts, Terms terms) {
        var situation = Situation.of(service, this, facts, terms);
        var events =
                new ArrayList<>(
                        rollout.map(one -> ROLLOUTS.next(one, situation)).orElse(List.of()));
        var after = this;
        for (var event : events) {
            after = after.fold(event);
        }
        var kept = new KeepDecider.Kept(after.keep, after.rollout);
        events.addAll(KEEPER.next(kept, Situation.of(service, after, facts, terms)));
        return events;
    }

    /// The courses being taken: a rollout's, then the keeper's.
    public Stream<Course> courses() {
        return Stream.concat(rollout.flatMap(Rollout::underway).stream(), keep.mend().stream());
    }

    /// Whether a course puts somebody in the place of an active instance that is lost, so that nothing works which it could disturb.
    public boolean isFailover(String course) {
        return keep.isFailingOver()
                && keep.mend().filter(one -> one.id().equals(course)).isPresent();
    }

    /// Whether a rollout is waiting or underway.
    public boolean isChanging() {
        return rollout.filter(one -> !(one instanceof Rollout.Over)).isPresent();
    }
}
