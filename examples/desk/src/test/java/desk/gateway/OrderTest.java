package desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import desk.gateway.Order.Kind;
import desk.gateway.Order.Side;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void the_largest_order_a_client_may_send_can_still_be_cancelled() {
        var order = order("c", "x".repeat(54), Order.QUANTITY_MAX, "9999999999.12345678");

        var cancel = order.asking(Kind.CANCEL, order.own() + "~c1", 1, order.price());

        assertThat(cancel.id()).isEqualTo(order.id() + "~c1");
        assertThat(Fix.order(cancel, 1, "gateway-1").toString()).contains(cancel.id());
    }

    @Test
    void a_price_that_would_fill_the_memory_when_written_out_is_refused() {
        assertThatThrownBy(() -> order("c", "a", 1, "1E1000000000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 10 digits before the point");
        assertThatThrownBy(() -> order("c", "a", 1, "1E-1000000000"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(order("c", "a", 1, "1E3").price().toPlainString()).isEqualTo("1000");
    }

    @Test
    void no_client_is_called_like_what_a_kill_sends() {
        assertThatThrownBy(() -> order("KILL", "1", 1, "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Order order(String client, String own, long quantity, String price) {
        return Order.of(client, own, "AAA", Side.BUY, quantity, new BigDecimal(price));
    }
}
