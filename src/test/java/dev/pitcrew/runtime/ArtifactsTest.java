package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.Release;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.read.SystemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
    @TempDir Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("versions"));
        Files.writeString(folder.resolve("versions/1.2.conf"), "version=1.2\n");
        Files.writeString(folder.resolve("versions/2.0.conf"), "version=2.0\n");
        Files.writeString(folder.resolve("versions/README"), "");
    }

    @Test
    void a_version_is_the_digest_over_the_digests_of_its_files() throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        var inner = sha.digest(Files.readAllBytes(folder.resolve("versions/1.2.conf")));

        var release = new Artifacts(folder).release(gateway(), new Version("1.2"));

        assertThat(release.binary()).isEqualTo(HexFormat.of().formatHex(sha.digest(inner)));
        assertThat(release.configuration()).isEmpty();
        assertThat(release.flags()).isEmpty();
        assertThat(release.state().canRead(release.state())).isTrue();
    }

    @Test
    void a_version_that_is_not_there_is_told_with_the_nearest_one() {
        assertThatThrownBy(() -> new Artifacts(folder).release(gateway(), new Version("1.3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("gateway has no version 1.3: there is no ")
                .hasMessageEndingWith("; the nearest that exists is 1.2");
    }

    @Test
    void the_order_of_its_files_is_part_of_what_a_version_is() {
        var one = release("artifact: [versions/1.2.conf, versions/2.0.conf]", "1.2");
        var other = release("artifact: [versions/2.0.conf, versions/1.2.conf]", "1.2");

        assertThat(one.binary()).isNotEqualTo(other.binary());
    }

    @Test
    void a_byte_that_moves_from_one_file_to_the_next_makes_another_version() throws IOException {
        Files.writeString(folder.resolve("a"), "12");
        Files.writeString(folder.resolve("b"), "3");
        var before = release("artifact: [a, b]", "1");
        Files.writeString(folder.resolve("a"), "1");
        Files.writeString(folder.resolve("b"), "23");

        assertThat(release("artifact: [a, b]", "1").binary()).isNotEqualTo(before.binary());
    }

    @Test
    void configuration_and_flags_have_digests_of_their_own() throws IOException {
        Files.writeString(folder.resolve("desk.conf"), "limit=1\n");
        Files.writeString(folder.resolve("flags.conf"), "new=true\n");
        var files =
                "artifact: [versions/2.0.conf], configuration: [desk.conf], flags: [flags.conf]";
        var before = release(files, "2.0");
        Files.writeString(folder.resolve("flags.conf"), "new=false\n");

        var after = release(files, "2.0");

        assertThat(after.binary()).isEqualTo(before.binary());
        assertThat(after.configuration()).isEqualTo(before.configuration()).hasSize(64);
        assertThat(after.flags()).isNotEqualTo(before.flags()).hasSize(64);
    }

    @Test
    void a_version_may_stand_in_the_name_of_a_folder() throws IOException {
        Files.createDirectories(folder.resolve("releases/v7-beta/bin"));
        Files.writeString(folder.resolve("releases/v7-beta/bin/desk"), "x");
        var files = "artifact: [\"releases/v${version}/bin/desk\"]";

        assertThat(release(files, "7-beta").binary()).hasSize(64);
        assertThatThrownBy(() -> release(files, "7"))
                .hasMessageEndingWith("; the nearest that exists is 7-beta");
    }

    @Test
    void where_no_version_is_at_all_none_is_near() {
        assertThatThrownBy(() -> release("artifact: [\"nowhere/${version}\"]", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("; no version exists there");
    }

    @Test
    void a_missing_file_that_names_no_version_is_told_with_its_place() {
        assertThatThrownBy(() -> release("artifact: [desk.jar]", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("pitcrew.yaml:\\d+:\\d+: .*desk.jar of desk can't be read: .*");
    }

    @Test
    void a_folder_is_no_artifact() {
        assertThatThrownBy(() -> release("artifact: [versions]", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't be read");
    }

    private Release release(String files, String version) {
        var read =
                SystemFile.read(
                        "pitcrew.yaml",
                        """
                        system: small
                        services:
                          desk: {role: other, command: [x], %s}
                        environments:
                          demo: {runtime: local, kind: demo, balancer: built-in, approval: none, windows: always}
                        """
                                .formatted(files));
        assertThat(read).isInstanceOf(Read.Good.class);
        var service = ((Read.Good<TradingSystem>) read).document().service("desk");
        return new Artifacts(folder).release(service, new Version(version));
    }

    private Service gateway() {
        return TestingSystem.in(folder, List.of()).service("gateway");
    }
}
