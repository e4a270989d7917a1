package dev.pitcrew.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each folder of `src/test/golden/market` holds a bad calendar file and all problems in it; `-Dgolden=update` writes them anew.
class BadCalendarsTest {
    private static final Path GOLDEN = Path.of("src/test/golden/market");

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void every_problem_is_named_with_its_place(Path folder) throws IOException {
        var text = Files.readString(folder.resolve("our.calendar"));
        var expected = folder.resolve("expected.txt");

        var read = Sessions.OURS.with("our.calendar", text);

        assertThat(read).isInstanceOf(Read.Bad.class);
        var problems =
                ((Read.Bad<?>) read)
                        .problems().stream()
                                .map(Problem::toString)
                                .collect(Collectors.joining("\n", "", "\n"));
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(expected, problems);
        }
        assertThat(problems).isEqualTo(Files.readString(expected));
    }
}
