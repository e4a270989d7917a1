package dev.pitcrew.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Nothing is started for the first time beside what others run of the same service.
class OutsideTest {
    private static final Outside GATEWAY = running("gateway");

    private static Outside running(String service) {
        return new Outside("desk", Map.of(service, List.of("desk-" + service + "-1")));
    }

    @Test
    void a_first_start_beside_a_container_of_the_same_service_is_refused_by_its_name() {
        var desk = new TestingDesk().beside(GATEWAY);

        assertThatThrownBy(() -> desk.deploy("ann", "", TestingDesk.ONE))
                .hasMessage(
                        "of the Compose project desk there runs desk-gateway-1, beside which nothing is started a second time; `pitcrew adopt --take` takes over what runs, without a restart; or stop it first");
    }

    @Test
    void what_runs_of_another_service_keeps_nobody_from_it() {
        var desk = new TestingDesk().beside(running("strategy"));

        desk.deploy("ann", "", TestingDesk.ONE);

        assertThat(desk.plan().to()).isEqualTo(TestingDesk.ONE);
    }

    /// Then it is the active one that hands over, and a person has to see to whatever else runs.
    @Test
    void what_is_kept_here_already_goes_on_to_its_next_version() {
        var desk = new TestingDesk().serving(TestingDesk.ONE).beside(GATEWAY);

        desk.deploy("ann", "", TestingDesk.TWO);

        assertThat(desk.plan().to()).isEqualTo(TestingDesk.TWO);
    }
}
