package desk.gateway;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Settings.Address;
import desk.gateway.Order.Side;
import desk.gateway.Order.State;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickfix.FieldNotFound;
import quickfix.Message;

/// What a gateway asks right after its logon may fall into the gap that it fills at the same time.
class AskingTest {
    private static final Order DOUBTFUL =
            Order.of("tester", "a", "AAA", Side.BUY, 10, new BigDecimal("99.00"))
                    .with(State.SENDING);

    @TempDir Path folder;
    private Writer writer;
    private Reads reads;

    @BeforeEach
    void open() throws Exception {
        var version = GatewayVersion.of(Map.of());
        var file = folder.resolve("orders.db");
        writer = new Writer(OrderStore.open(file, version, "gateway-1"), "writer");
        reads = new Reads(file, version, "gateway-1");
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
        reads.close();
    }

    @Test
    void who_gets_no_answer_asks_again_until_nothing_is_in_doubt() throws Exception {
        writer.submit(
                        store -> {
                            store.insert(DOUBTFUL, 1);
                            return true;
                        },
                        _ -> {})
                .get();
        try (var venue = new ForgetfulVenue(2)) {
            var working = new WorkingOrders();
            var session =
                    new Session(
                            Gateway.SESSION,
                            new Address("127.0.0.1", venue.port()),
                            "",
                            writer,
                            working::follow,
                            message -> apply(message, working),
                            () -> {});
            var dropCopy = new DropCopyBooks(Optional.empty());
            var reconciliation = new Reconciliation(session, writer, reads, working, dropCopy);
            assertThat(session.open()).isTrue();
            reconciliation.begin();

            until(reconciliation::proceed);

            assertThat(venue.asked()).isEqualTo(3);
            assertThat(working.openOrders()).containsExactly(DOUBTFUL.with(State.OPEN));
            session.close(Duration.ZERO);
        }
    }

    private void apply(Message message, WorkingOrders working) {
        try {
            var execution = Execution.of(message);
            writer.keep(
                    store -> OrderFlow.rules(store).apply(execution),
                    changed -> changed.forEach(working::update));
        } catch (FieldNotFound e) {
            throw new AssertionError(e);
        }
    }
}
