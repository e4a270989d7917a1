package dev.pitcrew.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTest {
    @ParameterizedTest
    @CsvSource({
        "created, 0, true",
        "exited, 0, true",
        "dead, 0, true",
        "removing, 0, true",
        "removing, 7, false",
        "running, 7, false",
        "paused, 7, false",
        "restarting, 0, false",
    })
    void one_that_is_being_removed_has_ended_and_one_that_may_come_again_has_not(
            String status, long pid, boolean isOver) {
        var state =
                new Container.State(
                        status, pid, 143, false, Optional.empty(), Optional.empty(), "", "");

        assertThat(state.isOver()).isEqualTo(isOver);
    }
}
