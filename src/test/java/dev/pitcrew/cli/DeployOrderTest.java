package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// In which order several services of the example are changed.
class DeployOrderTest {
    private final TradingSystem system = example();

    @Test
    void each_service_comes_after_those_that_it_needs() {
        var order =
                DeployOrder.of(
                        system,
                        Map.of("strategy", "2", "gateway", "3", "quotes", "1", "feed", "4"));

        assertThat(order.versions().entrySet())
                .containsExactly(
                        Map.entry("gateway", "3"),
                        Map.entry("feed", "4"),
                        Map.entry("strategy", "2"),
                        Map.entry("quotes", "1"));
    }

    @Test
    void accounts_come_after_what_they_are_compared_with() {
        assertThat(
                        DeployOrder.of(system, Map.of("gateway", "3", "drop-copy", "2"))
                                .versions()
                                .sequencedKeySet())
                .containsExactly("drop-copy", "gateway");
    }

    @Test
    void a_service_that_is_not_there_is_refused_with_those_that_are() {
        assertThatThrownBy(() -> DeployOrder.of(system, Map.of("gatewya", "3")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("no service named gatewya");
    }

    private static TradingSystem example() {
        return switch (SystemFile.read(Path.of("examples/desk/pitcrew.yaml"))) {
            case Read.Good<TradingSystem>(var system) -> system;
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }
}
