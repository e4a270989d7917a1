package dev.pitcrew.app.harden;

import dev.pitcrew.read.docker.Dockerfiles;
import dev.pitcrew.read.kubernetes.KubernetesFormat;
import dev.pitcrew.read.prometheus.AlertmanagerFormat;
import dev.pitcrew.read.prometheus.PrometheusFormat;
import dev.pitcrew.read.proxy.HaproxyFormat;
import dev.pitcrew.read.proxy.NginxFormat;
import dev.pitcrew.read.compose.ComposeFormat;
import dev.pitcrew.read.shell.ShellScripts;
import dev.pitcrew.read.store.PostgresqlConf;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The programs that say whether a file is one of theirs, each with how it is asked. None is asked over a network.
enum OwnTool {
    PROMTOOL_CONFIG("promtool", new PrometheusFormat()) {
        @Override
        boolean isFor(SourceFile file) {
            return super.isFor(file) && file.text().contains("scrape_configs:");
        }

        @Override
        List<String> asked(Path file) {
            return List.of("check", "config", "--syntax-only", file.toString());
        }
    },
    PROMTOOL_RULES("promtool", new PrometheusFormat()) {
        @Override
        boolean isFor(SourceFile file) {
            return super.isFor(file) && !file.text().contains("scrape_configs:");
        }

        @Override
        List<String> asked(Path file) {
            return List.of("check", "rules", file.toString());
        }
    },
    AMTOOL("amtool", new AlertmanagerFormat()) {
        @Override
        List<String> asked(Path file) {
            return List.of("check-config", file.toString());
        }
    },
    NGINX("nginx", new NginxFormat()) {
        @Override
        List<String> asked(Path file) throws IOException {
            String text = onThisMachine(Files.readString(file)).replace("user nginx;", "user nobody;");
            Path whole = file.resolveSibling(file.getFileName() + ".whole");
            Files.writeString(
                    whole,
                    text.contains("events") ? text : "events {}\nhttp {\n" + text + "\n}\n");
            return List.of("-t", "-q", "-c", whole.toString());
        }
    },
    HAPROXY("haproxy", new HaproxyFormat()) {
        @Override
        List<String> asked(Path file) throws IOException {
            Files.writeString(file, onThisMachine(Files.readString(file)));
            return List.of("-c", "-q", "-f", file.toString());
        }
    },
    POSTGRES("postgres", new PostgresqlConf()) {
        @Override
        List<String> asked(Path file) {
            return List.of(
                    "-C",
                    "max_connections",
                    "-D",
                    String.valueOf(file.getParent()),
                    "-c",
                    "config_file=" + file);
        }
    },
    KUBECTL("kubectl", new KubernetesFormat()) {
        @Override
        List<String> asked(Path file) {
            return file.endsWith("kustomization.yaml")
                    ? List.of("kustomize", String.valueOf(file.getParent()))
                    : List.of(
                            "label", "--local", "--dry-run=client", "-o", "name", "-f", file.toString(), "a=b");
        }
    },
    COMPOSE("docker-compose", new ComposeFormat()) {
        @Override
        List<String> asked(Path file) throws IOException {
            Path own = file.resolveSibling(".env"); // what nobody commits
            if (!Files.exists(own)) {
                Files.createFile(own);
            }
            return List.of("-f", file.toString(), "config", "-q");
        }
    },
    HADOLINT("hadolint", new Dockerfiles()) {
        @Override
        List<String> asked(Path file) {
            return List.of("--failure-threshold", "error", file.toString());
        }
    },
    BASH("bash", new ShellScripts()) {
        @Override
        List<String> asked(Path file) {
            return List.of("-n", file.toString());
        }
    };

    private static final long SECONDS_MAX = 30;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

    private final String program;
    private final Format format;

    OwnTool(String program, Format format) {
        this.program = program;
        this.format = format;
    }

    /// Its arguments, for a file that it may change.
    abstract List<String> asked(Path file) throws IOException;

    String program() {
        return program;
    }

    boolean isFor(SourceFile file) {
        return format.claims(file);
    }

    /// Where it is.
    Optional<Path> found() {
        var folders = new ArrayList<Path>();
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
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
        command.addAll(asked(file));
        Path said = Files.createTempFile("tool", ".txt");
        try {
            var builder =
                    new ProcessBuilder(command)
                            .directory(file.getParent().toFile())
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

    /// Both proxies look up the names of services, which are known only where these run, and read certificates, which nobody commits.
    private static String onThisMachine(String text) {
        return text.replaceAll("(?m)(?<name>^\\s*server\\s+\\S+\\s+)[A-Za-z][\\w.-]*(?=:\\d)", "${name}127.0.0.1")
                .replaceAll("(?m)(?<name>^\\s*server\\s+|https?://)[A-Za-z][\\w.-]*(?=[:;/])", "${name}127.0.0.1")
                .replaceAll("(?m)(?<port>^\\s*(listen|bind)\\s+\\S+) ssl[^;\\n]*", "${port}");
    }
}
