package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.ledger.Checkpoint;
import dev.pitcrew.ledger.SignedNote;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ledger is lost and the desk runs on: a controller is raised from an export, the witness's checkpoint, the key and what runs.
@Tag("real")
class RaisedAnewTest {
    @TempDir private Path folder;
    private VerbDesk desk;

    @BeforeEach
    void aDeskWithAWitness() throws Exception {
        Files.createDirectories(folder.resolve("witness"));
        desk =
                new VerbDesk(
                        folder,
                        text ->
                                text.replace(
                                        "gates: {diskFree: 1B}}",
                                        "gates: {diskFree: 1B}, witnesses: [{folder: \"%s\"}]}"
                                                .formatted(folder.resolve("witness"))));
    }

    @AfterEach
    void end() throws Exception {
        desk.close();
    }

    private VerbDesk.Done good(String... words) throws IOException {
        var done = desk.run(words);
        assertThat(done.end())
                .as("%s: %s%s%n%s", String.join(" ", words), done.out(), done.err(), desk.log())
                .isEqualTo(ExitCode.OK);
        return done;
    }

    /// The witness's copy of the newest checkpoint, once it has all entries.
    private Path witnessed() throws IOException {
        long size = desk.run("status", "--format", "json").json().at("/ledger/entries").asLong();
        Awaiting.until(
                "the witness has seen it",
                Duration.ofSeconds(60),
                () -> remembered().filter(one -> sizeOf(one) >= size).isPresent(),
                () -> "" + remembered());
        return remembered().orElseThrow();
    }

    private Optional<Path> remembered() {
        try (var files = Files.walk(folder.resolve("witness"))) {
            return files.filter(one -> one.getFileName().toString().equals("checkpoint"))
                    .findFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long sizeOf(Path note) {
        try {
            return Checkpoint.parse(SignedNote.parse(Files.readString(note)).text()).size();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The controller dies, and with it all that is kept of the ledger.
    private void loseTheLedger() throws Exception {
        var controller =
                ControllerFile.read(desk.data().controller())
                        .flatMap(ControllerFile::process)
                        .orElseThrow();
        controller.destroyForcibly();
        controller.onExit().get(20, TimeUnit.SECONDS);
        for (var end : List.of("", "-wal", "-shm", "-lock", ".lock")) {
            Files.deleteIfExists(desk.data().path().resolve("ledger.db" + end));
        }
    }

    @Test
    void from_an_export_that_has_all_that_the_witness_saw_it_goes_on_with_what_runs()
            throws Exception {
        var _ = good("up");
        var old = folder.resolve("old.ledger").toString();
        var _ = good("ledger", "export", old, "--with-names");
        var _ = good("freeze", "--reason", "the close");
        var newest = witnessed().toString();
        var export = folder.resolve("newest.ledger").toString();
        var _ = good("ledger", "export", export, "--with-names");
        var ran = desk.living();
        loseTheLedger();
        long from = System.nanoTime();

        assertThat(desk.run("ledger", "import", export).err()).contains("--against");
        var tooShort = desk.run("ledger", "import", old, "--against", newest);
        assertThat(tooShort.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(tooShort.err()).contains("is not imported", "find a newer export");

        assertThat(good("ledger", "import", export, "--against", newest).out())
                .contains("with their proofs");
        assertThat(desk.run("ledger", "import", export, "--against", newest).err())
                .contains("there is a ledger of");
        var _ = good("up");
        System.out.printf(
                "raised %d ms after the ledger was lost%n",
                Duration.ofNanos(System.nanoTime() - from).toMillis());
        assertThat(desk.living()).as("what runs").isEqualTo(ran);
        assertThat(good("status").out()).contains("the close", "gateway-1");

        var _ = good("thaw");
        var _ = good("deploy", "gateway", "2", "--wait");
        assertThat(desk.living()).contains("gateway-2").doesNotContain("gateway-1");
        var _ = witnessed(); // which saw the old one, and agrees that this one goes on
        assertThat(good("status", "--format", "json").json().at("/controller/trouble").asText("?"))
                .isEmpty();
        assertThat(good("ledger", "verify", "--against", newest).out()).contains("entries");
    }

    @Test
    void where_nobody_knows_the_processes_that_the_ledger_lists_it_refuses_to_take_them_for_dead()
            throws Exception {
        var _ = good("up");
        var newest = witnessed().toString();
        var export = folder.resolve("newest.ledger").toString();
        var _ = good("ledger", "export", export);
        var elsewhere = new VerbDesk(desk, "elsewhere");
        Files.createDirectories(elsewhere.data().path());
        Files.copy(
                desk.data().path().resolve("ledger.key"),
                elsewhere.data().path().resolve("ledger.key"),
                StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(elsewhere.run("ledger", "import", export, "--against", newest).end())
                .isEqualTo(ExitCode.OK);

        var refused = elsewhere.run("server");
        assertThat(refused.end()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err())
                .contains(
                        "the imported ledger lists books-1, gateway-1",
                        "bring the folder processes");
        assertThat(desk.living()).hasSize(3);
    }
}
