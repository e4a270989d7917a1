package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
    /// From the specification, c2sp.org/signed-note.
    private static final String VKEY =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String NOTE =
            """
            This is an example message.

            \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    @Test
    void the_note_of_the_specification_verifies() {
        var note = SignedNote.parse(NOTE);

        assertThat(note.isSignedBy(VerifierKey.parse(VKEY))).isTrue();
        assertThat(note.toString()).isEqualTo(NOTE);
        assertThat(VerifierKey.parse(VKEY).toString()).isEqualTo(VKEY);
    }

    @Test
    void a_changed_text_is_signed_by_nobody() {
        var note = SignedNote.parse(NOTE.replace("an example", "no example"));

        assertThat(note.isSignedBy(VerifierKey.parse(VKEY))).isFalse();
    }

    @Test
    void a_checkpoint_and_a_cosignature_on_it_verify_by_their_own_keys() {
        var log = Samples.key();
        var witness = SigningKey.generate("witness.example/w1", VerifierKey.Kind.COSIGNATURE);
        var checkpoint =
                new Checkpoint("desk.example/ledger", 0, Hash.sha256(new byte[0])).sign(log);
        var cosigned = checkpoint.with(List.of(witness.sign(checkpoint.text(), Samples.NOON)));
        var read = SignedNote.parse(cosigned.toString());

        assertThat(read.isSignedBy(log.verifier())).isTrue();
        assertThat(read.isSignedBy(witness.verifier())).isTrue();
        assertThat(read.isSignedBy(Samples.key().verifier())).isFalse();
    }

    @Test
    void a_key_survives_its_file_and_two_halves_that_do_not_match_are_refused() {
        var key = Samples.key();
        var mixed = Samples.key().verifier() + "\n" + key.toFile().lines().toList().get(1) + "\n";

        assertThat(SigningKey.fromFile(key.toFile()).verifier()).isEqualTo(key.verifier());
        assertThatThrownBy(() -> SigningKey.fromFile(mixed))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
