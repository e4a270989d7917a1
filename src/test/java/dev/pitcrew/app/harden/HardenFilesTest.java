package dev.pitcrew.app.harden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.model.OperationFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardenFilesTest {
    private static final String COMPOSE =
            """
            services:
              executor:
                image: ghcr.io/desk/executor:1.4.2
                environment: {TRADING_MODE: live}   # the real one
                deploy: {replicas: 2}
            """;

    @TempDir private Path folder;

    @Test
    void it_writes_what_it_mended_and_keeps_the_mode_of_a_file() throws IOException {
        var file = Files.writeString(folder.resolve("postgresql.conf"), "fsync = off  # quick\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        var written = HardenFiles.of(folder).write(harden(Reach.SAFE));

        assertThat(written).containsExactly("postgresql.conf");
        assertThat(file).hasContent("fsync = on  # quick\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var all = Files.list(folder)) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void a_fix_that_could_change_what_trades_is_made_only_when_asked_for() throws IOException {
        var file = Files.writeString(folder.resolve("compose.yaml"), COMPOSE);

        var held = harden(Reach.SAFE);
        HardenFiles.of(folder).write(held);

        assertThat(held.withheld())
                .extracting(one -> one.finding().check().code())
                .contains("TRD-001");
        assertThat(file).hasContent(COMPOSE);
        HardenFiles.of(folder).write(harden(Reach.BEHAVIOUR));
        assertThat(file).hasContent(COMPOSE.replace("replicas: 2", "replicas: 1"));
    }

    @Test
    void when_one_file_changed_meanwhile_none_is_written() throws IOException {
        var one = Files.writeString(folder.resolve("postgresql.conf"), "fsync = off\n");
        Files.createDirectory(folder.resolve("b"));
        var other = Files.writeString(folder.resolve("b/postgresql.conf"), "fsync = off\n");
        var hardening = harden(Reach.SAFE);
        Files.writeString(other, "fsync = off\nport = 5433\n");

        assertThatThrownBy(() -> HardenFiles.of(folder).write(hardening))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("b/postgresql.conf changed");

        assertThat(one).hasContent("fsync = off\n");
    }

    @Test
    void a_file_of_another_encoding_and_a_link_are_left_alone() throws IOException {
        Files.write(
                folder.resolve("postgresql.conf"),
                "# schnell für uns\nfsync = off\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(harden(Reach.SAFE).mended()).isEmpty();
        assertThat(harden(Reach.SAFE).byHand()).isNotEmpty();
    }

    private Hardening harden(Reach reach) throws IOException {
        return HardenFiles.of(folder).harden(folder, Checks.ALL, LocalDate.EPOCH, reach);
    }
}
