package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.ledger.TestingPostgres;
import dev.pitcrew.server.ControllerFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real controller stands still after it has written down that it activates an instance, and before that has happened. Its effect is a command that
/// waits in its place, so the moment is no matter of luck.
@Tag("real")
class PausedBetweenAppendAndEffectTest {
    @TempDir private Path folder;
    private TestingPostgres postgres;
    private VerbDesk desk;
    private @Nullable Process second;
    private @Nullable ProcessHandle paused;

    @BeforeEach
    void aDesk() throws Exception {
        postgres = TestingPostgres.start();
        Files.writeString(folder.resolve("password"), TestingPostgres.PASSWORD + "\n");
        Files.writeString(
                folder.resolve("activate.sh"),
                """
                cd "$(dirname "$0")"
                if [ -e gate ] && mkdir paused 2> /dev/null; then
                    while [ -e gate ]; do sleep 0.05; done
                fi
                said=$(curl -s -o /dev/null -w '%{http_code}' -X POST -H "Pitcrew-Token: $PITCREW_TOKEN" "http://127.0.0.1:$1/hooks/activate")
                echo "$said $PITCREW_TOKEN $PITCREW_INSTANCE" >> answers
                [ "$said" = 200 ]
                """);
        var ledger =
                "gates: {diskFree: 1B}, ledger: {kind: postgres, url: \"%s\", password: {file: password}}}"
                        .formatted(postgres.database().url());
        desk =
                new VerbDesk(
                        folder,
                        text ->
                                text.replace("gates: {diskFree: 1B}}", ledger)
                                        .replace(
                                                "activate: {http: /hooks/activate}",
                                                "activate: {command: [sh, \"${config}/activate.sh\", \"${port.http}\"], timeout: 14s}")
                                        .replace(
                                                "policy: wait, limit: 5s}, onFailure: restart",
                                                "policy: hand-over, limit: 5s}, onFailure: standby")
                                        .replace(
                                                "dependsOn: [books]",
                                                "dependsOn: [books]\n    replicas: 2")
                                        .replaceFirst(
                                                "strategy: stop-start, readyLimit: 30s, bake: 300ms",
                                                "strategy: handoff, readyLimit: 30s, bake: 300ms, keepWarm: 1h"));
    }

    @AfterEach
    void end() throws Exception {
        if (paused != null) { // the desk knows only who leads
            paused.destroyForcibly();
            paused.onExit().get(20, TimeUnit.SECONDS);
        }
        if (second != null) {
            second.destroyForcibly().waitFor();
        }
        Files.deleteIfExists(folder.resolve("gate"));
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
                        return desk.log() + desk.run("status") + answers();
                    } catch (IOException e) {
                        return e.toString();
                    }
                });
    }

    private List<String> answers() {
        return lines(folder.resolve("answers"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void good(String... words) throws IOException {
        var done = desk.run(words);
        assertThat(done.end()).as("%s%n%s", done, desk.log()).isEqualTo(ExitCode.OK);
    }

    private static void signal(ProcessHandle process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    }

    @Test
    void a_controller_paused_between_append_and_effect_does_no_harm_when_it_wakes()
            throws Exception {
        good("up");
        var first =
                ControllerFile.read(desk.data().controller())
                        .flatMap(ControllerFile::process)
                        .orElseThrow();
        paused = first;
        var other =
                new ProcessBuilder(
                                Again.command(
                                        List.of("-Xmx160m", "-XX:TieredStopAtLevel=1"),
                                        List.of(
                                                "server",
                                                "--file",
                                                folder.resolve("pitcrew.yaml").toString(),
                                                "--dir",
                                                desk.data().path().toString())))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("second.log").toFile())
                        .redirectInput(new File("/dev/null"))
                        .start();
        second = other;
        await(
                "it stands by",
                () -> lines(folder.resolve("second.log")).toString().contains("stands by"));

        Files.writeString(folder.resolve("gate"), "");
        good("deploy", "gateway", "2");
        await(
                "it has written down what it is about to do",
                () -> Files.exists(folder.resolve("paused")));
        signal(first, "STOP");
        await(
                "the other one leads",
                () ->
                        ControllerFile.read(desk.data().controller())
                                .filter(one -> one.pid() == other.pid())
                                .isPresent());
        await("its rollout is done", () -> desk.run("status").out().contains("gateway      2"));
        var activated = answers().getLast();
        assertThat(activated).as("by the one that leads").startsWith("200 ");
        good("deploy", "gateway", "1", "--wait");
        assertThat(answers().getLast()).startsWith("200 ").isNotEqualTo(activated);

        var before = answers().size();
        Files.delete(folder.resolve("gate"));
        await("the effect that stood still happens", () -> answers().size() > before);
        assertThat(answers().getLast())
                .as("it is refused by its token")
                .isEqualTo("409" + activated.substring("200".length()));
        signal(first, "CONT");
        await(
                "it stands by",
                () -> {
                    try {
                        return desk.log().contains("leads under epoch 2");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });

        assertNeverTwo();
        assertThat(desk.run("ledger", "verify").end()).isEqualTo(ExitCode.OK);
    }

    private void assertNeverTwo() {
        var sending = "";
        for (var line : lines(desk.data().path().resolve(".senders"))) {
            var who = line.substring(line.indexOf(' ') + 1);
            assertThat(sending)
                    .as("who sends before %s", line)
                    .isEqualTo(line.startsWith("begin ") ? "" : who);
            sending = line.startsWith("begin ") ? who : "";
        }
        assertThat(sending).isNotEmpty();
    }
}
