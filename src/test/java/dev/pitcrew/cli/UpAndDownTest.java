package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.cli.VerbDesk.Done;
import dev.pitcrew.server.ControllerFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small desk is brought up and down by the verbs themselves, with a controller and a balancer.
@Tag("real")
class UpAndDownTest {
    @TempDir private Path folder;
    private VerbDesk desk;

    @BeforeEach
    void write() throws Exception {
        desk = new VerbDesk(folder, "none");
    }

    @AfterEach
    void end() throws Exception {
        desk.close();
    }

    @Test
    void down_waits_for_open_orders_ends_everything_and_up_brings_it_back() throws Exception {
        good("up");
        assertThat(desk.living()).containsExactly("balancer", "books-1", "gateway-1");

        desk.open(3);
        var refused = desk.run("down");
        assertThat(refused.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).contains("3 orders of gateway are open");
        assertThat(desk.living()).containsExactly("balancer", "books-1", "gateway-1");
        assertThat(ControllerFile.read(desk.data().controller())).isPresent();

        desk.open(0);
        // The gateway depends on the books, so it goes first.
        assertThat(good("down").out()).isEqualTo("stopped gateway-1, books-1, balancer\n");
        assertThat(desk.living()).isEmpty();
        assertThat(ControllerFile.read(desk.data().controller())).isEmpty();
        var alone = desk.run("status");
        assertThat(alone.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(alone.err()).contains("no controller runs");
        good("ledger", "verify");

        good("up");
        good("down");
        assertThat(desk.living()).isEmpty();
    }

    private Done good(String... words) throws Exception {
        var done = desk.run(words);
        assertThat(done.end()).as("%s %s", done, desk.log()).isEqualTo(ExitCode.OK);
        return done;
    }
}
