package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Effect;

/// Passes effects on, and wakes whoever looks and decides as soon as an outcome is there.
record WakingPerformer(Performer performer, Runnable wake) implements Performer {
    @Override
    public void perform(String service, String course, Effect effect, Outcome outcome) {
        performer.perform(
                service,
                course,
                effect,
                new Outcome() {
                    @Override
                    public void confirmed(String detail) {
                        outcome.confirmed(detail);
                        wake.run();
                    }

                    @Override
                    public void failed(String reason) {
                        outcome.failed(reason);
                        wake.run();
                    }
                });
    }
}
