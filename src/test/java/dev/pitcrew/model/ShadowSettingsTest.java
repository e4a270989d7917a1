package dev.pitcrew.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.simulation.TestingServices;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShadowSettingsTest {
    @Test
    void a_shadow_has_another_environment_and_no_secrets() {
        var service = TestingServices.shadowed(Shadow.Then.HANDOFF);

        var shadow = service.inShadow();

        assertThat(shadow.env()).containsEntry("GATEWAY", new Template("http://127.0.0.1:1"));
        assertThat(shadow.secrets()).isEmpty();
        assertThat(shadow.command()).isEqualTo(service.command());
    }

    @Test
    void a_shadow_without_another_way_for_its_orders_is_none() {
        assertThatThrownBy(() -> new Shadow(Map.of(), Duration.ofMinutes(1), Shadow.Then.NOTHING))
                .hasMessage("a shadow needs to send its orders elsewhere");
    }
}
