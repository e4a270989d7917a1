package desk.gateway;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Json;
import desk.common.Settings.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kill switch of a gateway that reaches neither venue nor drop copy, so a kill of it never sees an end.
class KillSwitchTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);

    @TempDir Path folder;

    private Writer writer;
    private Reads reads;
    private KillSwitch kill;

    @BeforeEach
    void open() throws Exception {
        var version = GatewayVersion.of(Map.of());
        var file = folder.resolve("orders.db");
        writer = new Writer(OrderStore.open(file, version, "gateway-1"), "writer");
        reads = new Reads(file, version, "gateway-1");
        var session =
                new Session(
                        Gateway.SESSION,
                        new Address("127.0.0.1", 1),
                        "",
                        writer,
                        _ -> {},
                        _ -> {},
                        () -> {});
        kill =
                new KillSwitch(
                        "gateway-1",
                        () -> 1,
                        session,
                        writer,
                        new WorkingOrders(),
                        new KillSources(new DropCopyBooks(Optional.empty()), reads));
    }

    @AfterEach
    void close() throws Exception {
        kill.release();
        writer.close();
        reads.close();
    }

    @Test
    void a_release_ends_a_kill_that_goes_on() throws Exception {
        var noneOpen = kill.block(FOR_EVER);
        kill.start();
        until(() -> kill.latched());

        kill.release();

        assertThat(noneOpen).isCompletedWithValue(false);
        assertThat(kill.blocking()).isFalse();
        assertThat(kill.needsSession()).isFalse();
    }

    @Test
    void who_logs_out_while_a_kill_goes_on_does_not_log_on_again_for_it() {
        var noneOpen = kill.block(FOR_EVER);
        kill.start();
        assertThat(kill.needsSession()).isTrue();

        kill.letGo();

        assertThat(kill.needsSession()).isFalse();
        assertThat(noneOpen).isNotDone();
    }

    @Test
    void a_later_kill_says_anew_how_long_it_may_take() throws Exception {
        var noneOpen = kill.block(FOR_EVER);
        kill.start();

        kill.block(Duration.ZERO);

        assertThat(noneOpen.get()).isFalse();
        until(() -> kill.report(Json.object()).path("outcome").asText().contains("may still live"));
    }

    @Test
    void our_own_store_alone_never_shows_that_no_order_is_open() throws Exception {
        var noneOpen = kill.block(Duration.ofMillis(50));
        kill.start();

        assertThat(noneOpen.get()).isFalse();
        assertThat(kill.report(Json.object()).path("noneOpenBy")).isEmpty();
    }
}
