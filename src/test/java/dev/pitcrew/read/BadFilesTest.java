package dev.pitcrew.read;

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

/// Each folder of `src/test/golden/read` holds a bad file and all problems in it; `-Dgolden=update` writes them anew. Two of them are laid over Compose files
/// that are bad as well: `docker-compose.yml` with `live.yml`, `common.yml` and `.env`, and `compose.yaml`, which is misspelt.
class BadFilesTest {
    private static final Path GOLDEN = Path.of("src/test/golden/read");

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void every_problem_is_named_with_its_place(Path folder) throws IOException {
        var expected = folder.resolve("expected.txt");

        var read = SystemFile.read(folder.resolve("pitcrew.yaml"));

        assertThat(read).isInstanceOf(Read.Bad.class);
        var problems =
                ((Read.Bad<?>) read)
                        .problems().stream()
                                .map(Problem::toString)
                                .map(line -> line.replace(folder + "/", ""))
                                .collect(Collectors.joining("\n", "", "\n"));
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(expected, problems);
        }
        assertThat(problems).isEqualTo(Files.readString(expected));
    }
}
