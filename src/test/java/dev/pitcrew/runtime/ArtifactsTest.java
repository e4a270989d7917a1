package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.Version;
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

    private dev.pitcrew.model.Service gateway() {
        return TestingSystem.in(folder, List.of()).service("gateway");
    }
}
