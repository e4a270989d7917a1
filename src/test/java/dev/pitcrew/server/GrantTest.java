package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.TradingSystem.Owner;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrantTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Grant SOME =
            new Grant(
                    EnumSet.of(Right.APPROVE),
                    Set.of("paper"),
                    Set.of("equities"),
                    Optional.of(NOON));

    @Test
    void it_allows_what_it_names_there_until_then() {
        var before = NOON.minusMillis(1);

        assertThat(SOME.allows(Right.APPROVE, "paper", before)).isTrue();
        assertThat(SOME.allows(Right.READ, "paper", before)).isTrue();
        assertThat(SOME.allows(Right.CHANGE, "paper", before)).isFalse();
        assertThat(SOME.allows(Right.APPROVE, "live", before)).isFalse();
        assertThat(SOME.allows(Right.APPROVE, "paper", NOON)).isFalse();
    }

    @Test
    void it_reaches_the_desks_and_the_strategies_that_it_names() {
        assertThat(SOME.covers(owner("equities", null))).isTrue();
        assertThat(SOME.covers(owner("equities", "pairs"))).isTrue();
        assertThat(SOME.covers(owner("rates", null))).isFalse();
        assertThat(SOME.covers(Optional.empty())).isFalse();
        assertThat(Grant.ALL.covers(Optional.empty())).isTrue();

        var pairs =
                new Grant(
                        EnumSet.of(Right.STOP),
                        Set.of(),
                        Set.of("equities/pairs"),
                        Optional.empty());
        assertThat(pairs.covers(owner("equities", "pairs"))).isTrue();
        assertThat(pairs.covers(owner("equities", "trend"))).isFalse();
        assertThat(pairs.covers(owner("equities", null))).isFalse();
    }

    private static Optional<Owner> owner(String desk, @Nullable String strategy) {
        return Optional.of(new Owner(desk, Optional.ofNullable(strategy)));
    }

    @Test
    void the_ledger_has_it_in_one_line() {
        assertThat(SOME.text())
                .isEqualTo("read approve in paper of equities until 2026-11-23T12:00:00Z");
        assertThat(Grant.ALL.text()).isEmpty();
    }

    @Test
    void there_is_none_without_a_right() {
        assertThatThrownBy(
                        () ->
                                new Grant(
                                        EnumSet.noneOf(Right.class),
                                        Set.of(),
                                        Set.of(),
                                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Right.of("root"))
                .hasMessage("there is no right 'root'; there are read, change, approve, stop");
    }
}
