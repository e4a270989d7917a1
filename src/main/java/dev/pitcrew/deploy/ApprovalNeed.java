package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.deploy.Gate.Sense;
import dev.pitcrew.deploy.Rollout.Consent;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a plan needs before it may start.
///
/// @param rule who has to agree
/// @param delay with [Rule#DELAY]: how long it is announced before it starts; zero otherwise
/// @param expires an approval that is older than this counts no more
/// @param hash SHA-256 in hex over release, system file, environment, strategy, window, base version, overrides and notes: what exactly is
///     approved
/// @param isOutOfTheOrdinary whether somebody has to agree by name whatever the rule says: no way back, a version that failed before, or a
///     gate that is overridden
public record ApprovalNeed(
        Rule rule, Duration delay, Duration expires, String hash, boolean isOutOfTheOrdinary) {
    /// Who has to agree.
    public enum Rule {
        /// Another operator than the one who asked.
        TWO_PEOPLE,
        /// Nobody, but it is announced and starts after the delay unless aborted; marked "single operator" for ever.
        DELAY,
        /// Nobody.
        NONE
    }

    /// The gates that it comes to, of the same kind as all others.
    public List<Gate> gates() {
        var gates = new ArrayList<Gate>();
        if (rule == Rule.TWO_PEOPLE || isOutOfTheOrdinary) {
            gates.add(new Gate(GateName.APPROVAL.key(), Sense.AT_LEAST, 1, "", expires));
        }
        if (rule == Rule.DELAY) {
            var seconds = delay.toMillis() / 1000.0;
            gates.add(new Gate(GateName.DELAY.key(), Sense.AT_LEAST, seconds, "s", expires));
        }
        return List.copyOf(gates);
    }

    /// What these gates say of a rollout that waits.
    List<Gate.Evidence> judge(Rollout.Waiting waiting, Instant now) {
        var isEmergency = waiting.consent().filter(Consent::emergency).isPresent();
        return gates().stream()
                .filter(gate -> !isEmergency || !gate.name().equals(GateName.DELAY.key()))
                .map(
                        gate ->
                                gate.judge(
                                        gate.name().equals(GateName.DELAY.key())
                                                ? announced(waiting, now)
                                                : approved(waiting),
                                        now))
                .toList();
    }

    private static Observed<Measure> announced(Rollout.Waiting waiting, Instant now) {
        var seconds = Duration.between(waiting.since(), now).toMillis() / 1000.0;
        return new Observed<>(new Measure(seconds, "the ledger"), now);
    }

    private Observed<Measure> approved(Rollout.Waiting waiting) {
        return waiting.consent()
                .map(
                        one ->
                                new Observed<>(
                                        new Measure(
                                                isFrom(one, waiting) ? 1 : 0,
                                                one.by()
                                                        + (one.emergency()
                                                                ? " alone, in an emergency"
                                                                : "")),
                                        one.at()))
                .orElse(Observed.unknown());
    }

    /// Whether it is the agreement of somebody who may give it.
    private boolean isFrom(Consent consent, Rollout.Waiting waiting) {
        return rule != Rule.TWO_PEOPLE
                || !consent.by().equals(waiting.by())
                || (consent.emergency() && !waiting.plan().overridesFreeze());
    }
}
