package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.app.DataFolder;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.server.Api;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the verbs do while the controller that they speak to gives way to another one.
class ClientTest {
    @TempDir Path folder;
    private final List<String> told = new ArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();

    @BeforeEach
    void token() throws IOException {
        Files.writeString(data().ownToken(), "t");
    }

    @AfterEach
    void stop() {
        servers.forEach(one -> one.stop(0));
    }

    @Test
    void who_follows_a_rollout_hears_it_from_whoever_leads_then() throws Exception {
        var first = leader("1");
        try (var client = Client.of(data())) {
            assertThat(client.statusOfWhoeverLeads(told::add).controller().leads()).isEqualTo("1");
            first.stop(0);
            leader("2");

            assertThat(client.statusOfWhoeverLeads(told::add).controller().leads()).isEqualTo("2");
        }
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("the controller does not answer")
                .endsWith("; it is asked again, or who leads then");
    }

    @Test
    void who_asks_once_hears_at_once_that_nobody_answers() throws Exception {
        leader("1").stop(0);
        try (var client = Client.of(data())) {
            assertThatThrownBy(client::status).isInstanceOf(OperationFailed.class);
        }
        assertThat(told).isEmpty();
    }

    private HttpServer leader(String name) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var body = Api.json().writeValueAsBytes(status(name));
        server.createContext(
                "/v1/status",
                exchange -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        servers.add(server);
        ControllerFile.here(server.getAddress().getPort()).write(data().controller());
        return server;
    }

    private static DeskStatus status(String leads) {
        return new DeskStatus(
                "desk",
                "paper",
                Instant.EPOCH,
                new DeskStatus.Controller(1, "", leads),
                new DeskStatus.Ledger(1, "", ""),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new DeskStatus.About("", "", ""),
                List.of());
    }

    private DataFolder data() {
        return new DataFolder(folder);
    }
}
