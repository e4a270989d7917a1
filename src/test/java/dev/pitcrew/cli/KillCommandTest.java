package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.SmallDesk;
import dev.pitcrew.runtime.Awaiting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verb itself, with no controller, and with a data folder in which nothing can be written.
@Tag("real")
final class KillCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void it_kills_without_a_controller_and_leaves_word_for_the_ledger() throws Exception {
        try (var desk = desk()) {
            assertThat(kill(desk)).isEqualTo(ExitCode.OK);
            assertThat(out.toString())
                    .contains("\"noneOpenBy\" : ")
                    .contains("\"toNoOpenOrderMillis\" : ");
            assertThat(err.toString()).isEmpty();
            try (var files = Files.list(spool(desk))) {
                assertThat(files.map(Path::toString)).singleElement().asString().endsWith(".json");
            }
        }
    }

    /// Should it die before the end, and every gateway with it, nobody else would know.
    @Test
    void that_it_has_begun_is_written_down_before_the_gateways_have_taken_it() throws Exception {
        try (var desk = desk("hangs")) {
            var killing = new FutureTask<>(() -> kill(desk));
            Thread.ofVirtual().start(killing);

            Awaiting.until(
                    "word in the spool",
                    Duration.ofSeconds(20),
                    () -> spooled(desk).stream().anyMatch(one -> one.contains("\"begun\"")),
                    () -> "");
            assertThat(killing).isNotDone();
            killing.get();

            assertThat(spooled(desk)).singleElement().asString().contains("cut 1");
        }
    }

    private static List<String> spooled(SmallDesk desk) {
        try (var files = Files.newDirectoryStream(spool(desk), "*.json")) {
            var texts = new ArrayList<String>();
            for (var file : files) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException _) { // not there yet, or just taken back
            return List.of();
        }
    }

    @Test
    void where_nothing_can_be_written_it_says_so_and_kills_all_the_same() throws Exception {
        try (var desk = desk()) {
            // A file where the spool's folder should be: it fails for every user, root as well.
            Files.writeString(spool(desk), "in the way");

            assertThat(kill(desk)).isEqualTo(ExitCode.OK);
            assertThat(err.toString()).contains("not written down for the ledger");
            assertThat(Files.readString(folder.resolve("open-orders.json"))).isEqualTo("[]");
        }
    }

    @Test
    void a_test_without_a_controller_leaves_word_for_the_ledger_as_well() throws Exception {
        try (var desk = desk()) {
            assertThat(kill(desk, "--test")).isEqualTo(ExitCode.OK);
            assertThat(err.toString()).isEmpty();
            try (var files = Files.list(spool(desk))) {
                assertThat(files.map(Path::toString))
                        .singleElement()
                        .asString()
                        .endsWith(".desk.kill-tested@1.json");
            }
        }
    }

    private static Path spool(SmallDesk desk) {
        return desk.data().path().resolve("spool");
    }

    private SmallDesk desk() throws Exception {
        return desk("obeys");
    }

    private SmallDesk desk(String manner) throws Exception {
        var desk = new SmallDesk(folder);
        desk.system("off");
        desk.start("drop-copy", "drop-copy-1", "obeys");
        desk.start("gateway", "gateway-1", manner);
        return desk;
    }

    private ExitCode kill(SmallDesk desk, String... more) {
        var line =
                new ArrayList<>(
                        List.of(
                                "kill",
                                "--file",
                                desk.file().toString(),
                                "--dir",
                                desk.data().path().toString(),
                                "--limit",
                                "1s",
                                "--format",
                                "json"));
        line.addAll(List.of(more));
        return Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }
}
