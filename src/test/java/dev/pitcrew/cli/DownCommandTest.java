package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.SmallDesk;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real instances of which the controller has gone already.
@Tag("real")
class DownCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SmallDesk desk;

    @BeforeEach
    void start() throws Exception {
        desk = new SmallDesk(folder);
        desk.system("off");
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    @Test
    void open_orders_are_counted_and_nothing_is_stopped() throws Exception {
        startBoth();

        assertThat(down()).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .isEqualTo(
                        "pitcrew: 2 orders of gateway are open; wait, cancel them, or say --with-open-orders and a --reason\n");
        assertThat(out.toString()).isEmpty();
        assertThat(desk.lives("gateway-1") && desk.lives("drop-copy-1")).isTrue();
        assertThat(folder.resolve("hooked.txt")).doesNotExist();
    }

    @Test
    void without_open_orders_the_active_one_drains_and_logs_out_and_all_end() throws Exception {
        startBoth();
        Files.writeString(folder.resolve("open-orders.json"), "[]");

        assertThat(down()).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo("stopped drop-copy-1, gateway-1\n");
        assertThat(Files.readAllLines(folder.resolve("hooked.txt")))
                .containsExactly("drain", "deactivate");
        assertThat(desk.lives("gateway-1") || desk.lives("drop-copy-1")).isFalse();

        assertThat(down()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).endsWith("nothing ran\n");
    }

    @Test
    void with_open_orders_it_goes_on_only_when_told_to_and_why() throws Exception {
        startBoth();

        assertThat(down("--with-open-orders")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("needs a --reason");
        assertThat(desk.lives("gateway-1")).isTrue();

        assertThat(down("--with-open-orders", "--reason", "the venue cancels them"))
                .isEqualTo(ExitCode.OK);
        assertThat(desk.lives("gateway-1")).isFalse();
    }

    @Test
    void a_gateway_that_cannot_tell_its_orders_counts_as_one_with_open_orders() throws Exception {
        startBoth();
        Files.delete(folder.resolve("open-orders.json"));

        assertThat(down()).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("how many orders of gateway are open is unknown");
        assertThat(desk.lives("gateway-1")).isTrue();
    }

    @Test
    void a_dead_gateway_left_what_the_drop_copy_counts() throws Exception {
        startBoth();
        desk.processes().kill("gateway-1");

        assertThat(down()).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("2 orders of gateway are open");
        assertThat(desk.lives("drop-copy-1")).isTrue();

        Files.writeString(folder.resolve("open-orders.json"), "[]");
        assertThat(down()).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo("stopped drop-copy-1\n");
    }

    @Test
    void what_a_dead_gateway_left_is_unknown_without_a_drop_copy_that_tells() throws Exception {
        startBoth();
        desk.processes().kill("gateway-1");
        Files.delete(folder.resolve("open-orders.json"));

        assertThat(down()).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("how many orders of gateway are open is unknown");
        assertThat(desk.lives("drop-copy-1")).isTrue();
    }

    @Test
    void a_gateway_logs_out_once_the_venue_owes_it_no_answer() throws Exception {
        desk.start("gateway", "gateway-1", "drains-slowly");
        Files.writeString(folder.resolve("open-orders.json"), "[]");

        assertThat(down()).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(Files.readAllLines(folder.resolve("hooked.txt")))
                .containsExactly("drain", "answered", "deactivate");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_count_that_is_no_number_is_unknown() throws Exception {
        startBoth();
        var file = desk.file();
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "openOrders: {http: /status, pointer: /openOrders}",
                                "openOrders: {http: /status, pointer: /active}"));

        assertThat(down()).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .isEqualTo(
                        "pitcrew: how many orders of gateway are open is unknown; wait, cancel them, or say --with-open-orders and a --reason\n");
    }

    @Test
    void where_nothing_ever_ran_it_says_so() {
        assertThat(down("--dir", folder.resolve("elsewhere").toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo("nothing ran\n");
    }

    private void startBoth() throws Exception {
        desk.start("drop-copy", "drop-copy-1", "obeys");
        desk.start("gateway", "gateway-1", "obeys");
    }

    private ExitCode down(String... more) {
        var line = new ArrayList<>(List.of("down", "--file", desk.file().toString()));
        if (!List.of(more).contains("--dir")) {
            line.addAll(List.of("--dir", desk.data().path().toString()));
        }
        line.addAll(List.of(more));
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }
}
