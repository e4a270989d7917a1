package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.ledger.TestingPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real desk whose ledger's database goes away and comes back.
@Tag("real")
class WithoutDatabaseTest {
    @TempDir private Path folder;
    private TestingPostgres postgres;
    private VerbDesk desk;

    @BeforeEach
    void aDesk() throws Exception {
        postgres = TestingPostgres.start();
        Files.writeString(folder.resolve("password"), TestingPostgres.PASSWORD + "\n");
        var ledger =
                "gates: {diskFree: 1B}, ledger: {kind: postgres, url: \"%s\", password: {file: password}}}"
                        .formatted(postgres.database().url());
        desk = new VerbDesk(folder, text -> text.replace("gates: {diskFree: 1B}}", ledger));
    }

    @AfterEach
    void end() throws Exception {
        if (desk != null) {
            desk.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private void await(String what, BooleanSupplier condition) {
        Awaiting.until(
                what,
                Duration.ofSeconds(60),
                condition,
                () -> {
                    try {
                        return desk.log();
                    } catch (Exception e) {
                        return e.toString();
                    }
                });
    }

    private String status() {
        var done = desk.run("status");
        return done.out() + done.err();
    }

    @Test
    void the_controller_only_reads_and_says_why_and_kill_works() throws Exception {
        assertThat(desk.run("up").end()).as(desk.log()).isEqualTo(ExitCode.OK);
        var ran = desk.living();
        postgres.stop();
        await("it says that it doesn't lead", () -> status().contains("doesn't lead"));

        assertThat(status()).contains("gateway-1", "active");
        var refused = desk.run("freeze", "--reason", "the close");
        assertThat(refused.end()).isNotEqualTo(ExitCode.OK);
        assertThat(refused.err())
                .contains("this controller doesn't lead at the moment", "`pitcrew kill` works");
        assertThat(desk.run("ledger", "show").err())
                .contains("look at the server and the way to it");
        assertThat(desk.living()).as("what runs").isEqualTo(ran);

        var killed = desk.run("kill", "--reason", "no ledger");
        assertThat(killed.end()).as(killed.err()).isEqualTo(ExitCode.OK);
        assertThat(killed.out()).contains("killed");

        postgres.startAgain();
        await(
                "the ledger knows of the kill",
                () -> desk.run("ledger", "show").out().contains("desk.killed"));
        await("it leads again", () -> !status().contains("doesn't lead"));
        assertThat(status()).contains("KILLED");
        assertThat(desk.run("ledger", "verify").end()).isEqualTo(ExitCode.OK);
    }
}
