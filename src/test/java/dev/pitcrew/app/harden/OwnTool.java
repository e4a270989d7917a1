package dev.pitcrew.app.harden;

import dev.pitcrew.read.compose.ComposeFormat;
import dev.pitcrew.read.docker.Dockerfiles;
import dev.pitcrew.read.kubernetes.KubernetesFormat;
import dev.pitcrew.read.prometheus.AlertmanagerFormat;
import dev.pitcrew.read.prometheus.PrometheusFormat;
import dev.pitcrew.read.proxy.HaproxyFormat;
import dev.pitcrew.read.proxy.NginxFormat;
import dev.pitcrew.read.shell.ShellScripts;
import dev.pitcrew.read.store.PostgresqlConf;
import dev.pitcrew.read.survey.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A program that says whether a file is one of its own. None is asked over a network.
///
/// @param isFor the files that it knows
/// @param asked its arguments for one of them, which may be rewritten for it
record OwnTool(String name, String program, Predicate<SourceFile> isFor, Asked asked) {
    private static final long SECONDS_MAX = 30;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

    /// How it is asked about a file.
    interface Asked {
        List<String> about(Path file) throws IOException;
    }

    static List<OwnTool> all() {
        return List.of(
                new OwnTool(
                        "promtool check config",
                        "promtool",
                        file -> new PrometheusFormat().claims(file) && scrapes(file),
                        file -> List.of("check", "config", "--syntax-only", file.toString())),
                new OwnTool(
                        "promtool check rules",
                        "promtool",
                        file -> new PrometheusFormat().claims(file) && !scrapes(file),
                        file -> List.of("check", "rules", file.toString())),
                new OwnTool(
                        "amtool",
                        "amtool",
                        new AlertmanagerFormat()::claims,
                        file -> List.of("check-config", file.toString())),
                new OwnTool("nginx", "nginx", new NginxFormat()::claims, OwnTool::nginx),
                new OwnTool("haproxy", "haproxy", new HaproxyFormat()::claims, OwnTool::haproxy),
                new OwnTool(
                        "postgres", "postgres", new PostgresqlConf()::claims, OwnTool::postgres),
                new OwnTool("kubectl", "kubectl", new KubernetesFormat()::claims, OwnTool::kubectl),
                new OwnTool(
                        "docker-compose",
                        "docker-compose",
                        new ComposeFormat()::claims,
                        OwnTool::compose),
                new OwnTool(
                        "hadolint",
                        "hadolint",
                        new Dockerfiles()::claims,
                        file -> List.of("--failure-threshold", "error", file.toString())),
                new OwnTool(
                        "bash",
                        "bash",
                        new ShellScripts()::claims,
                        file -> List.of("-n", file.toString())));
    }

    private static boolean scrapes(SourceFile file) {
        return file.text().contains("scrape_configs:");
    }

    private static List<String> nginx(Path file) throws IOException {
        String text = onThisMachine(Files.readString(file)).replace("user nginx;", "user nobody;");
        Path whole = file.resolveSibling(file.getFileName() + ".whole");
        Files.writeString(
                whole, text.contains("events") ? text : "events {}\nhttp {\n" + text + "\n}\n");
        return List.of("-t", "-q", "-c", whole.toString());
    }

    private static List<String> haproxy(Path file) throws IOException {
        Files.writeString(file, onThisMachine(Files.readString(file)));
        return List.of("-c", "-f", file.toString());
    }

    private static List<String> postgres(Path file) {
        return List.of(
                "-C",
                "max_connections",
                "-D",
                file.resolveSibling("").toString(),
                "-c",
                "config_file=" + file);
    }

    private static List<String> kubectl(Path file) {
        return file.endsWith("kustomization.yaml")
                ? List.of("kustomize", file.resolveSibling("").toString())
                : List.of(
                        "label",
                        "--local",
                        "--dry-run=client",
                        "-o",
                        "name",
                        "-f",
                        file.toString(),
                        "a=b");
    }

    private static List<String> compose(Path file) throws IOException {
        Path own = file.resolveSibling(".env"); // what nobody commits
        if (!Files.exists(own)) {
            Files.createFile(own);
        }
        return List.of("-f", file.toString(), "config", "-q");
    }

    /// Both proxies look up the names of services, which are known only where these run, and read certificates, which nobody commits.
    private static String onThisMachine(String text) {
        return text.replaceAll(
                        "(?m)(?<name>^\\s*server\\s+\\S+\\s+)[A-Za-z][\\w.-]*(?=:\\d)",
                        "${name}127.0.0.1")
                .replaceAll(
                        "(?m)(?<name>^\\s*server\\s+|https?://)[A-Za-z][\\w.-]*(?=[:;/])",
                        "${name}127.0.0.1")
                .replaceAll("(?m)(?<port>^\\s*(listen|bind)\\s+\\S+) ssl[^;\\n]*", "${port}");
    }

    /// Where it is.
    Optional<Path> found() {
        var folders = new ArrayList<Path>();
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(Path::of)
                .forEach(folders::add);
        folders.add(Path.of("/usr/sbin"));
        try (var versions = Files.newDirectoryStream(Path.of("/usr/lib/postgresql"))) {
            versions.forEach(one -> folders.add(one.resolve("bin")));
        } catch (IOException _) {
            // then there is none
        }
        return folders.stream()
                .map(one -> one.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// What it has against a file; empty when it takes it.
    Optional<String> against(Path file) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(found().orElseThrow().toString());
        command.addAll(asked.about(file));
        Path said = Files.createTempFile("tool", ".txt");
        try {
            var builder =
                    new ProcessBuilder(command)
                            .directory(file.resolveSibling("").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile());
            // What has to be set, somebody has set.
            VARIABLE.matcher(Files.readString(file))
                    .results()
                    .forEach(one -> builder.environment().putIfAbsent(one.group(1), "1"));
            var process = builder.start();
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " does not end");
            }
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(command + ": " + Files.readString(said));
        } finally {
            Files.delete(said);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
