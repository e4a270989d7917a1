package dev.pitcrew.runtime;

import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.Spell;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Probes;
import dev.pitcrew.runtime.http.ProbeReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns what one round of probes read into facts. Pure.
///
/// A fact counts as seen when its probe was sent: whoever says since when something was seen must be able to rely on
/// it. What a round did not read keeps its value and its age.
///
/// @param readings of the round
/// @param sent when it was sent
record FactReader(Map<ProbeName, ProbeReading> readings, Instant sent) {
    private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    /// Whether the instance itself answered at least one of the round's probes. A database may answer for a dead one.
    boolean isAnswered(Probes probes) {
        return probes.byName().entrySet().stream()
                .filter(one -> !(one.getValue() instanceof Probe.SqlProbe))
                .anyMatch(one -> readings.get(one.getKey()) instanceof ProbeReading.Value);
    }

    /// Whether anything of the round can tell that the instance answers.
    static boolean canAnswer(Probes probes) {
        return probes.byName().values().stream().anyMatch(one -> !(one instanceof Probe.SqlProbe));
    }

    /// The facts after the round.
    ///
    /// @param process what its host said last
    /// @param silence absent while it answers
    InstanceFacts after(
            InstanceFacts before, Observed<ProcessState> process, Optional<Spell> silence) {
        var active = truth(ProbeName.ACTIVE, before.active());
        return new InstanceFacts(
                process,
                silence,
                passivity(before, active),
                truth(ProbeName.READY, before.ready()),
                active,
                number(ProbeName.TOKEN, before.token()),
                text(ProbeName.DIGEST, before.binary()),
                text(ProbeName.CONFIGURATION, before.configuration()),
                text(ProbeName.FLAGS, before.flags()),
                truth(ProbeName.SESSION, before.session()),
                number(ProbeName.UNANSWERED, before.unanswered()),
                number(ProbeName.IN_DOUBT, before.inDoubt()),
                number(ProbeName.OPEN_ORDERS, before.openOrders()),
                truth(ProbeName.KILLED, before.killed()),
                number(ProbeName.FEED_AGE, before.feedAgeMillis()),
                number(ProbeName.REQUESTS, before.requests()),
                number(ProbeName.ERRORS, before.errors()),
                number(ProbeName.SLOW, before.slow()),
                number(ProbeName.DUPLICATES, before.duplicates()));
    }

    /// Whether anything is another than before of what an instance is. What is counted or measured of it changes with every look.
    static boolean isNews(InstanceFacts before, InstanceFacts after) {
        return !isOfIt(before).equals(isOfIt(after));
    }

    private static List<@Nullable Object> isOfIt(InstanceFacts facts) {
        return Arrays.asList(
                facts.silence().isPresent(),
                facts.ready().value(),
                facts.active().value(),
                facts.token().value(),
                facts.binary().value(),
                facts.configuration().value(),
                facts.flags().value(),
                facts.session().value(),
                facts.killed().value());
    }

    private static Optional<Spell> passivity(InstanceFacts before, Observed<Boolean> active) {
        if (active.equals(before.active())) {
            return before.passivity(); // nothing newer was read
        }
        return Boolean.FALSE.equals(active.value())
                ? Optional.of(Spell.of(before.passivity(), active.at()))
                : Optional.empty();
    }

    private Observed<Boolean> truth(ProbeName name, Observed<Boolean> before) {
        return read(
                name,
                before,
                text ->
                        switch (text) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> Optional.empty();
                        });
    }

    private Observed<Long> number(ProbeName name, Observed<Long> before) {
        return read(name, before, FactReader::whole);
    }

    /// Without its fraction. No number is no observation, and neither is one that would come out as another.
    private static Optional<Long> whole(String text) {
        try {
            var number = new BigDecimal(text);
            return number.compareTo(MIN) < 0 || number.compareTo(MAX) > 0
                    ? Optional.empty()
                    : Optional.of(number.longValue());
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private Observed<String> text(ProbeName name, Observed<String> before) {
        return read(name, before, Optional::of);
    }

    private <T> Observed<T> read(
            ProbeName name, Observed<T> before, Function<String, Optional<T>> parse) {
        // Rounds overlap when an instance is slow, so an older one may end later.
        if (!(readings.get(name) instanceof ProbeReading.Value(var text, _))
                || !sent.isAfter(before.at())) {
            return before;
        }
        return parse.apply(text).map(value -> new Observed<>(value, sent)).orElse(before);
    }
}
