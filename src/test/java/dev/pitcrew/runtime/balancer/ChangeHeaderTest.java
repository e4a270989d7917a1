package dev.pitcrew.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A balancer is told which change it serves, so that its logs can be joined with the ledger.
class ChangeHeaderTest {
    @TempDir Path folder;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer balancer;

    @BeforeEach
    void listen() throws Exception {
        balancer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        balancer.createContext(
                "/",
                exchange -> {
                    var header = exchange.getRequestHeaders().getFirst("X-Pitcrew-Change");
                    told.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + Objects.requireNonNullElse(header, "of nothing"));
                    exchange.sendResponseHeaders(400, -1);
                    exchange.close();
                });
        balancer.start();
        new BalancerFile(balancer.getAddress().getPort(), Map.of())
                .write(folder.resolve("balancer.json"));
    }

    @AfterEach
    void stop() {
        balancer.stop(0);
    }

    @Test
    void each_order_names_the_change_that_it_belongs_to() {
        var client = new BalancerClient(folder.resolve("balancer.json"));

        var _ = client.under("r7/forward").hold("gateway", Duration.ofSeconds(1));
        var _ = client.under("r7/back").open("gateway", List.of());
        var _ = client.release("gateway");

        assertThat(told).containsExactly("POST r7/forward", "POST r7/back", "POST of nothing");
    }
}
