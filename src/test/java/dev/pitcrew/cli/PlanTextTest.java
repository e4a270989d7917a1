package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.ApprovalNeed;
import dev.pitcrew.deploy.Gate;
import dev.pitcrew.deploy.Plan;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.server.Api;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static final Gate CLOCK =
            new Gate("clock", Gate.Sense.AT_MOST, 12.5, "ms", Duration.ofSeconds(10));

    @Test
    void each_step_has_its_name_and_its_limit() {
        var plan =
                new Plan(
                        "gateway",
                        "demo",
                        "",
                        Plan.Purpose.CHANGE,
                        "handoff",
                        Optional.of(release("1")),
                        release("2"),
                        List.of(
                                new Step.Check(List.of(CLOCK), Duration.ofSeconds(30)),
                                new Step.Warm(Duration.ofSeconds(15)),
                                new Step.Hold(Duration.ofSeconds(3), Duration.ofSeconds(3)),
                                new Step.Bake(Duration.ofSeconds(3), Duration.ofMinutes(10))),
                        List.of(new Step.Route(true, Duration.ofMillis(500))),
                        new ApprovalNeed(
                                ApprovalNeed.Rule.NONE,
                                Duration.ZERO,
                                Duration.ofHours(1),
                                "abc",
                                false),
                        List.of(),
                        List.of("no way back"));

        var text = PlanText.of(Api.json().valueToTree(plan), Ink.PLAIN);

        assertThat(text)
                .isEqualTo(
                        """
                gateway in demo: 1 to 2 by handoff
                  forward    1 check      at most 30 s
                             2 warm       at most 15 s
                             3 hold       at most 3 s
                             4 bake       at most 10 min
                  back       1 route      at most 500 ms
                  gate      clock at most 12.5 ms
                  note      no way back
                  approval  NONE, hash abc""");
    }

    private static Release release(String version) {
        return new Release(version, "d", "", "", new StateFormats("orders-1", Set.of("orders-1")));
    }
}
