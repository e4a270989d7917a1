package desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderStoreTest {
    @Test
    void a_refused_logon_of_the_standby_takes_no_number_back_from_the_active() throws Exception {
        try (var store =
                new OrderStore(Database.inMemory(), GatewayVersion.of(Map.of()), "gateway-1")) {
            store.raiseNextSender(4_000); // the active one's
            var standby = store.control();
            store.raiseNextSender(standby.nextSender() + 4_000);
            store.raiseNextSender(6_000); // the active one goes on, below what the standby reserved
            store.raiseNextTarget(70); // and hears more

            var isSettled =
                    store.settleNumbers(
                            standby.nextSender() + 4_000,
                            standby.nextSender() + 1,
                            standby.nextTarget());

            assertThat(isSettled).isFalse();
            assertThat(store.control().nextSender()).isGreaterThanOrEqualTo(6_000);
            assertThat(store.control().nextTarget()).isEqualTo(70);
        }
    }

    @Test
    void at_the_end_of_a_session_the_exact_numbers_take_the_place_of_the_reservation()
            throws Exception {
        try (var store =
                new OrderStore(Database.inMemory(), GatewayVersion.of(Map.of()), "gateway-1")) {
            store.raiseNextSender(4_000);
            store.raiseNextTarget(70);

            assertThat(store.settleNumbers(4_000, 12, 60)).isTrue();

            assertThat(store.control().nextSender()).isEqualTo(12);
            assertThat(store.control().nextTarget()).isEqualTo(70); // never less
        }
    }
}
