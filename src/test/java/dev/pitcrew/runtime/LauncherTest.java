package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir private Path folder;

    @Test
    void where_the_old_one_ends_first_the_new_one_bears_its_names() throws IOException {
        assertThat(names("stop-start", 1))
                .containsExactly(
                        Map.entry("desk", List.of("front", "web")),
                        Map.entry("back", List.of("front")));
    }

    @Test
    void where_two_versions_run_side_by_side_neither_has_a_name() throws IOException {
        assertThat(names("rolling", 2))
                .containsExactly(Map.entry("desk", List.of()), Map.entry("back", List.of()));
    }

    private Map<String, List<String>> names(String strategy, int replicas) throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("pitcrew.yaml"),
                        """
                        system: small
                        services:
                          front:
                            role: stateless
                            replicas: REPLICAS
                            ports: {http: auto}
                            container: {image: "front:${version}", ports: {http: 80}, networks: {desk: [web], back: []}}
                            probes: {ready: {http: /ready}}
                            rollout: {strategy: STRATEGY}
                        environments:
                          demo: {kind: demo, approval: none, runtime: docker}
                        """
                                .replace("STRATEGY", strategy)
                                .replace("REPLICAS", String.valueOf(replicas)));
        if (SystemFile.read(file) instanceof Read.Good<TradingSystem>(var system)) {
            var front = system.service("front");
            return Launcher.networks(front, front.container().orElseThrow());
        }
        throw new AssertionError(SystemFile.read(file));
    }
}
