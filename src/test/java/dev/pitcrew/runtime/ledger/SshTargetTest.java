package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshTargetTest {
    @Test
    void both_forms_are_understood() {
        assertThat(SshTarget.parse("pit@vault:/srv/witness"))
                .isEqualTo(new SshTarget("pit@vault", Optional.empty(), "/srv/witness"));
        assertThat(SshTarget.parse("ssh://pit@vault:2222/srv/witness"))
                .isEqualTo(new SshTarget("pit@vault", Optional.of(2222), "/srv/witness"));
        assertThat(SshTarget.parse("ssh://pit@vault/srv"))
                .isEqualTo(new SshTarget("pit@vault", Optional.empty(), "/srv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-oProxyCommand=id@vault:/srv", "pit@-vault", "pit@vault", "vault:/srv", ""})
    void what_ssh_could_take_for_an_option_or_is_no_target_is_refused(String text) {
        assertThatThrownBy(() -> SshTarget.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user@host:/path");
    }

    @Test
    void the_command_asks_nothing_and_trusts_only_known_hosts() {
        var command =
                SshTarget.parse("ssh://pit@vault:2222/srv")
                        .command(Optional.of(Path.of("key")), Optional.of(Path.of("hosts")), 5);

        assertThat(String.join(" ", command))
                .isEqualTo(
                        "ssh -T -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=5"
                                + " -o ServerAliveInterval=5 -o ServerAliveCountMax=1"
                                + " -o UserKnownHostsFile=hosts -o GlobalKnownHostsFile=/dev/null"
                                + " -i key -o IdentitiesOnly=yes -p 2222 pit@vault");
        assertThat(SshTarget.parse("pit@vault:/srv").command(Optional.empty(), Optional.empty(), 1))
                .isEqualTo(
                        List.of(
                                "ssh",
                                "-T",
                                "-o",
                                "BatchMode=yes",
                                "-o",
                                "StrictHostKeyChecking=yes",
                                "-o",
                                "ConnectTimeout=1",
                                "-o",
                                "ServerAliveInterval=1",
                                "-o",
                                "ServerAliveCountMax=1",
                                "pit@vault"));
    }
}
