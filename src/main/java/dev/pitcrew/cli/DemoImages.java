package dev.pitcrew.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.docker.ImageMaking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The desk's images, made of nothing but this host's own files: a runtime that is linked for it, the libraries of the system that the runtime
/// needs, and the desk. Each version of a service is an image of its own.
final class DemoImages {
    private static final String NAME = "pitcrew-demo:";
    private static final List<String> UNVERSIONED = List.of("feed", "drop-copy", "quotes");

    // What jdeps finds in the desk, and what its libraries want: java.desktop for java.beans.
    private static final String MODULES =
            "java.base,java.desktop,java.sql,java.naming,java.management,jdk.httpserver,jdk.unsupported";

    private final Path desk;
    private final Path folder;
    private final ImageMaking images;
    private final List<String> built = new ArrayList<>();

    /// @param desk the folder of the desk's project, built
    /// @param folder where contexts are made; it is gone once all are built
    DemoImages(Path desk, Path folder, ImageMaking images) {
        this.desk = desk;
        this.folder = folder;
        this.images = images;
    }

    /// Builds all of them.
    void build() throws IOException, InterruptedException {
        var base = Files.createDirectories(folder.resolve("base"));
        runtime(base.resolve("root"));
        program(base.resolve("root"));
        // Who started the demo owns what its containers write.
        var owner =
                Files.getAttribute(folder, "unix:uid")
                        + ":"
                        + Files.getAttribute(folder, "unix:gid");
        image(
                "base",
                base,
                """
                FROM scratch
                COPY --chown=%s root /
                USER %s
                ENTRYPOINT ["/java/bin/java"]
                """
                        .formatted(owner, owner));
        for (var service : UNVERSIONED) {
            image(
                    service + "-1",
                    Files.createDirectories(folder.resolve(service)),
                    "FROM %sbase\n".formatted(NAME));
        }
        try (var versions = Files.newDirectoryStream(desk.resolve("versions"), "*.conf")) {
            for (var file : versions) {
                var name = file.getFileName().toString().replaceFirst("\\.conf$", "");
                var context = Files.createDirectories(folder.resolve(name));
                Files.copy(file, context.resolve("version.conf"));
                image(name, context, "FROM %sbase\nCOPY version.conf /desk/\n".formatted(NAME));
            }
        }
        run(List.of("rm", "-rf", folder.toString()));
    }

    private void image(String name, Path context, String dockerfile)
            throws IOException, InterruptedException {
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        var tar = folder.resolve(name + ".tar");
        run(List.of("tar", "-cf", tar.toString(), "-C", context.toString(), "."));
        built.add(NAME + name);
        images.build(NAME + name, tar);
        Files.delete(tar);
    }

    private static void runtime(Path root) throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("java.home"));
        var jlink = home.resolve("bin/jlink");
        if (!Files.isExecutable(jlink)) {
            throw new Refused(
                    "there is no " + jlink + ", which makes the runtime of the desk's images",
                    "start pitcrew with a JDK that has it, or play the demo without --docker");
        }
        Files.createDirectories(root);
        run(
                List.of(
                        jlink.toString(),
                        "--add-modules",
                        MODULES,
                        "--strip-java-debug-attributes",
                        "--no-header-files",
                        "--no-man-pages",
                        "--generate-cds-archive",
                        "--output",
                        root.resolve("java").toString()));
        var needed = new TreeSet<Path>();
        for (var one :
                List.of("bin/java", "lib/server/libjvm.so", "lib/libnio.so", "lib/libzip.so")) {
            needed.addAll(libraries(root.resolve("java").resolve(one)));
        }
        for (var one : needed) {
            if (!one.startsWith(root)) {
                var to = root.resolve(one.toString().substring(1));
                Files.createDirectories(to.getParent());
                Files.copy(one, to); // a link is followed
            }
        }
        Files.createDirectories(root.resolve("tmp"));
    }

    /// What the loader would load, its own file included.
    private static List<Path> libraries(Path program) throws IOException, InterruptedException {
        return run(List.of("ldd", program.toString()))
                .lines()
                .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
                .filter(word -> word.startsWith("/"))
                .map(Path::of)
                .toList();
    }

    private void program(Path root) throws IOException {
        var to = root.resolve("desk");
        Files.createDirectories(to.resolve("lib"));
        Files.copy(desk.resolve("target/desk.jar"), to.resolve("desk.jar"));
        try (var jars = Files.newDirectoryStream(desk.resolve("target/lib"), "*.jar")) {
            for (var jar : jars) {
                Files.copy(jar, to.resolve("lib").resolve(jar.getFileName()));
            }
        }
    }

    private static String run(List<String> argv) throws IOException, InterruptedException {
        var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new OperationFailed(
                    Code.NOT_STARTED, argv.getFirst() + " failed: " + said.strip(), null);
        }
        return said;
    }

    /// Removes those that were built, the newest first.
    void remove() {
        built.reversed().forEach(images::remove);
    }
}
