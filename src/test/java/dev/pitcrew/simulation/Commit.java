package dev.pitcrew.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// The commit that is tested, since a seed gives the same run only with the same code.
final class Commit {
    private static final long SECONDS_MAX = 5;

    private Commit() {}

    /// As `git describe` names it, with `-dirty` when it was changed since.
    static String name() {
        try {
            var git =
                    new ProcessBuilder("git", "describe", "--always", "--dirty")
                            .redirectErrorStream(true)
                            .start();
            var said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var isNamed = git.waitFor(SECONDS_MAX, TimeUnit.SECONDS) && git.exitValue() == 0;
            return isNamed ? said.strip() : "unknown";
        } catch (IOException _) {
            return "unknown"; // there is no git here
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
