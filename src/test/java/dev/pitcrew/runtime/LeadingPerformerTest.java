package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Effect;
import dev.pitcrew.model.Token;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LeadingPerformerTest {
    private static final Effect ACTIVATE = new Effect.Activate("gateway-1", new Token(7));
    private static final Effect KILL = new Effect.Kill("gateway-1");

    private final List<Object> done = new CopyOnWriteArrayList<>();

    /// @param holds by its own clocks
    /// @param isConfirmed by the database
    private record Led(boolean holds, boolean isConfirmed) implements Leadership {
        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public String told() {
            return "";
        }
    }

    private Object performed(Leadership leadership, Effect effect) {
        new LeadingPerformer((_, _, one, _) -> done.add(one), leadership)
                .perform(
                        "gateway",
                        "r1",
                        effect,
                        new Performer.Outcome() {
                            @Override
                            public void confirmed(String detail) {
                                done.add(detail);
                            }

                            @Override
                            public void failed(String reason) {
                                done.add(reason);
                            }
                        });
        Awaiting.until(() -> !done.isEmpty());
        return done.getFirst();
    }

    @Test
    void who_leads_performs() {
        assertThat(performed(new Led(true, true), ACTIVATE)).isEqualTo(ACTIVATE);
    }

    @Test
    void who_may_have_lost_the_lease_since_the_entry_performs_nothing() {
        assertThat(performed(new Led(true, false), ACTIVATE))
                .isEqualTo(
                        "not done: this controller doesn't lead, or can't make sure that it does");
    }

    @Test
    void what_only_reduces_risk_does_not_wait_for_the_database() {
        assertThat(performed(new Led(true, false), KILL)).isEqualTo(KILL);
    }

    @Test
    void who_does_not_lead_does_not_even_reduce_risk_since_another_one_does() {
        assertThat(performed(new Led(false, false), KILL)).isInstanceOf(String.class);
    }
}
