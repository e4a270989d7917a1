package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskIdTest {
    @TempDir Path folder;

    @Test
    void a_folder_keeps_its_id() throws Exception {
        Files.writeString(folder.resolve("desk.id"), "of-old\n");

        assertThat(DeskId.of(folder)).isEqualTo("of-old");
        assertThat(Files.readString(folder.resolve("desk.id"))).isEqualTo("of-old\n");
    }

    @Test
    void all_who_come_first_at_once_get_the_same_id() throws Exception {
        var ids = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> first = () -> DeskId.of(folder);
            for (var one : threads.invokeAll(Stream.generate(() -> first).limit(20).toList())) {
                ids.add(one.get());
            }
        }

        assertThat(ids).hasSize(1);
        assertThat(folder).isDirectoryNotContaining("glob:**/desk?*.id");
    }

    @Test
    void what_was_half_written_by_who_died_is_written_anew() throws Exception {
        Files.writeString(folder.resolve("desk.id"), "3f2");

        var id = DeskId.of(folder);

        assertThat(id).hasSize(36);
        assertThat(DeskId.of(folder)).isEqualTo(id);
    }
}
