package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.EventCodec;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DeathTest {
    @Test
    void no_kind_of_entry_is_left_out() {
        var kinds = new TreeSet<>(EventCodec.TYPES.keySet());
        kinds.removeIf(type -> type.startsWith("desk.")); // operators', with no effect to follow

        assertThat(Death.all(new Random(1))).extracting(Death::type).containsAll(kinds);
    }

    @Test
    void a_seed_always_chooses_the_same() {
        assertThat(Death.some(4, new Random(7))).isEqualTo(Death.some(4, new Random(7)));
    }
}
