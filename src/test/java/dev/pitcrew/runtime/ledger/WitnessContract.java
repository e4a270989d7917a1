package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.ledger.Hash;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import dev.pitcrew.ledger.Witness.Answer;
import dev.pitcrew.ledger.Witness.Reason;
import dev.pitcrew.ledger.Witness.Submission;
import dev.pitcrew.ledger.WitnessState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every witness must do.
abstract class WitnessContract {
    @TempDir Path folder;
    private final SigningKey key = Samples.key();
    private final Ledger ledger = Ledger.open(new TestingStore(), key);
    private Witness witness;

    abstract Witness start(Path folder, VerifierKey ledger) throws IOException;

    abstract void stop(Witness witness) throws IOException;

    @BeforeEach
    void start() throws IOException {
        witness = start(folder, key.verifier());
        ledger.append(Samples.entries(0, 5));
    }

    @AfterEach
    void stop() throws IOException {
        stop(witness);
    }

    @Test
    void it_remembers_the_newest_checkpoint_of_a_growing_ledger() {
        assertThat(WitnessState.submit(ledger, witness)).isEqualTo(new WitnessState.Agreed(5));
        ledger.append(Samples.entries(5, 12));

        assertThat(WitnessState.submit(ledger, witness)).isEqualTo(new WitnessState.Agreed(12));
        assertThat(witness.latest(key.verifier())).isPresent();
    }

    @Test
    void a_ledger_restored_from_an_old_copy_is_behind_it_and_must_not_act() {
        WitnessState.submit(ledger, witness);
        var old = Ledger.open(new TestingStore(), key);
        old.append(Samples.entries(0, 3));

        assertThat(WitnessState.submit(old, witness)).isEqualTo(new WitnessState.Ahead(5, 3));
        assertThat(WitnessState.compare(old, witness).forbidsActing()).isTrue();
    }

    @Test
    void a_ledger_with_another_past_is_forked_and_must_not_act() {
        WitnessState.submit(ledger, witness);
        var other = Ledger.open(new TestingStore(), key);
        other.append(Samples.entries(50, 60));

        assertThat(WitnessState.submit(other, witness)).isEqualTo(new WitnessState.Forked(5));
        assertThat(WitnessState.compare(other, witness).forbidsActing()).isTrue();
    }

    @Test
    void a_ledger_begun_anew_with_another_key_must_not_act_whatever_its_size() {
        WitnessState.submit(ledger, witness);
        for (int entries : new int[] {0, 3, 9}) {
            var anew = Ledger.open(new TestingStore(), Samples.key());
            anew.append(Samples.entries(0, entries));

            assertThat(WitnessState.compare(anew, witness))
                    .isEqualTo(new WitnessState.Foreign(5))
                    .matches(WitnessState::forbidsActing);
            assertThat(WitnessState.submit(anew, witness)).isEqualTo(new WitnessState.Foreign(5));
        }
        assertThat(WitnessState.submit(ledger, witness)).isEqualTo(new WitnessState.Agreed(5));
    }

    @Test
    void the_same_tree_under_another_key_is_not_remembered() {
        WitnessState.submit(ledger, witness);
        var thief = Ledger.open(new TestingStore(), Samples.key());
        thief.append(Samples.entries(0, 5));
        var submission = new Submission(5, List.of(), thief.checkpoint());

        assertThat(witness.add(thief.verifier(), submission))
                .isEqualTo(new Answer.Refused(Reason.UNSIGNED));
        assertThat(WitnessState.submit(ledger, witness)).isEqualTo(new WitnessState.Agreed(5));
    }

    @Test
    void it_goes_nowhere_but_forward() {
        var five = ledger.checkpoint();
        ledger.append(Samples.entries(5, 8));
        WitnessState.submit(ledger, witness);
        var nothing = List.<Hash>of();

        assertThat(witness.add(key.verifier(), new Submission(0, nothing, five)))
                .isEqualTo(new Answer.Conflict(8));
        assertThat(witness.add(key.verifier(), new Submission(8, nothing, five)))
                .isEqualTo(new Answer.Refused(Reason.MALFORMED));
        ledger.append(Samples.entries(8, 9));
        var nine = ledger.checkpoint();
        assertThat(witness.add(key.verifier(), new Submission(8, nothing, nine)))
                .isEqualTo(new Answer.Refused(Reason.INCONSISTENT));
    }

    @Test
    void a_checkpoint_by_another_key_is_refused() {
        var thief = Ledger.open(new TestingStore(), Samples.key());

        assertThat(witness.add(key.verifier(), new Submission(0, List.of(), thief.checkpoint())))
                .isEqualTo(new Answer.Refused(Reason.UNSIGNED));
    }
}
