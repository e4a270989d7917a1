package dev.pitcrew.deploy;

import java.util.Optional;

/// All that the ledger says of one service.
///
/// @param roster its instances
/// @param keep how it is kept
/// @param rollout its latest rollout, underway or over
/// @param isKilled whether the kill latch is set
public record ServiceState(Roster roster, Keep keep, Optional<Rollout> rollout, boolean isKilled) {
    private static final RolloutDecider ROLLOUTS = new RolloutDecider();
    private static final KeepDecider KEEPER = new KeepDecider();

    static ServiceState empty(String service) {
        return new ServiceState(Roster.empty(service), Keep.NOTHING, Optional.empty(), false);
    }

    ServiceState fold(Event event) {
        var kept = KEEPER.fold(new KeepDecider.Kept(keep, rollout), event).keep();
        var rolled =
                event instanceof RolloutEvent.Planned planned
                        ? Optional.of(RolloutDecider.initial(planned))
                        : rollout.map(one -> ROLLOUTS.fold(one, event));
        var killed =
                switch (event) {
                    case DeskEvent.Killed _ -> true;
                    case EffectConfirmed(_, _, _, Effect.Rearm _, _) -> false;
                    default -> isKilled;
                };
        return new ServiceState(roster.fold(event), kept, rolled, killed);
    }

    /// Whether a rollout is waiting or underway.
    public boolean isChanging() {
        return rollout.filter(one -> !(one instanceof Rollout.Over)).isPresent();
    }
}
