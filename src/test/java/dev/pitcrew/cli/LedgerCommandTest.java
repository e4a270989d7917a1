package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.runtime.LedgerJournal;
import dev.pitcrew.runtime.ledger.KeyFile;
import dev.pitcrew.runtime.ledger.SqliteStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void aLedger() throws IOException {
        Files.writeString(
                folder.resolve("pitcrew.yaml"),
                """
                system: small
                services:
                  quotes:
                    role: stateless
                    command: ["true"]
                    ports: {http: auto}
                    rollout: {strategy: stop-start}
                environments:
                  paper: {kind: paper, approval: none}
                """);
        Files.createDirectories(folder.resolve("data"));
        try (var ledger = open()) {
            new LedgerJournal(ledger)
                    .append(
                            List.of(
                                    new DeskEvent.Frozen(Samples.NOON, "*", "ada", "expiry day"),
                                    new DeskEvent.Thawed(Samples.NOON, "*", "grace", "")));
        }
    }

    private Ledger open() {
        var keyFile = folder.resolve("data/ledger.key");
        var key = KeyFile.loadOrCreate(keyFile, "small/paper", VerifierKey.Kind.NOTE);
        return Ledger.open(SqliteStore.open(ledgerFile()), key);
    }

    private Path ledgerFile() {
        return folder.resolve("data/ledger.db");
    }

    @Test
    void show_tells_names_and_reasons_until_they_are_erased() {
        assertThat(shown()).contains(" ada ", "expiry day", " grace ");

        assertThat(run("erase", "ada")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .isEqualTo("2 values erased; exports and backups made before still have them\n");
        assertThat(shown())
                .contains("erased:", " grace ", "ledger.erased@1")
                .doesNotContain("ada", "expiry");
        assertThat(run("verify")).as(out.toString()).isEqualTo(ExitCode.OK);
    }

    @Test
    void an_export_has_names_only_when_it_is_asked_for_them_and_is_whole_both_times()
            throws IOException {
        var bare = folder.resolve("bare.ledger");
        var named = folder.resolve("named.ledger");
        assertThat(run("export", bare.toString())).isEqualTo(ExitCode.OK);
        assertThat(run("export", named.toString(), "--with-names")).isEqualTo(ExitCode.OK);

        assertThat(Files.readString(bare)).doesNotContain("opening ", "ada", "expiry");
        assertThat(shown(bare.toString())).doesNotContain("ada", "expiry").contains("erased:");
        assertThat(shown(named.toString())).contains(" ada ", "expiry day", " grace ");
        assertThat(run("verify", bare.toString())).isEqualTo(ExitCode.OK);
        assertThat(run("verify", named.toString())).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_copy_has_all_of_it_and_needs_a_place() {
        var copy = folder.resolve("copy.db");
        assertThat(run("copy")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("name the place with --to");
        assertThat(run("copy", "--to", "postgresql://ann:hush@db/ledger"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("it holds a password").doesNotContain("hush");

        assertThat(run("copy", "--to", copy.toString())).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("2 entries are in " + copy);
        try (var store = SqliteStore.openForReading(copy);
                var original = SqliteStore.openForReading(ledgerFile())) {
            assertThat(store.read(0, 10)).isEqualTo(original.read(0, 10)).hasSize(2);
        }
    }

    @Test
    void nothing_is_erased_while_a_controller_writes_the_ledger() {
        try (var _ = open()) {
            assertThat(run("erase", "ada")).isEqualTo(ExitCode.FAILED);
        }

        assertThat(err.toString()).contains("another process writes", "stop it");
        assertThat(shown()).contains(" ada ");
    }

    @Test
    void a_damaged_file_is_a_failure_of_the_world_with_a_next_step() throws IOException {
        try (var ledger = open()) {
            ledger.append(Samples.entries(0, 2_000));
        }
        var bytes = Files.readAllBytes(ledgerFile());
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8_192, (byte) 0xA5);
        Files.write(ledgerFile(), bytes);

        for (var act : List.of("show", "verify", "checkpoint")) {
            assertThat(run(act)).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString())
                    .startsWith("pitcrew: the ledger " + ledgerFile())
                    .endsWith("the file is damaged; keep it and restore its last good copy\n");
        }
    }

    private String shown(String... args) {
        var all = new ArrayList<>(List.of("show"));
        all.addAll(List.of(args));
        assertThat(run(all.toArray(String[]::new))).as(err.toString()).isEqualTo(ExitCode.OK);
        return out.toString();
    }

    private ExitCode run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of("ledger"));
        all.addAll(List.of(args));
        all.addAll(
                List.of(
                        "--file",
                        folder.resolve("pitcrew.yaml").toString(),
                        "--dir",
                        folder.resolve("data").toString()));
        return Main.run(
                new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
