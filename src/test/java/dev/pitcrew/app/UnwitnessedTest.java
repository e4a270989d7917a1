package dev.pitcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.ledger.WitnessState;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnwitnessedTest {
    private final Ledger ledger = Ledger.open(new TestingStore(), Samples.key());

    @Test
    void it_says_how_many_entries_and_since_when() {
        ledger.append(Samples.entries(0, 12));
        var states =
                List.<WitnessState>of(
                        new WitnessState.Silent("no answer"), new WitnessState.Agreed(5));

        assertThat(Unwitnessed.since(ledger, states))
                .isEqualTo("7 entries since 2026-11-23T12:00:05Z");
    }

    @Test
    void it_says_nothing_once_a_witness_has_seen_all() {
        ledger.append(Samples.entries(0, 12));

        assertThat(Unwitnessed.since(ledger, List.of(new WitnessState.Agreed(12)))).isEmpty();
    }

    @Test
    void it_says_when_no_witness_is_declared() {
        assertThat(Unwitnessed.since(ledger, List.of())).isEqualTo("no witness is declared");
    }
}
