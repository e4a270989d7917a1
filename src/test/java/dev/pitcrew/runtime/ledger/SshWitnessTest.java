package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// With a shell in the place of `ssh`: it runs the same script on this host.
class SshWitnessTest extends WitnessContract {
    @Test
    void a_target_is_a_host_and_a_folder() {
        var witness = SshWitness.at("ada@elsewhere:/srv/witness", Duration.ofSeconds(5));
        assertThat(witness.name()).isEqualTo("ada@elsewhere:/srv/witness");
    }

    @Override
    Witness start(Path folder, VerifierKey ledger) {
        return new SshWitness(List.of("sh", "-c"), folder.toString(), Duration.ofSeconds(20));
    }

    @Override
    void stop(Witness witness) {}
}
