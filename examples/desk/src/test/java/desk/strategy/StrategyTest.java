package desk.strategy;

import static desk.common.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.common.Operated.Hooked;
import desk.common.Operated.Open;
import desk.common.Operated.State;
import desk.common.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The strategy with a feed and a gateway that say what the test wants. All strategies tick alike, so what one doesn't do
/// while another does it many times it doesn't do at all.
class StrategyTest {
    private static final int MANY = 5;

    @TempDir Path folder;

    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final List<Strategy> started = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int answer = 202;
    private volatile Duration orderLimit = Duration.ofHours(1);
    private volatile String refused = "";
    private Http desk;

    private record Order(String client, String id, String token) {}

    @BeforeEach
    void serve() throws IOException {
        desk =
                new Http(0)
                        .get("/ready", _ -> Reply.ok("ready"))
                        .get("/quotes", _ -> quotes())
                        .get("/orders", _ -> Reply.ok("{\"events\":[]}"))
                        .post("/orders", this::take)
                        .start();
    }

    private Reply quotes() {
        asked.incrementAndGet();
        return Reply.ok("{\"quotes\":{\"AAA\":{\"symbol\":\"AAA\",\"bid\":10.0,\"ask\":10.2}}}");
    }

    private Reply take(Call call) {
        var body = call.json();
        var order =
                new Order(
                        body.path("client").asText(),
                        body.path("clientOrderId").asText(),
                        call.header("Sender-Token").orElse(""));
        orders.add(order);
        return Reply.of(order.client().equals(refused) ? 409 : answer, "{}");
    }

    @AfterEach
    void end() throws IOException {
        started.forEach(one -> one.deactivate(0));
        desk.close();
    }

    @Test
    void a_passive_one_sends_nothing_while_the_active_one_sends() throws Exception {
        var passive = strategy("strategy-1");
        var active = strategy("strategy-2");

        active.activate(1);
        sends("strategy-2", MANY);

        assertThat(of("strategy-1")).isEmpty();
        assertThat(passive.state()).isEqualTo(State.PASSIVE);
        assertThat(passive.token()).isZero();
    }

    @Test
    void each_order_carries_the_token_in_its_id_and_beside_it() throws Exception {
        strategy("strategy-1").activate(7);

        sends("strategy-1", MANY);

        assertThat(of("strategy-1")).allMatch(one -> one.id().startsWith("7-"));
        assertThat(of("strategy-1")).allMatch(one -> one.token().equals("7"));
        assertThat(of("strategy-1")).extracting(Order::id).doesNotHaveDuplicates();
    }

