package dev.pitcrew.runtime.helm;

import dev.pitcrew.runtime.process.OwnEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Runs `helm template`. Its folders are temporary, so that no plugin, repository or cluster of the user is seen, and dependencies are those that lie in the chart.
public final class Helm {
    private static final int OUTPUT_MAX = 8 << 20;
    private static final int REASON_MAX = 200;
    private static final Pattern SOURCE = Pattern.compile("# Source: [^/\\s]+/(\\S.*)");

    private final String program;
    private final Duration limit;

    /// @param program by name on the PATH, or by its path
    /// @param limit of one chart
    public Helm(String program, Duration limit) {
        this.program = program;
        this.limit = limit;
    }

    /// What a chart makes with its own values.
    ///
    /// @param release the name that it gets
    /// @param chart its folder
    /// @return YAML by the path of the template in the chart
    /// @throws HelmMissing when the program can't be started
    /// @throws IOException when it fails, takes longer than the limit, or says more than 8 MiB; the message is one line
    public Map<String, String> template(String release, Path chart) throws IOException {
        Path home = Files.createTempDirectory("pitcrew-helm");
        try {
            return parts(run(release, chart.toAbsolutePath(), home));
        } finally {
            try (var files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private String run(String release, Path chart, Path home) throws IOException {
        Path said = home.resolve("err");
        var builder =
                new ProcessBuilder(program, "template", release, chart.toString(), "--skip-tests")
                        .directory(home.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectError(said.toFile());
        OwnEnvironment.strip(builder);
        for (String name :
                new String[] {
                    "HOME",
                    "HELM_CACHE_HOME",
                    "HELM_CONFIG_HOME",
                    "HELM_DATA_HOME",
                    "HELM_PLUGINS",
                    "KUBECONFIG"
                }) {
            builder.environment().put(name, home.resolve(name).toString());
        }
        Process process = started(builder);
        try {
            // Killed at the limit, which ends the reading below.
            var late =
                    process.onExit()
                            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                            .handle(
                                    (_, failure) -> {
                                        if (failure != null) {
                                            process.destroyForcibly(); // closes what is read
                                        }
                                        return failure != null;
                                    });
            byte[] out = process.getInputStream().readNBytes(OUTPUT_MAX + 1);
            if (out.length > OUTPUT_MAX) {
                throw new IOException("it makes more than 8 MiB");
            }
            int code = process.waitFor();
            if (late.join()) {
                throw new IOException("it takes longer than " + limit.toSeconds() + " s");
            }
            if (code != 0) {
                throw new IOException(reason(Files.readString(said)));
            }
            return new String(out, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("helm was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process started(ProcessBuilder builder) throws HelmMissing {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new HelmMissing(program, e);
        }
    }

    private static String reason(String said) {
        String line =
                said.lines()
                        .filter(one -> one.startsWith("Error:"))
                        .findFirst()
                        .orElse("it failed")
                        .replaceFirst("^Error: ", "");
        return line.substring(0, Math.min(REASON_MAX, line.length()));
    }

    /// Parts what it said by its comments, which name the template that a document comes from.
    static Map<String, String> parts(String rendered) {
        var parts = new LinkedHashMap<String, StringBuilder>();
        StringBuilder part = new StringBuilder();
        for (String line : rendered.split("\n", -1)) {
            var source = SOURCE.matcher(line);
            if (source.matches()) {
                part = parts.computeIfAbsent(source.group(1), _ -> new StringBuilder());
                part.append("---\n");
            } else if (!line.equals("---")) {
                part.append(line).append('\n');
            }
        }
        var texts = new LinkedHashMap<String, String>();
        parts.forEach((path, text) -> texts.put(path, text.toString()));
        return texts;
    }
}
