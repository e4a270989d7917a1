package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The command lines of an [SshWitness], for a POSIX shell on the other host. Pure.
final class SshCommand {
    private SshCommand() {}

    /// Prints the checkpoint, or nothing when there is none; fails when the folder is missing.
    static List<String> show(List<String> ssh, String folder, String path) {
        var file = quoted(folder + "/" + path);
        return with(
                ssh, "cd %s && { [ ! -e %s ] || cat %s; }".formatted(quoted(folder), file, file));
    }

    /// Replaces the checkpoint by standard input, durably; exit code 9 when it isn't `before` any more.
    ///
    /// @param before the whole old checkpoint; empty when there was none
    static List<String> replace(List<String> ssh, String folder, String path, String before) {
        var file = folder + "/" + path;
        var parent = file.substring(0, file.lastIndexOf('/'));
        var expected = Hash.sha256(before.getBytes(StandardCharsets.UTF_8)).hex();
        return with(
                ssh,
                """
                cd %s && mkdir -p %s && cd %s && exec 8>lock && flock 8 && touch checkpoint && \
                { [ "$(sha256sum < checkpoint | cut -c 1-64)" = %s ] || exit 9; } && \
                cat > next && sync next && mv next checkpoint && sync ."""
                        .formatted(quoted(folder), quoted(parent), quoted(parent), expected));
    }

    private static List<String> with(List<String> ssh, String script) {
        var command = new ArrayList<>(ssh);
        command.add(script);
        return List.copyOf(command);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
