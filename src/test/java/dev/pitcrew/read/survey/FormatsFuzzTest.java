package dev.pitcrew.read.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.assess.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever becomes of real-looking files, each reader ends soon, in facts and problems, never in an exception. Samples lie in src/test/fuzz, with `__` for the slashes of their paths; those in one
/// folder there are one repository. `-Dfuzz=N` for more than 2,000 inputs of each.
class FormatsFuzzTest {
    private static final Path SAMPLES = Path.of("src/test/fuzz");
    private static final int INPUTS = Integer.getInteger("fuzz", 2000);
    private static final Duration LONGEST = Duration.ofSeconds(2);
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
        ";"
    };

    static List<Path> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_changed_repository_is_read_to_its_end(Path folder) throws IOException {
        List<SourceFile> files = files(folder);
        for (int seed = 0; seed < INPUTS; seed++) {
            var random = new Random(seed);
            var changed = new ArrayList<>(files);
            int at = random.nextInt(changed.size());
            SourceFile old = changed.get(at);
            changed.set(at, new SourceFile(old.path(), slip(old.text(), random)));
            long start = System.nanoTime();

            var assessed =
                    Assess.assess(new Sources(changed), List.of(), Checks.ALL, LocalDate.EPOCH);

            assertThat(assessed.subject().survey().problems())
                    .as("seed %d of %s", seed, old.path())
                    .noneMatch(one -> one.message().contains("a fault of Pitcrew"));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %d of %s", seed, old.path())
                    .isLessThan(LONGEST);
        }
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
