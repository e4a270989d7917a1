package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Effect;

/// Performs only while this controller leads, which is checked again right before each effect: it may have stood still since the
/// entry that intends it was appended. What only reduces risk asks its own clocks alone, since a database that does not answer
/// must not keep it from being done.
final class LeadingPerformer implements Performer {
    private static final String NOT_LEADING =
            "not done: this controller doesn't lead, or can't make sure that it does";

    private final Performer performer;
    private final Leadership leadership;

    LeadingPerformer(Performer performer, Leadership leadership) {
        this.performer = performer;
        this.leadership = leadership;
    }

    @Override
    public void perform(String service, String course, Effect effect, Outcome outcome) {
        if (effect instanceof Effect.RiskReducing || leadership.isAlone()) {
            performIf(leadership.holds(), service, course, effect, outcome);
            return;
        }
        Thread.ofVirtual()
                .name("ask who leads")
                .start(() -> performIf(leadership.isConfirmed(), service, course, effect, outcome));
    }

    private void performIf(
            boolean leads, String service, String course, Effect effect, Outcome outcome) {
        if (leads) {
            performer.perform(service, course, effect, outcome);
        } else {
            outcome.failed(NOT_LEADING);
        }
    }
}
