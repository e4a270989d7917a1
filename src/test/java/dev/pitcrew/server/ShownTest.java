package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.runtime.EveryEvent;
import dev.pitcrew.runtime.LedgerJournal;
import dev.pitcrew.runtime.StateCodec;
import dev.pitcrew.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The law of snapshots, for what the faces show.
class ShownTest {
    private final StateCodec codec = new StateCodec();

    private List<LedgerJournal.Told> told(List<Event> events) {
        var ledger = Ledger.open(new TestingStore(), Samples.key());
        var journal = new LedgerJournal(ledger);
        journal.append(events);
        var told = new ArrayList<LedgerJournal.Told>();
        journal.replay(0, told::add);
        return told;
    }

    private static Shown after(Shown.Kept kept, List<LedgerJournal.Told> told) {
        var shown = new Shown(kept);
        told.forEach(one -> shown.hear(one.entry(), one.event()));
        return shown;
    }

    private void holds(List<LedgerJournal.Told> told, int cut) {
        Bytes kept = codec.encode(after(Shown.Kept.NOTHING, told.subList(0, cut)).kept());
        var some = after(codec.decode(Shown.Kept.class, kept), told.subList(cut, told.size()));
        var all = after(Shown.Kept.NOTHING, told);

        assertThat(codec.encode(some.kept()))
                .as("cut at %d", cut)
                .isEqualTo(codec.encode(all.kept()));
        assertThat(some.kept()).isEqualTo(all.kept());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_snapshot_and_the_tail_show_the_same_as_all(long seed) {
        var told = told(Simulation.events(seed));
        var random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            holds(told, 1 + random.nextInt(told.size()));
        }
    }

    @Test
    void at_each_cut_of_a_story_in_which_everything_happens() {
        var told = told(EveryEvent.story());
        for (int cut = 0; cut <= told.size(); cut++) {
            holds(told, cut);
        }
    }
}
