package dev.pitcrew.read.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever becomes of real-looking files, each reader ends soon, in facts and problems, never in an exception. Samples lie in src/test/fuzz, with `__` for the slashes of their paths; those in one
/// folder there are one repository. `-Dfuzz=N` for more than 20,000 inputs in all, `-Dfuzz.seed=N` for others.
class FormatsFuzzTest {
    private static final Path SAMPLES = Path.of("src/test/fuzz");
    private static final int INPUTS = Integer.getInteger("fuzz", 20_000);
    private static final int FIRST = Integer.getInteger("fuzz.seed", 0);

    /// No input takes a second; this catches what never ends, on a machine that is busy.
    private static final Duration RUNAWAY = Duration.ofSeconds(10);

    private static final long LEAK = 32L << 20;
    private static final String[] SLIPS = {
        "",
        " ",
        "\n",
        "\r\n",
        "\t",
        ":",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "&a ",
        "*a",
        "<<: *a",
        "!reset null",
        "!override ",
        "!Ref x",
        "${",
        "${A:-",
        "}",
        "$$",
        "{{",
        "}}",
        "{{- if .Values.x }}",
        "{{- end }}",
        "{{ .Values.a.b | default 1 }}",
        "{% for x in y %}",
        "<%= x %>",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "~",
        "0",
        "-1",
        "99999999999999999999",
        "1e400",
        "#",
        "\u0000",
        "\uFEFF",
        "\u2028",
        "é",
        "\uD800",
        "? ",
        "include: [x]\n",
        "extends: x",
        "RUN ",
        "\\\n",
        "<<EOF\n",
        "EOF\n",
        "rate(x[5m])",
        "(",
        ")",
        "server {",
        ";",
        "[Service]\n",
        "ExecStart=",
        "\"\"\"",
        "op.execute(",
        "999999999999y",
        "include *.conf;",
        "resource \"a\" \"b\" {\n",
        "x = <<-EOF\n",
        "jsonencode(",
        "${local.a}",
        "hosts: x\n",
        "[5m]"
    };

    static List<Path> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void every_format_has_a_sample() throws IOException {
        var files = new ArrayList<SourceFile>();
        for (Path folder : samples()) {
            files.addAll(files(folder));
        }

        assertThat(Formats.ALL)
                .allSatisfy(
                        format ->
                                assertThat(files.stream().filter(format::claims))
                                        .as(format.name())
                                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_changed_repository_is_read_to_its_end(Path folder) throws IOException {
        read(folder, INPUTS / samples().size(), 4);
    }

    @ParameterizedTest
    @MethodSource("samples")
    @Tag("long")
    void a_million_changes_leave_nothing_behind(Path folder) throws IOException {
        read(folder, 1_000_000 / samples().size(), 20);
    }

    /// Reads changed copies of a folder's files, and asks all checks what they think of each one in so many: they take most of the time, and readers are what is fuzzed. What is kept after the first tenth is what the readers need anyway; more than that is a leak.
    private static void read(Path folder, int inputs, int checkedOneIn) throws IOException {
        List<SourceFile> files = files(folder);
        int begun = FIRST + inputs / 10;
        read(files, FIRST, begun, checkedOneIn);
        long kept = kept();
        read(files, begun, FIRST + inputs, checkedOneIn);

        assertThat(kept() - kept).as("bytes more than at the beginning").isLessThan(LEAK);
    }

    /// On all cores.
    private static void read(List<SourceFile> files, int first, int end, int checkedOneIn) {
        IntStream.range(first, end)
                .parallel()
                .forEach(
                        seed ->
                                read(
                                        files,
                                        seed,
                                        seed % checkedOneIn == 0 ? Checks.ALL : List.of()));
    }

    private static void read(List<SourceFile> files, int seed, List<Check> checks) {
        var random = new Random(seed);
        var changed = new ArrayList<>(files);
        int at = random.nextInt(changed.size());
        SourceFile old = changed.get(at);
        changed.set(at, new SourceFile(old.path(), slip(old.text(), random)));
        long start = System.nanoTime();

        var assessed = Assess.assess(new Sources(changed), List.of(), checks, LocalDate.EPOCH);

        assertThat(assessed.subject().survey().problems())
                .as("seed %d of %s", seed, old.path())
                .noneMatch(one -> one.message().contains("a fault of Pitcrew"));
        if (System.nanoTime() - start > RUNAWAY.toNanos()) {
            fail("seed %d of %s runs away", seed, old.path());
        }
    }

    private static long kept() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static List<SourceFile> files(Path folder) throws IOException {
        var sources = new ArrayList<SourceFile>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String path = file.getFileName().toString().replace("__", "/");
                sources.add(new SourceFile(path, Files.readString(file)));
            }
        }
        return sources;
    }

    private static String slip(String text, Random random) {
        var now = new StringBuilder(text);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int at = random.nextInt(now.length() + 1);
            int end = Math.min(now.length(), at + random.nextInt(40));
            switch (random.nextInt(5)) {
                case 0 -> now.delete(at, end);
                case 1 -> now.insert(at, now.substring(at, end).repeat(1 + random.nextInt(20)));
                case 2 ->
                        now.insert(
                                at,
                                SLIPS[random.nextInt(SLIPS.length)].repeat(1 + random.nextInt(60)));
                case 3 -> now.setLength(at);
                default -> now.insert(at, SLIPS[random.nextInt(SLIPS.length)]);
            }
        }
        return now.toString();
    }
}