    @Test
    void an_order_without_an_answer_is_repeated_under_its_id_and_no_other_goes_before_it()
            throws Exception {
        answer = 503;
        var strategy = strategy("strategy-1");
        strategy.activate(1);

        sends("strategy-1", MANY);

        assertThat(of("strategy-1")).extracting(Order::id).containsOnly("1-1");
        assertThat(strategy.state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void it_is_drained_once_its_order_is_answered_and_sends_no_new_one() throws Exception {
        answer = 503;
        var strategy = strategy("strategy-1");
        strategy.activate(1);
        sends("strategy-1", 1);

        assertThat(strategy.drain(1, Open.WAIT)).isEqualTo(Hooked.ACCEPTED);
        sends("strategy-1", orders.size() + 1); // it goes on asking for an answer
        assertThat(strategy.state()).isEqualTo(State.DRAINING);
        answer = 202;

        until(() -> strategy.state() == State.DRAINED);
        assertThat(of("strategy-1")).extracting(Order::id).containsOnly("1-1");
    }

    @Test
    void one_that_the_gateway_refuses_for_its_token_steps_down_and_sends_no_more()
            throws Exception {
        refused = "strategy-1";
        var older = strategy("strategy-1");
        var newer = strategy("strategy-2");
        older.activate(1);
        newer.activate(2);

        until(() -> older.state() == State.PASSIVE);
        sends("strategy-2", of("strategy-2").size() + MANY);

        assertThat(older.token()).isZero();
        assertThat(of("strategy-1")).hasSize(1);
    }

    @Test
    void a_deactivated_one_sends_no_more() throws Exception {
        var first = strategy("strategy-1");
        var second = strategy("strategy-2");
        first.activate(1);
        sends("strategy-1", 1);

        first.deactivate(1);
        var sent = of("strategy-1").size();
        second.activate(2);
        sends("strategy-2", MANY);

        assertThat(of("strategy-1")).hasSize(sent);
    }

    @Test
    void a_kill_of_one_latches_all_and_outlives_them() throws Exception {
        var active = strategy("strategy-1");
        var standby = strategy("strategy-2");
        active.activate(1);

        assertThat(active.kill(Duration.ofSeconds(1))).isEqualTo(Hooked.DONE);

        until(() -> standby.state() == State.KILLED);
        assertThat(strategy("strategy-3").state()).isEqualTo(State.KILLED);
        assertThat(standby.activate(2)).isEqualTo(Hooked.REFUSED_KILLED);
        assertThat(standby.killed()).isTrue();
    }

    @Test
    void an_order_from_before_a_kill_is_not_sent_after_the_rearm() throws Exception {
        answer = 423;
        var strategy = strategy("strategy-1");
        strategy.activate(1);
        sends("strategy-1", 1);
        strategy.kill(Duration.ofSeconds(1));
        strategy.rearm(2);
        answer = 202;
        strategy.activate(3);
        until(() -> of("strategy-1").stream().anyMatch(one -> one.token().equals("3")));

        assertThat(of("strategy-1"))
                .filteredOn(one -> one.token().equals("3"))
                .allMatch(one -> one.id().startsWith("3-"));
    }

    @Test
    void an_order_that_got_no_answer_in_time_is_asked_for_and_not_sent_again() throws Exception {
        orderLimit = Duration.ZERO;
        answer = 503;
        var strategy = strategy("strategy-1");
        strategy.activate(1);

        sends("strategy-1", MANY);

        assertThat(of("strategy-1")).extracting(Order::id).doesNotHaveDuplicates();
        assertThat(Files.readString(folder.resolve("clients/strategy-1.jsonl")))
                .contains("\"REFUSED\"");
    }

    @Test
    void a_latch_that_could_not_be_written_is_written_as_soon_as_it_can_be() throws Exception {
        var strategy = strategy("strategy-1");
        var tokens = Files.writeString(folder.resolve("tokens"), "in the way");

        assertThat(strategy.kill(Duration.ofSeconds(1))).isEqualTo(Hooked.ACCEPTED);
        Files.delete(tokens);

        until(() -> Files.exists(tokens.resolve("strategy.killed")));
        assertThat(strategy("strategy-2").state()).isEqualTo(State.KILLED);
    }

    @Test
    void a_rearm_of_one_lifts_the_latch_of_all() throws Exception {
        var first = strategy("strategy-1");
        first.kill(Duration.ofSeconds(1));
        var second = strategy("strategy-2");

        first.rearm(5);

        until(() -> second.state() == State.PASSIVE);
        assertThat(second.activate(6)).isEqualTo(Hooked.DONE);
    }

    @Test
    void one_whose_disk_is_full_sends_nothing_and_goes_on_looking() throws Exception {
        var file = Files.createDirectories(folder.resolve("clients")).resolve("strategy-1.jsonl");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        var strategy = strategy("strategy-1");
        strategy.activate(1);
        until(() -> asked.get() > 2);
        strategy("strategy-2").kill(Duration.ofSeconds(1));

        until(() -> strategy.state() == State.KILLED);
        assertThat(of("strategy-1")).isEmpty();
        assertThat(strategy.drain(1, Open.HAND_OVER)).isEqualTo(Hooked.DONE);
    }

    @Test
    void a_rearm_lifts_the_latch_and_activates_nobody() throws Exception {
        var strategy = strategy("strategy-1");
        strategy.kill(Duration.ofSeconds(1));

        strategy.rearm(5);

        assertThat(strategy.killed()).isFalse();
        assertThat(strategy.state()).isEqualTo(State.PASSIVE);
        assertThat(strategy.activate(6)).isEqualTo(Hooked.DONE);
        sends("strategy-1", 1);
    }

    @Test
    void what_was_sent_stands_in_its_own_file_before_the_gateway_has_it() throws Exception {
        answer = 503;
        strategy("strategy-1").activate(1);
        sends("strategy-1", 1);

        var lines = Files.readAllLines(folder.resolve("clients/strategy-1.jsonl"));

        assertThat(Json.parse(lines.getFirst()).path("event").asText()).isEqualTo("SENT");
        assertThat(Json.parse(lines.getFirst()).path("id").asText()).isEqualTo("1-1");
    }

    @Test
    void without_quotes_it_is_not_ready() throws Exception {
        var strategy = strategy("strategy-1");
        assertThat(strategy.notReady()).isEmpty();

        desk.close();

        assertThat(strategy.notReady()).containsExactly("no quotes from the feed");
    }

    @Test
    void in_shadow_it_quotes_to_its_recorder_alone_and_nobody_makes_it_active() throws Exception {
        var recorder = new Http(0);
        var settings = settings("strategy-3-shadow", "http://127.0.0.1:" + recorder.port(), true);
        Recorder.in(settings).serve(recorder);
        recorder.start();
        var shadow = new Strategy(settings, orderLimit);
        var recorded = folder.resolve("shadow").resolve("strategy-3-shadow.orders.jsonl");

        until(() -> Files.readAllLines(recorded).size() >= MANY);

        assertThat(shadow.activate(7)).isEqualTo(Hooked.REFUSED_KILLED);
        assertThat(shadow.state()).isEqualTo(State.PASSIVE);
        assertThat(shadow.token()).isZero();
        assertThat(orders).isEmpty();
        assertThat(folder.resolve("clients")).doesNotExist();
        shadow.kill(Duration.ZERO);
        recorder.close();
    }

    private void sends(String client, int count) throws Exception {
        until(() -> of(client).size() >= count);
    }

    private List<Order> of(String client) {
        return orders.stream().filter(one -> one.client().equals(client)).toList();
    }

    private Strategy strategy(String instance) throws IOException {
        var gateway = "http://127.0.0.1:" + desk.port();
        var strategy = new Strategy(settings(instance, gateway, false), orderLimit);
        started.add(strategy);
        return strategy;
    }

    private Settings settings(String instance, String gateway, boolean isShadow) {
        return new Settings(
                Map.of(
                        "INSTANCE",
                        instance,
                        "DESK_DIR",
                        folder.toString(),
                        "GATEWAY",
                        gateway,
                        "FEED",
                        "http://127.0.0.1:" + desk.port(),
                        "SHADOW",
                        isShadow ? "true" : ""));
    }
}
