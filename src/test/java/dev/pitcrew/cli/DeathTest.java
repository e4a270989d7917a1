package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.runtime.EventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeathTest {
    private static final List<Entry> STORY =
            entries("1 rollout.planned", "2 step.taken", "2 effect.intended", "3 step.taken");

    @Test
    void no_kind_of_entry_is_left_out() {
        var kinds =
                EventCodec.TYPES.keySet().stream()
                        .map(type -> EntryType.parse(type).name())
                        .filter(kind -> !Death.UNTOLD.contains(kind))
                        .distinct()
                        .toList();

        assertThat(Death.ofEachKind(new Random(1)))
                .extracting(death -> ((Moment.Written) death.moment()).kind())
                .containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    void a_seed_always_chooses_the_same() {
        assertThat(Death.ofEachKind(new Random(7))).isEqualTo(Death.ofEachKind(new Random(7)));
        assertThat(Death.ofEachKind(new Random(7))).isNotEqualTo(Death.ofEachKind(new Random(8)));
    }

    @Test
    void a_moment_is_found_by_its_kind_and_its_number() {
        assertThat(new Moment.Written("step.taken", 1).index(STORY)).isEqualTo(1);
        assertThat(new Moment.Written("step.taken", 2).index(STORY)).isEqualTo(3);
        assertThat(new Moment.Written("step.taken", 3).index(STORY)).isNegative();
    }

    @Test
    void entries_of_one_time_are_one_turn() {
        assertThat(new Moment.Turn(2).index(STORY)).isEqualTo(1);
        assertThat(new Moment.Turn(3).index(STORY)).isEqualTo(3);
        assertThat(new Moment.Turn(4).index(STORY)).isNegative();
    }

    @Test
    void how_late_a_death_was_is_counted_in_turns() {
        assertThat(new Moment.Turn(1).turnsAfter(STORY)).isEqualTo(2);
        assertThat(new Moment.Turn(3).turnsAfter(STORY)).isZero();
        assertThat(new Moment.Written("step.taken", 1).turnsAfter(STORY.subList(0, 3))).isZero();
    }

    private static List<Entry> entries(String... lines) {
        var entries = new ArrayList<Entry>();
        for (var line : lines) {
            var words = line.split(" ", -1);
            entries.add(
                    new Entry(
                            entries.size(),
                            Instant.ofEpochSecond(Long.parseLong(words[0])),
                            new EntryType(words[1], 1),
                            "",
                            "",
                            "",
                            Entry.Form.CLEAR));
        }
        return entries;
    }
}
