package dev.pitcrew.read.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which files of a folder are read, and how, however odd they are.
class RepositoryTest {
    @TempDir Path folder;

    private void write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private List<String> paths() throws IOException {
        return Repository.read(folder).sources().all().stream().map(SourceFile::path).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "x-UTF-16LE-BOM", "ISO-8859-1"})
    void whatever_its_encoding_a_text_is_read_as_it_was_meant(String encoding) throws IOException {
        write("a.yaml", "name: Börse\n".getBytes(Charset.forName(encoding)));

        var read = Repository.read(folder);

        assertThat(read.sources().all())
                .extracting(SourceFile::text)
                .containsExactly("name: Börse\n");
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void the_mark_of_utf_8_is_no_part_of_the_text() throws IOException {
        write("a.env", "\uFEFFA=1\n".getBytes(StandardCharsets.UTF_8));

        assertThat(Repository.read(folder).sources().all())
                .extracting(SourceFile::text)
                .containsExactly("A=1\n");
    }

    @Test
    void what_is_binary_though_its_name_says_text_is_a_problem() throws IOException {
        write("secret.yaml", new byte[] {0, 'G', 'I', 'T', 'C', 'R', 'Y', 'P', 'T', 0, 1, 2});
        write("gateway", new byte[] {0x7f, 'E', 'L', 'F', 0, 0});
        write("b.yaml", "a: 1\n".getBytes(StandardCharsets.UTF_8));

        var read = Repository.read(folder);

        assertThat(read.problems())
                .containsExactly(
                        new Problem(
                                new Place("secret.yaml", 1, 1),
                                "is binary or encrypted, and was not read"));
        assertThat(paths()).containsExactly("b.yaml");
    }

    @Test
    void what_is_too_large_is_a_problem_and_the_rest_is_read() throws IOException {
        write("a.yaml", new byte[(1 << 20) + 1]);
        write("b.yaml", "a: 1\n".getBytes(StandardCharsets.UTF_8));

        var read = Repository.read(folder);

        assertThat(read.problems())
                .containsExactly(
                        new Problem(
                                new Place("a.yaml", 1, 1),
                                "is larger than 1 MiB, and was not read"));
        assertThat(paths()).containsExactly("b.yaml");
    }

    @Test
    void links_in_a_circle_or_out_of_the_folder_are_not_followed() throws IOException {
        write("in/a.yaml", "a: 1\n".getBytes(StandardCharsets.UTF_8));
        write("out/b.yaml", "b: 1\n".getBytes(StandardCharsets.UTF_8));
        Files.createSymbolicLink(folder.resolve("in/again"), folder.resolve("in"));
        Files.createSymbolicLink(folder.resolve("in/b.yaml"), folder.resolve("out/b.yaml"));
        Files.createSymbolicLink(folder.resolve("in/c.yaml"), Path.of("c.yaml"));

        assertThat(Repository.read(folder.resolve("in")).sources().all())
                .extracting(SourceFile::path)
                .containsExactly("a.yaml");
    }

    @Test
    void a_folder_that_is_itself_a_link_is_read() throws IOException {
        write("real/a.yaml", "a: 1\n".getBytes(StandardCharsets.UTF_8));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertThat(Repository.read(link).sources().all())
                .extracting(SourceFile::path)
                .containsExactly("a.yaml");
    }

    @Test
    void one_file_alone_is_read() throws IOException {
        write("Dockerfile", "FROM a\n".getBytes(StandardCharsets.UTF_8));

        assertThat(Repository.read(folder.resolve("Dockerfile")).sources().all())
                .extracting(SourceFile::path)
                .containsExactly("Dockerfile");
    }
}
