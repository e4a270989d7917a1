package desk.gateway;

import java.nio.file.Path;
import java.sql.SQLException;

/// A connection for reading, shared by all threads one after the other; it never waits for the writer.
final class Reads implements AutoCloseable {
    /// A question to the store.
    @FunctionalInterface
    interface Question<T> {
        T ask(OrderStore store) throws SQLException;
    }

    private final OrderStore store;

    Reads(Path file, GatewayVersion version, String instance) throws SQLException {
        store = OrderStore.open(file, version, instance);
    }

    /// @throws IllegalStateException when the store can't be read
    synchronized <T> T ask(Question<T> question) {
        try {
            store.followFormat();
            return question.ask(store);
        } catch (SQLException e) {
            throw new IllegalStateException("the order store can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        store.close();
    }
}
