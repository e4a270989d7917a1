package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir private Path folder;

    private Path jar(String name, String content, String libraries) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, libraries);
        var file = folder.resolve(name);
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.putNextEntry(new JarEntry("A.class"));
            jar.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void another_class_another_library_and_another_java_are_another_program() throws Exception {
        jar("lib.jar", "library", "");
        var path = List.of(jar("pitcrew.jar", "one", "lib.jar"));
        var digest = Program.digest("25", path);

        assertThat(Program.digest("25", path)).isEqualTo(digest).matches("[0-9a-f]{64}");
        assertThat(Program.digest("26", path)).isNotEqualTo(digest);

        jar("lib.jar", "newer library", "");
        assertThat(Program.digest("25", path)).isNotEqualTo(digest);

        jar("lib.jar", "library", "");
        jar("pitcrew.jar", "two", "lib.jar");
        assertThat(Program.digest("25", path)).isNotEqualTo(digest);
    }

    @Test
    void a_folder_of_classes_is_a_program_by_all_that_is_in_it() throws Exception {
        Files.writeString(folder.resolve("A.class"), "one");
        var digest = Program.digest("25", List.of(folder));
        Files.writeString(folder.resolve("A.class"), "two");

        assertThat(Program.digest("25", List.of(folder))).isNotEqualTo(digest);
    }

    @Test
    void this_one_has_a_digest() {
        assertThat(Program.digest()).matches("[0-9a-f]{64}");
    }
}
