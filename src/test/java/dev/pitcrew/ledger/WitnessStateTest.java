package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WitnessStateTest {
    private static final WitnessState SILENT = new WitnessState.Silent("no answer");
    private static final WitnessState AGREED = new WitnessState.Agreed(5);

    static List<WitnessState> objections() {
        return List.of(
                new WitnessState.Ahead(5, 3),
                new WitnessState.Forked(5),
                new WitnessState.Foreign(5));
    }

    @ParameterizedTest
    @MethodSource("objections")
    void an_objection_is_lifted_by_an_answer_and_not_by_silence(WitnessState objection) {
        assertThat(objection.then(SILENT)).isEqualTo(objection);
        assertThat(objection.then(AGREED)).isEqualTo(AGREED);
    }

    @Test
    void who_agreed_and_is_silent_now_is_silent() {
        assertThat(AGREED.then(SILENT)).isEqualTo(SILENT);
    }
}
