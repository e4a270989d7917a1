package desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import desk.gateway.Execution.Type;
import desk.gateway.Order.Kind;
import desk.gateway.Order.Side;
import desk.gateway.Order.State;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a gateway remembers of an order comes to agree with the store, whoever wrote to it.
class OrderRulesTest {
    private static final Order RESTING =
            Order.of("tester", "a", "AAA", Side.BUY, 10, new BigDecimal("99.00"))
                    .with(State.SENDING);
    private static final Order CANCEL =
            RESTING.asking(Kind.CANCEL, "a~c1", 10, new BigDecimal("99.00")).with(State.SENDING);
    private static final Order REPLACEMENT =
            RESTING.asking(Kind.REPLACE, "b", 20, new BigDecimal("99.00")).with(State.OPEN);

    private OrderStore store;
    private OrderRules rules;
    private final WorkingOrders working = new WorkingOrders();

    @BeforeEach
    void open() throws Exception {
        store = new OrderStore(Database.inMemory(), GatewayVersion.of(Map.of()), "gateway-2");
        rules = new OrderRules(store, 1_000);
        store.insert(RESTING, 1);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    /// The gateway before it still had the session, heard of the fill, and wrote it down.
    @Test
    void an_order_that_another_instance_settled_is_in_doubt_no_more_once_the_venue_answers()
            throws Exception {
        working.load(store.live());
        store.update(RESTING.filled(10, State.FILLED));

        rules.apply(status(RESTING.id(), "", State.FILLED)).forEach(working::update);

        assertThat(working.ordersInDoubt()).isEmpty();
    }

    @Test
    void a_cancel_that_another_instance_settled_is_in_doubt_no_more_once_the_venue_answers()
            throws Exception {
        store.update(RESTING.with(State.OPEN));
        store.insert(CANCEL, 1);
        working.load(store.live());
        store.update(CANCEL.with(State.DONE));
        store.update(RESTING.with(State.CANCELLED));

        rules.apply(status(RESTING.id(), "", State.CANCELLED)).forEach(working::update);

        assertThat(working.ordersInDoubt()).isEmpty();
    }

    /// The venue answers by the name that the order has now.
    @Test
    void a_cancel_of_an_order_that_was_replaced_is_settled_by_the_answer_about_its_replacement()
            throws Exception {
        store.update(RESTING.with(State.REPLACED));
        store.insert(REPLACEMENT, 1);
        store.insert(CANCEL, 1);
        working.load(store.live());

        rules.apply(status(REPLACEMENT.id(), RESTING.id(), State.OPEN)).forEach(working::update);

        assertThat(working.ordersInDoubt()).isEmpty();
        assertThat(store.order(CANCEL.id())).contains(CANCEL.with(State.RETURNED));
    }

    @Test
    void an_execution_that_another_instance_applied_is_heard_by_who_remembers_the_order()
            throws Exception {
        var filled = execution(Type.FILLED, "7", RESTING.id(), "", State.FILLED);
        working.load(store.live());
        rules.apply(filled);

        rules.apply(filled).forEach(working::update);

        assertThat(working.unanswered()).isZero();
        assertThat(store.positions()).isEqualTo(Map.of("AAA", 10L));
    }

    @Test
    void what_the_store_lost_sight_of_is_forgotten_and_what_is_sending_is_in_doubt()
            throws Exception {
        var other = Order.of("tester", "c", "AAA", Side.SELL, 5, new BigDecimal("101.00"));
        store.insert(other.with(State.OPEN), 1);
        working.load(store.live());
        store.update(other.with(State.CANCELLED));

        working.follow(store.live());

        assertThat(working.openOrders()).isEmpty();
        assertThat(working.ordersInDoubt()).containsExactly(RESTING);
    }

    @Test
    void a_client_that_heard_the_end_of_its_order_is_not_told_that_it_is_in_doubt()
            throws Exception {
        var open = Order.of("tester", "d", "AAA", Side.BUY, 5, new BigDecimal("99.00"));
        store.insert(open.with(State.REJECTED), 1);

        rules.inDoubt(List.of(RESTING, open.with(State.SENDING)));

        assertThat(store.events("tester", 0, 10))
                .extracting(event -> event.id() + " " + event.event())
                .containsExactly("a IN_DOUBT");
    }

    private static Execution status(String clOrdId, String target, State standing) {
        return execution(Type.STATUS, "", clOrdId, target, standing);
    }

    private static Execution execution(
            Type type, String id, String clOrdId, String target, State standing) {
        var done = standing == State.FILLED;
        return new Execution(
                1,
                type,
                id,
                clOrdId,
                target,
                standing,
                done ? 10 : 0,
                done ? 0 : 10,
                type == Type.FILLED ? 10 : 0,
                new BigDecimal("99.00"),
                "");
    }
}
