package desk.venue;

import static desk.venue.TestingClient.report;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.FreePorts;
import desk.common.JsonLines;
import desk.common.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickfix.field.ClOrdID;
import quickfix.field.ExecID;
import quickfix.field.ExecType;

/// The venue's process, killed with SIGKILL in the middle of a stream of orders.
@Tag("real")
class VenueKillTest {
    @TempDir Path folder;
    private final int httpPort = FreePorts.next();
    private final int fixPort = FreePorts.next();
    private Process process;

    @BeforeEach
    void start() throws Exception {
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "desk.Main",
                        "venue");
        builder.environment().put("DESK_DIR", folder.toString());
        builder.environment().put("PORT", Integer.toString(httpPort));
        builder.environment().put("FIX_PORT", Integer.toString(fixPort));
        builder.environment().put("HOUSE_TAKES", "0");
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        process = builder.start();
        Waiting.until(() -> Waiting.get(httpPort, "/status").path("ready").asBoolean());
    }

    @AfterEach
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Test
    void books_and_sequence_numbers_go_on_and_every_execution_is_told_once() throws Exception {
        var store = TestingClient.store();
        try (var client = new TestingClient(fixPort, "DESK1", store).untilLoggedOn()) {
            for (var i = 0; i < 500; i++) {
                client.order("o" + i, "AAA", '1', 100, i % 2 == 0 ? "101" : "99");
            }
            client.await("o100", ExecType.NEW);
            kill();
            client.untilLoggedOff();
            start();
            client.untilLoggedOn();
            client.order("last", "AAA", '1', 100, "99");
            client.await("last", ExecType.NEW);

            var executions = new ArrayList<Execution>();
            JsonLines.read(
                    folder.resolve("venue/executions.jsonl"), Execution.class, executions::add);
            Waiting.until(() -> told(client).containsAll(ids(executions)));
            var accepted = client.received(m -> report(id(m), ExecType.NEW).test(m));
            assertThat(told(client)).doesNotHaveDuplicates().hasSameSizeAs(executions);
            assertThat(accepted).hasSize(501);
            assertThat(Waiting.get(httpPort, "/status").path("openOrders").asInt()).isEqualTo(251);
            assertThat(Waiting.get(httpPort, "/status").at("/counts/duplicates").asInt()).isZero();
        }
    }

    private static String id(quickfix.Message message) {
        return message.getOptionalString(ClOrdID.FIELD).orElse("");
    }

    private static List<Long> told(TestingClient client) {
        return client.received(_ -> true).stream()
                .map(m -> Long.parseLong(m.getOptionalString(ExecID.FIELD).orElse("0")))
                .toList();
    }

    private static Set<Long> ids(List<Execution> executions) {
        return executions.stream().map(Execution::execId).collect(Collectors.toSet());
    }
}
