package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.Loop;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Proves that the simulation finds what it is there to find: each bug in `src/test/bugs`, a one-line patch of production code, breaks the
/// invariant that its header names within some seeds. `git apply` takes them as well.
class BugsTest {
    private static final int SEEDS_MAX = 1000;
    private static final int BATCH = 32; // seeds on all cores before anybody looks

    @TempDir Path folder;

    static Stream<Path> bugs() throws IOException {
        try (var files = Files.list(Path.of("src/test/bugs"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void a_bug_is_found(Path bug) throws Exception {
        var lines = Files.readAllLines(bug);
        compile(patched(bug, lines));

        var found = firstBroken();

        System.out.printf("%s: found within %d seeds%n", bug.getFileName(), found.seed());
        assertThat(found.message()).startsWith(only(lines, "Breaks: ") + ": ");
    }

    /// The first seed that broke, and how; the last seed and nothing when none did.
    private record Found(long seed, String message) {}

    /// What stands behind the mark on the one line that has it.
    private static String only(List<String> lines, String mark) {
        var found = lines.stream().filter(line -> line.startsWith(mark)).toList();
        assertThat(found).as(mark).hasSize(1);
        return found.getFirst().substring(mark.length());
    }

    private Path patched(Path bug, List<String> lines) throws IOException {
        var file = Path.of(only(lines, "--- a/"));
        var change = lines.stream().dropWhile(line -> !line.startsWith("@@")).toList();
        var before = only(change, "-");
        var source = Files.readString(file);
        assertThat(source).as("%s no longer fits %s", bug, file).containsOnlyOnce(before);
        var copy = folder.resolve(file.getFileName());
        return Files.writeString(copy, source.replace(before, only(change, "+")));
    }

    private void compile(Path source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new java.io.ByteArrayOutputStream();
        var arguments =
                List.of(
                        "-nowarn",
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        var result = compiler.run(null, null, problems, arguments.toArray(String[]::new));
        assertThat(result).as(problems::toString).isZero();
    }

    /// Runs seeds with the patched class before all others.
    private Found firstBroken() throws Exception {
        var places =
                new URL[] {
                    folder.toUri().toURL(), place(Simulation.class), place(Loop.class),
                };
        try (var loader = new URLClassLoader(places, new Libraries())) {
            var run = loader.loadClass(Simulation.class.getName()).getMethod("run", long.class);
            for (long first = 1; first <= SEEDS_MAX; first += BATCH) {
                var found =
                        LongStream.range(first, Math.min(first + BATCH, SEEDS_MAX + 1))
                                .parallel()
                                .mapToObj(seed -> broken(run, seed))
                                .flatMap(Optional::stream)
                                .findFirst(); // the smallest seed, whichever broke first
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return new Found(SEEDS_MAX, "");
    }

    /// Where a class of ours was loaded from.
    private static URL place(Class<?> one) {
        return one.getProtectionDomain().getCodeSource().getLocation();
    }

    /// What is not ours, and so needs no other copy for each bug.
    private static final class Libraries extends ClassLoader {
        Libraries() {
            super(BugsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.pitcrew.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    /// How a seed broke; empty when it didn't.
    private static Optional<Found> broken(Method run, long seed) {
        try {
            run.invoke(null, seed);
            return Optional.empty();
        } catch (InvocationTargetException broken) {
            var cause = Objects.requireNonNull(broken.getCause());
            return Optional.of(new Found(seed, String.valueOf(cause.getMessage())));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
