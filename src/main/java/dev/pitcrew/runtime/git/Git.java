package dev.pitcrew.runtime.git;

import dev.pitcrew.runtime.git.PastFiles.Answer;
import dev.pitcrew.runtime.process.OwnEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs `git` in a folder, bounded in time. It fetches nothing that a partial clone lacks, locks nothing, and starts no monitor of files that the repository asks for.
final class Git {
    private final Path folder;
    private final Duration limit;

    /// @param limit of one command
    Git(Path folder, Duration limit) {
        this.folder = folder;
        this.limit = limit;
    }

    String text(String... arguments) throws IOException {
        return new String(bytes(arguments), StandardCharsets.UTF_8);
    }

    /// What it lists with `-z`.
    List<String> list(String... arguments) throws IOException {
        return PastFiles.parts(bytes(arguments));
    }

    private byte[] bytes(String... arguments) throws IOException {
        var all = new byte[1][];
        run("", in -> all[0] = in.readAllBytes(), arguments);
        return all[0];
    }

    /// @param input that it reads
    /// @throws IOException when it can't be run, fails, or takes longer than the limit
    void run(String input, Answer answer, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of("git", "--no-pager", "-c", "core.fsmonitor=false"));
        words.addAll(List.of(arguments));
        Path asked = Files.createTempFile("pitcrew-git", ".in");
        Path said = Files.createTempFile("pitcrew-git", ".err");
        try {
            Files.writeString(asked, input);
            var builder =
                    new ProcessBuilder(words)
                            .directory(folder.toFile())
                            .redirectInput(asked.toFile())
                            .redirectError(said.toFile());
            OwnEnvironment.strip(builder);
            builder.environment().put("GIT_NO_LAZY_FETCH", "1");
            builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
            int code = answered(builder.start(), answer);
            if (code != 0) {
                throw new IOException(
                        "git %s ended with %d: %s"
                                .formatted(arguments[0], code, Files.readString(said).strip()));
            }
        } finally {
            Files.delete(asked);
            Files.delete(said);
        }
    }

    private int answered(Process process, Answer answer) throws IOException {
        try {
            // Killed at the limit, which ends the reading below.
            var _ =
                    process.onExit()
                            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                            .exceptionally(
                                    _ -> {
                                        process.destroyForcibly();
                                        return process;
                                    });
            answer.read(process.getInputStream());
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("git was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
