package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.DeskEvent.OperatorAdded;
import dev.pitcrew.deploy.DeskEvent.OperatorRemoved;
import dev.pitcrew.server.Operators.Listed;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownOperatorsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Listed ANN = new Listed("ann", "", "aaaa", Grant.ALL);
    private static final Listed BEA = new Listed("bea", "ann", "bbbb", Grant.ALL);

    private final KnownOperators annOnly = known(ANN);

    @Test
    void whom_it_does_not_know_it_has_to_learn() {
        assertThat(annOnly.unseen(List.of(ANN, BEA), NOON))
                .containsExactly(new OperatorAdded(NOON, "*", "bea", "ann", "bbbb"));
    }

    @Test
    void who_is_none_any_more_is_told_as_well() {
        assertThat(annOnly.unseen(List.of(), NOON))
                .containsExactly(new OperatorRemoved(NOON, "*", "ann"));
    }

    @Test
    void another_token_under_a_known_name_is_somebody_else() {
        assertThat(annOnly.unseen(List.of(new Listed("ann", "bea", "cccc", Grant.ALL)), NOON))
                .containsExactly(new OperatorAdded(NOON, "*", "ann", "bea", "cccc"));
    }

    @Test
    void once_told_it_knows() {
        var both = known(ANN, BEA);

        assertThat(both.unseen(List.of(ANN, BEA), NOON)).isEmpty();
        assertThat(both.fold(new OperatorRemoved(NOON, "*", "ann")).unseen(List.of(BEA), NOON))
                .isEmpty();
    }

    private static KnownOperators known(Listed... all) {
        var known = KnownOperators.NONE;
        for (var event : known.unseen(List.of(all), NOON)) {
            known = known.fold(event);
        }
        return known;
    }
}
