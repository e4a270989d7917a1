package desk.gateway;

import desk.gateway.Order.Kind;
import desk.gateway.Order.Side;
import desk.gateway.Order.State;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The durable store that all instances share: orders, executions, events for clients, positions, and who may send.
/// Methods that change something run in a transaction of [Writer]; the others may run on a connection of their own.
final class OrderStore implements AutoCloseable {
    private static final String[] SCHEMA = {
        """
        CREATE TABLE IF NOT EXISTS control (
          one INTEGER PRIMARY KEY CHECK (one = 1), highestToken INTEGER NOT NULL, activeToken INTEGER NOT NULL,
          holder TEXT NOT NULL, killed INTEGER NOT NULL, readableBy TEXT NOT NULL,
          nextSender INTEGER NOT NULL, nextTarget INTEGER NOT NULL)""",
        "INSERT OR IGNORE INTO control VALUES (1, 0, 0, '', 0, 'orders-1', 1, 1)",
        """
        CREATE TABLE IF NOT EXISTS orders (
          id TEXT PRIMARY KEY, client TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, symbol TEXT NOT NULL,
          side TEXT NOT NULL, quantity INTEGER NOT NULL, price TEXT NOT NULL, state TEXT NOT NULL,
          filled INTEGER NOT NULL, acceptedAt INTEGER NOT NULL, token INTEGER NOT NULL) WITHOUT ROWID""",
        // Small ones, of the orders that live; SQLite uses one only where a query spells out the
        // same state.
        "CREATE INDEX IF NOT EXISTS unsent ON orders (acceptedAt) WHERE state = 'UNSENT'",
        "CREATE INDEX IF NOT EXISTS sending ON orders (acceptedAt) WHERE state = 'SENDING'",
        "CREATE INDEX IF NOT EXISTS open ON orders (symbol) WHERE state = 'OPEN'",
        "CREATE INDEX IF NOT EXISTS requests ON orders (target) WHERE target <> ''",
        "CREATE TABLE IF NOT EXISTS executions (id TEXT PRIMARY KEY, clOrdId TEXT NOT NULL) WITHOUT ROWID",
        """
        CREATE TABLE IF NOT EXISTS events (
          seq INTEGER PRIMARY KEY, client TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL,
          quantity INTEGER NOT NULL, price TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL)""",
        "CREATE INDEX IF NOT EXISTS byClient ON events (client, seq)",
        "CREATE TABLE IF NOT EXISTS positions (symbol TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS senders (sender TEXT PRIMARY KEY, token INTEGER NOT NULL) WITHOUT ROWID",
    };

    private static final String INSTANCE = "instance";
    private static final String LIMIT_PRICE = "limitPrice";

    private final Database database;
    private final GatewayVersion version;
    private final String instance;
    private long schemaSeen = -1;
    private Set<String> columns = Set.of();

    /// @param version that reads and writes it
    /// @param instance that writes
    OrderStore(Database database, GatewayVersion version, String instance) throws SQLException {
        this.database = database;
        this.version = version;
        this.instance = instance;
        for (var statement : SCHEMA) {
            database.execute(statement);
        }
        followFormat();
    }

    static OrderStore open(Path file, GatewayVersion version, String instance) throws SQLException {
        return new OrderStore(Database.file(file), version, instance);
    }

    void begin() throws SQLException {
        database.update("BEGIN IMMEDIATE");
        followFormat();
    }

    void commit() throws SQLException {
        database.update("COMMIT");
    }

    void rollback() throws SQLException {
        database.update("ROLLBACK");
    }

    // --- formats

    /// Takes notice when another instance has changed the format.
    void followFormat() throws SQLException {
        var schema = database.list("PRAGMA schema_version", row -> row.getLong(1)).getFirst();
        if (schema != schemaSeen) {
            schemaSeen = schema;
            columns =
                    Set.copyOf(
                            database.list(
                                    "SELECT name FROM pragma_table_info('orders')",
                                    row -> row.getString(1)));
        }
    }

