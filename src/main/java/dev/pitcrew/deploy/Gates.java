package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Gate.Sense;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Feed;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The gates of a change, from the limits of its environment. An environment that names no limit has no such gate; a live one has to name them all.
public final class Gates {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration STALE_AFTER = Duration.ofSeconds(2); // where no feed is declared

    private Gates() {}

    /// Before a service starts that does not run: nothing can be lost yet.
    public static List<Gate> beforeStart(Environment environment) {
        return List.of(
                new Gate("freeze", Sense.AT_MOST, 0, "freezes", FRESH),
                new Gate(
                        "disk",
                        Sense.AT_LEAST,
                        environment.gates().diskFree().bytes(),
                        "bytes",
                        FRESH));
    }

    /// Before a service is changed that runs.
    public static List<Gate> beforeChange(
            TradingSystem system, Environment environment, Service service) {
        var limits = environment.gates();
        var gates = new ArrayList<>(beforeStart(environment));
        gates.add(new Gate("window", Sense.AT_LEAST, 1, "windows", FRESH));
        limits.witnessedWithin()
                .ifPresent(
                        most ->
                                gates.add(
                                        new Gate(
                                                "witnessed",
                                                Sense.AT_MOST,
                                                most.toHours(),
                                                "hours",
                                                FRESH)));
        if (service.singleActive().isPresent()) {
            limits.clockOffset()
                    .ifPresent(
                            most ->
                                    gates.add(
                                            new Gate(
                                                    "clock",
                                                    Sense.AT_MOST,
                                                    most.toMillis(),
                                                    "ms",
                                                    FRESH)));
            limits.killTestedWithin()
                    .ifPresent(
                            most ->
                                    gates.add(
                                            new Gate(
                                                    "killTested",
                                                    Sense.AT_MOST,
                                                    most.toDays(),
                                                    "days",
                                                    FRESH)));
            if (system.services().stream()
                    .anyMatch(one -> one.probe(ProbeName.FEED_AGE).isPresent())) {
                gates.add(new Gate("feed", Sense.AT_MOST, staleMillis(system), "ms", FRESH));
            }
        }
        limits.commands()
                .forEach(
                        one ->
                                gates.add(
                                        new Gate(
                                                one.name(),
                                                Sense.AT_MOST,
                                                one.atMost(),
                                                "",
                                                FRESH)));
        return List.copyOf(gates);
    }

    /// The strictest feed's: who reads several tells one age.
    private static long staleMillis(TradingSystem system) {
        return system.feeds().stream()
                .map(Feed::staleAfter)
                .min(Comparator.naturalOrder())
                .orElse(STALE_AFTER)
                .toMillis();
    }
}
