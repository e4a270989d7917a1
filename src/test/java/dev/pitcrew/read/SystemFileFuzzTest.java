package dev.pitcrew.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Read;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a hand slips into the example, reading it ends in a system or in problems, never in an exception.
class SystemFileFuzzTest {
    private static final int FILES = 200;
    private static final String[] SLIPS = {
        "",
        " ",
        "\n",
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "&a ",
        "*a",
        "${",
        "~",
        "0",
        "-1",
        "99999999999s",
        "\t",
        "#",
        "store",
        "canary",
        "off",
        "\u0000",
        "é",
        "? ",
        "<<: *a"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_mutated_example_never_throws(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < FILES; i++) {
            var text = new StringBuilder(Example.text());
            for (int slips = random.nextInt(1, 4); slips > 0; slips--) {
                slip(text, random);
            }

            var read = SystemFile.read("pitcrew.yaml", text.toString());

            if (read instanceof Read.Bad<?> bad) {
                assertThat(bad.problems()).isNotEmpty();
            }
        }
    }

    /// Replaces, removes, repeats or moves a stretch of the text; stretches of words matter most.
    private static void slip(StringBuilder text, Random random) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(12));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(from, to);
            case 1 -> text.insert(from, SLIPS[random.nextInt(SLIPS.length)]);
            case 2 -> text.replace(from, to, SLIPS[random.nextInt(SLIPS.length)]);
            case 3 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
            default -> line(text, random);
        }
    }

    private static void line(StringBuilder text, Random random) {
        int start = text.lastIndexOf("\n", random.nextInt(text.length())) + 1;
        int end = text.indexOf("\n", start);
        if (end > start) {
            text.delete(start, end + 1);
        }
    }
}
