package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.StrategyName;
import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where several serve, one that serves ends only while enough others are known to: a probe without an answer is a no.
class ManyStepsTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Stage stage =
            Stage.of(TestingServices.prices(StrategyName.ROLLING, 2)).approve(Stage.ONE);

    @Test
    void an_old_one_does_not_end_before_a_new_one_answers_again() {
        runs("prices-1", "1").runs("prices-2", "1").runs("prices-3", "2");
        stage.missesProbe("prices-3");
        assertThat(shrink()).isEqualTo(new Move.Wait("prices-3 did not answer its last probe"));

        stage.sees("prices-3", false);

        assertThat(shrink()).isEqualTo(new Move.Perform(new Effect.Stop("prices-1")));
    }

    @Test
    void of_the_old_ones_the_one_that_may_hang_ends_first() {
        runs("prices-1", "1").runs("prices-2", "1").runs("prices-3", "2");

        stage.missesProbe("prices-2");

        assertThat(shrink()).isEqualTo(new Move.Perform(new Effect.Stop("prices-2")));
    }

    @Test
    void the_keeper_ends_none_of_too_many_before_all_answer_again() {
        runs("prices-1", "1").runs("prices-2", "1").runs("prices-3", "1");
        stage.missesProbe("prices-1");
        assertThat(stage.acts()).isEmpty();

        stage.sees("prices-1", false);

        assertThat(stage.acts()).containsExactly(new Effect.Stop("prices-3"));
    }

    @Test
    void nor_one_that_it_had_begun_to_end_when_another_fell_silent() {
        runs("prices-1", "1").runs("prices-2", "1").runs("prices-3", "1");
        stage.missesProbe("prices-1");
        assertThat(retire("prices-3"))
                .isEqualTo(new Move.Wait("too few others are known to be ready"));

        stage.sees("prices-1", false);

        assertThat(retire("prices-3")).isEqualTo(new Move.Perform(new Effect.Stop("prices-3")));
    }

    private ManyStepsTest runs(String instance, String version) {
        stage.started(instance, version).sees(instance, false);
        return this;
    }

    private Move shrink() {
        return move(Optional.empty(), Stage.TWO, new Step.Shrink(Side.FROM, 1, LIMIT));
    }

    private Move retire(String instance) {
        return move(Optional.of(instance), Stage.ONE, new Step.Stop(LIMIT));
    }

    private Move move(Optional<String> from, Release release, Step step) {
        var course =
                Course.begin("course", from, Optional.empty(), release, List.of(step), stage.now());
        return Steps.move(course, stage.situation());
    }
}
