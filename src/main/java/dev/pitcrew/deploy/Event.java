package dev.pitcrew.deploy;

import java.time.Instant;

/// Something that was decided or that came of it. Events are what the ledger keeps; every state is a fold over them.
public sealed interface Event
        permits EffectIntended,
                EffectConfirmed,
                EffectFailed,
                StepTaken,
                StepFailed,
                JudgeEvent,
                RolloutEvent,
                KeepEvent,
                DeskEvent {
    /// When it was decided or learned, by the controller's clock.
    Instant at();

    /// The service that it is about; `*` for the whole desk.
    String service();
}