    /// Changes the store to a format. A format that this store is beyond, and that its readers can read, changes nothing.
    void become(StoreFormat format) throws SQLException {
        if (format != StoreFormat.ORDERS_1 && !columns.contains(INSTANCE)) {
            database.execute("ALTER TABLE orders ADD COLUMN instance TEXT NOT NULL DEFAULT ''");
        }
        if (format == StoreFormat.ORDERS_4 && !columns.contains(LIMIT_PRICE)) {
            database.execute("ALTER TABLE orders RENAME COLUMN price TO limitPrice");
        }
        followFormat();
    }

    private String price() {
        var knows = version.reads().contains(StoreFormat.ORDERS_4);
        return knows && columns.contains(LIMIT_PRICE) ? LIMIT_PRICE : "price";
    }

    private String columnsOfAnOrder() {
        return "id, client, kind, target, symbol, side, quantity, %s, state, filled, acceptedAt"
                .formatted(price());
    }

    // --- who may send

    Control control() throws SQLException {
        return database.list(
                        """
                        SELECT highestToken, activeToken, holder, killed, readableBy, nextSender, nextTarget
                        FROM control""",
                        row ->
                                new Control(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getBoolean(4),
                                        row.getString(5),
                                        row.getInt(6),
                                        row.getInt(7)))
                .getFirst();
    }

    /// @return whether the token is as high as the highest, or higher; then it is the highest
    boolean takeToken(long token) throws SQLException {
        return database.update(
                        "UPDATE control SET highestToken = ?1 WHERE highestToken <= ?1", token)
                == 1;
    }

    /// @return whether the token was above the highest; then it is the highest
    boolean takeNewerToken(long token) throws SQLException {
        return database.update(
                        "UPDATE control SET highestToken = ?1 WHERE highestToken < ?1", token)
                == 1;
    }

    /// Makes this instance the only one that may mark orders as sending, unless a newer token is known.
    boolean claim(String instance, long token, String readableBy) throws SQLException {
        return database.update(
                        """
                        UPDATE control SET activeToken = ?1, holder = ?2, readableBy = ?3
                        WHERE highestToken = ?1 AND (activeToken < ?1 OR holder = ?2)""",
                        token,
                        instance,
                        readableBy)
                == 1;
    }

    void setKilled(boolean killed) throws SQLException {
        database.update("UPDATE control SET killed = ?", killed ? 1 : 0);
    }

    /// Makes durable that numbers up to here may be used. It always leaves a trace, so that whoever reserved before knows that
    /// its bound isn't the last.
    void raiseNextSender(int next) throws SQLException {
        database.update("UPDATE control SET nextSender = max(nextSender + 1, ?)", next);
    }

    void raiseNextTarget(int next) throws SQLException {
        database.update("UPDATE control SET nextTarget = max(nextTarget, ?)", next);
    }

    /// Replaces the reservation by the exact numbers, at the end of a session. What was received never gets less: a logon
    /// that was refused knows an old number.
    ///
    /// @param reserved as it was last raised; when it is another by now, nothing changes
    boolean settleNumbers(int reserved, int sender, int target) throws SQLException {
        return database.update(
                        """
                        UPDATE control SET nextSender = ?, nextTarget = max(nextTarget, ?)
                        WHERE nextSender = ?""",
                        sender,
                        target,
                        reserved)
                == 1;
    }

    /// @return whether the sender's token is as high as the highest seen of that sender, or higher
    boolean takeSenderToken(String sender, long token) throws SQLException {
        return database.update(
                        """
                        INSERT INTO senders VALUES (?1, ?2)
                        ON CONFLICT (sender) DO UPDATE SET token = ?2 WHERE token <= ?2""",
                        sender,
                        token)
                == 1;
    }

    // --- orders

    Optional<Order> order(String id) throws SQLException {
        return database
                .list(
                        "SELECT " + columnsOfAnOrder() + " FROM orders WHERE id = ?",
                        OrderStore::order,
                        id)
                .stream()
                .findFirst();
    }

    /// Orders that are open, maybe sent or unsent.
    List<Order> live() throws SQLException {
        var live = new ArrayList<>(in(State.OPEN));
        live.addAll(in(State.SENDING));
        live.addAll(in(State.UNSENT));
        return live;
    }

