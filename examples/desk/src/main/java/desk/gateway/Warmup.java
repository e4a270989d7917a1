package desk.gateway;

import desk.gateway.Order.Side;
import desk.gateway.Order.State;
import java.math.BigDecimal;
import java.sql.SQLException;
import quickfix.FieldNotFound;
import quickfix.InvalidMessage;
import quickfix.Message;

/// Runs the code of the order path while passive, on a store in memory, so that the first orders after an activation
/// don't pay for loading and compiling it.
final class Warmup {
    private static final int ROUNDS = 1_000;
    private static final String REPORT =
            "8=FIX.4.4|9=190|35=8|34=%d|49=SIMX|52=20260101-00:00:00.000|56=DESK1|6=0|11=%s|14=%d|17=%d|31=10.0|32=1|"
                    + "37=1|38=10|39=1|54=1|55=AAA|60=20260101-00:00:00.000|150=%s|151=5|10=000|";

    private Warmup() {}

    static void run(String instance, GatewayVersion version)
            throws SQLException, InvalidMessage, FieldNotFound {
        try (var store = new OrderStore(Database.inMemory(), version, instance)) {
            for (var i = 0; i < ROUNDS; i++) {
                round(store, i, instance);
            }
            store.live();
            store.openByInstrument();
            store.events("warm-up", 0, 10);
        }
    }

    private static void round(OrderStore store, int i, String instance)
            throws SQLException, InvalidMessage, FieldNotFound {
        var id = "warm-up-" + i; // the client and its own id
        var rules = new OrderRules(store, i);
        store.begin();
        store.control();
        var order = Order.of("warm", "up-" + i, "AAA", Side.BUY, 10, BigDecimal.TEN).acceptedAt(i);
        var text = Fix.order(rules.accept(order, State.SENDING, 1), 1, instance).toString();
        rules.apply(read(i, id, 0, "0"));
        rules.apply(read(i, id, 5, "F"));
        store.raiseNextTarget(i);
        store.commit();
        if (text.isEmpty()) {
            throw new IllegalStateException("a message has a text");
        }
    }

    private static Execution read(int i, String id, int filled, String type)
            throws InvalidMessage, FieldNotFound {
        var text = REPORT.formatted(i, id, filled, 2 * i + filled, type).replace('|', '\u0001');
        var message = new Message();
        message.fromString(text, null, false);
        return Execution.of(message);
    }
}
