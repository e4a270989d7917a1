package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.Balancer;
import dev.pitcrew.model.Environment.Kind;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.simulation.TestingServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControllerSettingsTest {
    @Test
    void the_built_in_balancer_never_serves_a_live_environment() {
        assertThatThrownBy(() -> settings(Kind.LIVE, Balancer.BUILT_IN))
                .hasMessageContaining("put HAProxy or nginx in front");
    }

    @Test
    void a_balancer_of_which_nobody_says_where_it_is_is_said_and_not_replaced() {
        assertThatThrownBy(() -> settings(Kind.PAPER, Balancer.HAPROXY))
                .hasMessageContaining("environment demo names haproxy as its balancer");
    }

    @Test
    void a_secret_is_never_told() {
        assertThat(settings(Kind.DEMO, Balancer.BUILT_IN).toString())
                .contains("DESK_SECRET")
                .doesNotContain("hush");
    }

    private static ControllerSettings settings(Kind kind, Balancer balancer) {
        var system = TestingServices.system();
        var demo = system.environment("demo");
        var environment =
                new Environment(
                        "demo",
                        demo.runtime(),
                        kind,
                        balancer,
                        demo.approval(),
                        demo.approvalExpires(),
                        demo.reassessWithin(),
                        demo.windows(),
                        demo.gates(),
                        demo.ledger(),
                        demo.witnesses(),
                        Map.of());
        var other =
                new TradingSystem(
                        system.name(),
                        system.owner(),
                        system.site(),
                        system.host(),
                        system.venues(),
                        system.services(),
                        system.stores(),
                        system.feeds(),
                        List.of(environment),
                        system.folder(),
                        system.digest());
        return new ControllerSettings(
                other, "demo", Path.of("data"), Map.of("DESK_SECRET", "hush"));
    }
}