    /// Orders in one state, oldest first.
    List<Order> in(State state) throws SQLException {
        return database.list(
                "SELECT "
                        + columnsOfAnOrder()
                        + " FROM orders WHERE state = '"
                        + state
                        + "' ORDER BY acceptedAt",
                OrderStore::order);
    }

    /// How many orders are in one state.
    long count(State state) throws SQLException {
        return database.list(
                        "SELECT count(*) FROM orders WHERE state = '" + state + "'",
                        row -> row.getLong(1))
                .getFirst();
    }

    /// Cancels and replaces of an order, in no order.
    List<Order> requestsFor(String target) throws SQLException {
        return database.list(
                "SELECT " + columnsOfAnOrder() + " FROM orders WHERE target = ? AND target <> ''",
                OrderStore::order,
                target);
    }

    void insert(Order order, long token) throws SQLException {
        var tellsWho = version.writes() != StoreFormat.ORDERS_1 && columns.contains(INSTANCE);
        database.update(
                "INSERT INTO orders (%s, token%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?%s)"
                        .formatted(
                                columnsOfAnOrder(),
                                tellsWho ? ", instance" : "",
                                tellsWho ? ", '" + instance.replace("'", "''") + "'" : ""),
                order.id(),
                order.client(),
                order.kind().name(),
                order.target(),
                order.symbol(),
                order.side().name(),
                order.quantity(),
                order.price().toPlainString(),
                order.state().name(),
                order.filled(),
                order.acceptedAt(),
                token);
    }

    void update(Order order) throws SQLException {
        database.update(
                "UPDATE orders SET state = ?, filled = ? WHERE id = ?",
                order.state().name(),
                order.filled(),
                order.id());
    }

    void markSending(Order order, long token) throws SQLException {
        database.update(
                "UPDATE orders SET state = 'SENDING', token = ? WHERE id = ? AND state = 'UNSENT'",
                token,
                order.id());
    }

    /// @return whether the execution is new
    boolean addExecution(Execution execution) throws SQLException {
        return database.update(
                        "INSERT OR IGNORE INTO executions VALUES (?, ?)",
                        execution.id(),
                        execution.clOrdId())
                == 1;
    }

    void addPosition(String symbol, long shares) throws SQLException {
        database.update(
                """
                INSERT INTO positions VALUES (?1, ?2)
                ON CONFLICT (symbol) DO UPDATE SET position = position + ?2""",
                symbol,
                shares);
    }

    // --- what clients and operators read

    /// One thing that happened to an order, for its client.
    ///
    /// @param id the client's own id
    /// @param seq grows with every event of the store
    /// @param quantity shares of a fill, else 0
    /// @param price of a fill, else 0
    record Event(
            long seq, String id, String event, long quantity, String price, String why, long at) {}

    void addEvent(Order order, String event, long quantity, BigDecimal price, String why, long at)
            throws SQLException {
        database.update(
                "INSERT INTO events (client, id, event, quantity, price, why, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                order.client(),
                order.own(),
                event,
                quantity,
                price.toPlainString(),
                why,
                at);
    }

    List<Event> events(String client, long after, int limit) throws SQLException {
        return database.list(
                """
                SELECT seq, id, event, quantity, price, why, at FROM events
                WHERE client = ? AND seq > ? ORDER BY seq LIMIT ?""",
                row ->
                        new Event(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getString(5),
                                row.getString(6),
                                row.getLong(7)),
                client,
                after,
                limit);
    }

    /// @return orders in that state by instrument
    Map<String, Long> openByInstrument() throws SQLException {
        return numbers(
                """
                SELECT symbol, count(*) FROM orders
                WHERE state = 'OPEN' AND kind <> 'CANCEL' GROUP BY symbol""");
    }

    Map<String, Long> positions() throws SQLException {
        return numbers("SELECT symbol, position FROM positions");
    }

    private Map<String, Long> numbers(String sql) throws SQLException {
        var numbers = new TreeMap<String, Long>();
        database.list(sql, row -> numbers.put(row.getString(1), row.getLong(2)));
        return numbers;
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getString(1),
                row.getString(2),
                Kind.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                Side.valueOf(row.getString(6)),
                row.getLong(7),
                new BigDecimal(row.getString(8)),
                State.valueOf(row.getString(9)),
                row.getLong(10),
                row.getLong(11));
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
