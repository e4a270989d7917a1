package dev.pitcrew.read;

import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A system file with one service, `api`, whose new versions are judged.
public final class JudgedFile {
    private JudgedFile() {}

    /// @param judge what stands under `judge:`
    /// @return the system as its environment `demo` has it
    public static TradingSystem read(Path folder, String judge) throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("pitcrew.yaml"),
                        """
                        system: small
                        services:
                          api:
                            role: other
                            command: ["true"]
                            ports: {http: auto}
                            rollout: {strategy: stop-start, judge: %s}
                        environments:
                          demo: {runtime: local, kind: demo, balancer: built-in, approval: none, windows: always}
                        """
                                .formatted(judge));
        return switch (SystemFile.read(file)) {
            case Read.Good<TradingSystem>(var system) -> system.in("demo");
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }
}
