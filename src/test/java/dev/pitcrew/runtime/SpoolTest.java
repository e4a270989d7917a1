package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.model.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir Path folder;

    @Test
    void nothing_waits_where_nothing_was_killed() {
        assertThat(spool().waiting()).isEmpty();
    }

    @Test
    void a_kill_waits_for_the_next_controller_marked_as_spooled() {
        spool().write(killed("gateway", false));

        assertThat(spool().waiting())
                .extracting(Spool.Page::report)
                .containsExactly(killed("gateway", true));
    }

    @Test
    void each_kill_is_a_page_of_its_own() {
        spool().write(killed("gateway", false));
        spool().write(killed("strategy", false));

        assertThat(spool().waiting())
                .extracting(Spool.Page::report)
                .containsExactlyInAnyOrder(killed("gateway", true), killed("strategy", true));
    }

    @Test
    void what_was_taken_in_waits_no_more_and_is_kept() throws IOException {
        spool().write(killed("gateway", false));
        var page = spool().waiting().getFirst();

        spool().done(page);

        assertThat(spool().waiting()).isEmpty();
        try (var files = Files.list(folder.resolve("spool"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactly(page.file().getFileName() + ".taken");
        }
    }

    @Test
    void a_page_that_was_not_finished_does_not_wait() throws IOException {
        var pages = Files.createDirectories(folder.resolve("spool"));
        Files.writeString(pages.resolve("half.new"), "{\"at\": \"2026-");

        assertThat(spool().waiting()).isEmpty();
    }

    @Test
    void a_page_that_nobody_can_read_holds_up_no_other() throws IOException {
        spool().write(killed("gateway", false));
        var unreadable = folder.resolve("spool/unreadable.json");
        Files.writeString(unreadable, "{\"at\": \"2026-");

        assertThat(spool().waiting())
                .extracting(Spool.Page::report)
                .containsExactly(killed("gateway", true));
        assertThat(folder.resolve("spool/unreadable.json.refused")).exists(); // to be looked at
    }

    @Test
    void a_spool_that_can_not_be_written_is_said() throws IOException {
        Files.writeString(folder.resolve("spool"), "a file in the way");

        assertThatThrownBy(() -> spool().write(killed("gateway", false)))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.FILE_UNUSABLE));
    }

    private Spool spool() {
        return new Spool(folder);
    }

    private static Killed killed(String service, boolean spooled) {
        return new Killed(NOON, service, "ann", "runaway", spooled, "3 orders cancelled");
    }
}
