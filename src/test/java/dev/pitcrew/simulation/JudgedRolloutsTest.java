package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.Sampled;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.Variants;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.JudgedMetric;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.OnInconclusive;
import dev.pitcrew.model.TradingSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whole rollouts on the simulated desk, judged by what its instances count, with a controller that dies in the midst of the judging.
class JudgedRolloutsTest {
    private static final int SEEDS = 150;
    private static final int SOME = 30; // of what has to be so in each
    private static final double ALPHA = 0.05;
    private static final double RATE = 1000; // requests a second of whoever is active
    private static final double SHARE = 0.005; // of requests that fail
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /// What instances count: as long as they are active, and whoever watches.
    private static final class Counters {
        private final World world;
        private final Random random;
        private final Map<String, Double> requests = new HashMap<>();
        private final Map<String, Double> errors = new HashMap<>();
        private Instant last = Instant.MIN;

        Counters(World world, long seed) {
            this.world = world;
            this.random = new Random(seed);
        }

        Facts in(Facts facts) {
            count();
            var samples = new HashMap<String, Sampled>();
            requests.forEach(
                    (name, sum) -> {
                        if (!world.instance(name).behaves("mute")
                                && world.instance(name).answers()) {
                            var series =
                                    Map.of(
                                            "requests_total",
                                            sum,
                                            "request_errors_total",
                                            errors.getOrDefault(name, 0.0));
                            var scrape = Scrape.of(series).only(series.keySet(), name);
                            samples.put(name, new Sampled(Scrape.NONE, scrape, facts.at()));
                        }
                    });
            return facts.with(samples);
        }

        private void count() {
            var now = world.now();
            if (last.isBefore(now)) {
                double seconds =
                        last.equals(Instant.MIN)
                                ? 0
                                : Duration.between(last, now).toMillis() / 1000.0;
                world.instances.values().stream()
                        .filter(FakeInstance::answers)
                        .forEach(one -> count(one, one.accepts() ? seconds : 0));
                last = now;
            }
        }

        private void count(FakeInstance one, double seconds) {
            double share = one.behaves("fails") ? 8 * SHARE : SHARE;
            int failed = 0;
            for (int i = 0; i < RATE * seconds; i++) {
                failed += random.nextDouble() < share ? 1 : 0;
            }
            requests.merge(one.name, RATE * seconds, Double::sum);
            errors.merge(one.name, (double) failed, Double::sum);
        }
    }

    private static TradingSystem system() {
        var one = TestingServices.system();
        var errors =
                new JudgedMetric(
                        "errors",
                        JudgedMetric.Kind.SHARE,
                        "request_errors_total",
                        "requests_total",
                        JudgedMetric.Worse.MORE,
                        Optional.of("20%,1pp"));
        var judging =
                new Judging(
                        new Judging.Source.Scraped("/metrics"),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(30),
                        new Fraction(ALPHA),
                        new Fraction(0.05),
                        new OnInconclusive.Keep(),
                        Duration.ofMinutes(1),
                        List.of(errors),
                        Map.of());
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                List.of(Variants.judged(TestingServices.gateway(), judging)),
                one.stores(),
                one.feeds(),
                one.environments(),
                one.folder(),
                Digest.of(new byte[0]));
    }

    /// How the change to a version ends, with the controller dying once in each second of its baking, by chance.
    private static Finished changed(long seed, String version) {
        var desk = new SimulatedDesk(Chance.none(), system());
        desk.seesThrough(new Counters(desk.world, seed)::in);
        var chance = new Random(seed);
        desk.onStep(
                course -> {
                    if (course.step() instanceof Step.Bake && chance.nextInt(2) == 0) {
                        desk.schedule.afterMillis(chance.nextInt(2000), desk::restart);
                    }
                });
        desk.deploy("gateway", "1");
        desk.run(Duration.ofSeconds(8));
        desk.deploy("gateway", version);
        desk.run(Duration.ofMillis(100));
        desk.runUntil(LONGEST, () -> !desk.service("gateway").isChanging());
        var end = end(desk.journal.events);
        desk.healAndCheck(Duration.ofSeconds(5));
        return end;
    }

    private static Finished end(List<Event> events) {
        return events.stream()
                .filter(Finished.class::isInstance)
                .map(Finished.class::cast)
                .toList()
                .getLast();
    }

    private static List<Finished> changes(int seeds, String version) {
        return LongStream.range(0, seeds)
                .parallel()
                .mapToObj(seed -> changed(seed, version))
                .toList();
    }

    private static void isAlwaysRolledBack(int seeds, String version, String why) {
        assertThat(changes(seeds, version))
                .allSatisfy(
                        end -> {
                            assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
                            assertThat(end.reason()).startsWith(why);
                        });
    }

    @Test
    void a_version_that_fails_eight_times_as_often_is_always_rolled_back() {
        isAlwaysRolledBack(SOME, "2-fails", "bake: judged FAIL against its past");
    }

    @Test
    void a_version_that_does_as_well_is_not_rolled_back_more_often_than_is_allowed() {
        var back =
                changes(SEEDS, "2").stream().filter(end -> end.outcome() != Outcome.DONE).toList();

        assertThat((double) back.size()).as(back.toString()).isLessThan(ALPHA * SEEDS);
    }

    @Test
    void a_version_of_which_nothing_can_be_read_never_passes() {
        isAlwaysRolledBack(SOME, "2-mute", "bake: judged NO_DATA");
    }

    @Tag("long")
    @Test
    void both_are_rolled_back_with_all_seeds() {
        isAlwaysRolledBack(SEEDS, "2-fails", "bake: judged FAIL against its past");
        isAlwaysRolledBack(SEEDS, "2-mute", "bake: judged NO_DATA");
    }
}
