package desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriterTest {
    private static final long PATIENCE_SECONDS = 20;

    private OrderStore store;
    private Writer writer;

    @BeforeEach
    void open() throws Exception {
        store = new OrderStore(Database.inMemory(), GatewayVersion.of(Map.of()), "gateway-1");
        writer = new Writer(store, "writer");
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void work_that_runs_out_of_memory_fails_alone() throws Exception {
        var begun = new CountDownLatch(1);
        var more = new CountDownLatch(1);
        writer.submit(_ -> holdUp(begun, more), _ -> {});
        begun.await();
        var well = writer.submit(each -> told(each, 1), _ -> {});
        var wrong = writer.submit(WriterTest::fails, _ -> {});
        var after = writer.submit(each -> told(each, 2), _ -> {});
        more.countDown(); // so these three come in one transaction

        assertThat(result(well)).isEqualTo("1");
        assertThat(result(wrong)).isEqualTo("java.lang.OutOfMemoryError: of the test");
        assertThat(result(after)).isEqualTo("2");
        assertThat(result(writer.submit(each -> told(each, 3), _ -> {}))).isEqualTo("3");
    }

    private static boolean holdUp(CountDownLatch begun, CountDownLatch more) {
        begun.countDown();
        try {
            return more.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String told(OrderStore store, int number) throws java.sql.SQLException {
        store.raiseNextTarget(number);
        return Integer.toString(store.control().nextTarget());
    }

    private static String fails(OrderStore store) {
        throw new OutOfMemoryError("of the test");
    }

    private static String result(CompletableFuture<String> future) throws Exception {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause().toString();
        }
    }
}
