package dev.pitcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.KillReport.How;
import dev.pitcrew.app.KillReport.Stopped;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.http.ServiceHooks;
import dev.pitcrew.runtime.http.ServiceProbing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hooks that are commands, run without a controller on a real instance: a variable stands for what it stands for with one.
@Tag("real")
class ReachTest {
    @TempDir private Path folder;
    private SmallDesk desk;

    @BeforeEach
    void start() throws Exception {
        desk = new SmallDesk(folder);
        desk.start("gateway", "gateway-1", "obeys");
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    @Test
    void a_command_hook_may_name_a_venue_and_a_variable_of_ours() throws Exception {
        var stopped =
                kill(
                        "[sh, -c, 'echo $0 > told', '${venue.simx.address} ${env.WORD} ${port.http}']");

        assertThat(stopped)
                .isEqualTo(
                        new Stopped(
                                "gateway-1", How.BLOCKED, "blocks new orders, cancels open ones"));
        assertThat(Files.readString(folder.resolve("told"))).matches("127.0.0.1:1 stop \\d+\\n");
        assertThat(desk.lives("gateway-1")).isTrue();
    }

    @Test
    void a_command_hook_that_names_what_stands_for_nothing_is_a_cut() throws Exception {
        var stopped = kill("[\"true\", '${env.MISSING}']");

        assertThat(stopped.how()).isEqualTo(How.CUT);
        assertThat(stopped.detail()).contains("nothing is known as ${env.MISSING}");
    }

    private Stopped kill(String command) throws Exception {
        Files.writeString(folder.resolve("open-orders.json"), "[]");
        try (var hooks = new ServiceHooks(desk.processes())) {
            var reach =
                    new Reach(
                            system(command),
                            desk.data().path(),
                            desk.processes(),
                            hooks,
                            new ServiceProbing(Clock.systemUTC()),
                            Map.of("WORD", "stop"));
            return new Kill(reach, Clock.systemUTC())
                    .run(
                            new KillOrder(
                                    "k1",
                                    Optional.empty(),
                                    Optional.empty(),
                                    Duration.ofSeconds(2),
                                    "ann",
                                    ""))
                    .instances()
                    .getFirst();
        }
    }

    private TradingSystem system(String command) throws Exception {
        var _ = desk.system("off");
        Files.writeString(
                desk.file(),
                Files.readString(desk.file())
                        .replace(
                                "kill: {http: /hooks/kill, timeout: 1s}",
                                "kill: {command: %s, timeout: 5s}".formatted(command)));
        return switch (SystemFile.read(desk.file())) {
            case Read.Good<TradingSystem>(var good) -> good.in("demo");
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }
}
