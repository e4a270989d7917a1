package dev.pitcrew.runtime;

import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.Spell;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Probes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What is known of one instance, and when it is to be asked again. Any thread may call.
final class InstanceWatch {
    private InstanceFacts facts = InstanceFacts.UNKNOWN;
    private Observed<ProcessState> process = Observed.unknown();
    private Optional<Spell> silence = Optional.empty();
    private Instant answered = Instant.MIN; // when the latest round was sent that was answered
    private Instant asked = Instant.MIN;
    private int underway;
    private boolean hasLooked;

    /// Whether it is time to ask, as far as the pause since the last time goes.
    private boolean isDue(Duration pause, Instant now) {
        return asked.equals(Instant.MIN) || !now.isBefore(asked.plus(pause));
    }

    /// Whether it is to be asked now by its own probes, without haste.
    synchronized boolean isDue(Probes probes, Instant now) {
        return underway <= most(probes) && isDue(probes.every(), now);
    }

    private static int most(Probes probes) {
        return 1 + (int) (probes.timeout().toNanos() / probes.every().toNanos());
    }

    /// Whether to ask now. Rounds overlap when the instance is slow, so that a hang is told by more than one probe
    /// without waiting for one after the other; as many as fit into the timeout. In haste two are enough while it answers: more would keep it
    /// from what it is waited for.
    ///
    /// @param pause since the last time, at least
    synchronized boolean ask(Probes probes, Duration pause, Instant now) {
        var isHasty = pause.compareTo(probes.every()) < 0 && silence.isEmpty();
        if (underway > (isHasty ? 1 : most(probes)) || !isDue(pause, now)) {
            return false;
        }
        asked = now;
        underway++;
        return true;
    }

    /// A round ended.
    ///
    /// @param wasAway whether we ourselves were not there to take the answer in, so that its lack says nothing
    /// @return whether it told anything new; see [FactReader#isNews]
    synchronized boolean ended(FactReader round, Probes probes, boolean wasAway) {
        underway--;
        hasLooked = true;
        if (round.isAnswered(probes)) {
            silence = Optional.empty();
            answered = answered.isBefore(round.sent()) ? round.sent() : answered;
        } else if (FactReader.canAnswer(probes) && !wasAway && round.sent().isAfter(answered)) {
            silence = Optional.of(Spell.of(silence, round.sent()));
        }
        var before = facts;
        facts = round.after(before, process, silence);
        return FactReader.isNews(before, facts);
    }

    /// A round could not even begin.
    synchronized void notAsked() {
        underway--;
    }

    /// Whether it was asked and answered or did not, or is dead.
    synchronized boolean hasLooked() {
        return hasLooked || process.value() == ProcessState.DEAD;
    }

    /// Whether the latest round that ended was not answered.
    synchronized boolean isSilent() {
        return silence.isPresent();
    }

    /// What the host says.
    ///
    /// @param at before it was asked
    synchronized void process(ProcessState state, Instant at) {
        if (at.isAfter(process.at())) {
            process = new Observed<>(state, at);
        }
    }

    /// What is known now.
    ///
    /// @param isStarting its start is underway, so that no process is not a death
    synchronized InstanceFacts facts(boolean isStarting) {
        var seen = isStarting ? Observed.<ProcessState>unknown() : process;
        return new FactReader(Map.of(), Instant.MIN).after(facts, seen, silence);
    }
}
