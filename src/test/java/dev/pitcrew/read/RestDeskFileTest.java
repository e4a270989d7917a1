package dev.pitcrew.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Fence;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The system file of examples/rest-desk, over its Compose project.
class RestDeskFileTest {
    @Test
    void its_gateway_comes_from_compose_on_the_hosts_network_and_only_death_is_its_fence() {
        var gateway = system().service("gateway");

        assertThat(gateway.singleActive().orElseThrow().fences()).containsExactly(Fence.PROCESS);
        assertThat(gateway.container().orElseThrow().networks()).containsOnlyKeys("host");
        assertThat(gateway.secrets()).containsOnlyKeys("BROKER_KEY", "DATABASE_URL");
    }

    @Test
    void the_database_and_nginx_are_left_to_compose() {
        assertThat(system().services()).extracting(Service::name).containsExactly("gateway", "api");
    }

    private static TradingSystem system() {
        return switch (SystemFile.read(Path.of("examples/rest-desk/pitcrew.yaml"))) {
            case Read.Good<TradingSystem>(var system) -> system;
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }
}
