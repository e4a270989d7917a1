package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.Snapshots;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.simulation.Simulation;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The law of snapshots: for any ledger and any cut, what was kept there and what came after folds to what all of it folds to.
class PastTest {
    private final SigningKey key = Samples.key();
    private final StateCodec codec = new StateCodec();

    private static Recollection recollection(Ledger ledger, int every) {
        return new Recollection(
                new Snapshots(ledger, "this"),
                every,
                () -> true,
                Runnable::run,
                InstantSource.fixed(Samples.NOON));
    }

    private Ledger open(TestingStore store) {
        return Ledger.open(store, key, Set.of(Recollection.DESK));
    }

    private void holds(List<Event> events, int cut) {
        var store = new TestingStore();
        var ledger = open(store);
        new LedgerJournal(ledger).append(events.subList(0, cut));
        new PastKeeper(ledger, recollection(ledger, 1), Past.EMPTY, Runnable::run).look();
        new LedgerJournal(ledger).append(events.subList(cut, events.size()));

        var again = open(store);
        var recollection = recollection(again, 1);
        var past = Past.of(again, recollection);
        var all = Past.EMPTY.further(again);

        assertThat(recollection.told()).isEqualTo("from the snapshot at entry " + cut);
        assertThat(past).as("cut at %d", cut).isEqualTo(all);
        assertThat(codec.encode(past.kept())).isEqualTo(codec.encode(all.kept())); // and all orders
        assertThat(past.kept().toString()).isEqualTo(all.kept().toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void a_snapshot_and_the_tail_fold_to_the_same_as_all(long seed) {
        var events = Simulation.events(seed);
        var random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            holds(events, 1 + random.nextInt(events.size()));
        }
    }

    @Test
    void at_each_cut_of_a_story_in_which_everything_happens() {
        var events = EveryEvent.story();
        for (int cut = 1; cut <= events.size(); cut++) {
            holds(events, cut);
        }
    }

    @Test
    void a_snapshot_is_kept_each_time_the_ledger_has_grown_enough() {
        var store = new TestingStore();
        var ledger = open(store);
        var recollection = recollection(ledger, 10);
        var keeper = new PastKeeper(ledger, recollection, Past.EMPTY, Runnable::run);
        var events = EveryEvent.story();

        new LedgerJournal(ledger).append(events.subList(0, 9));
        keeper.look();
        assertThat(store.snapshot(Recollection.DESK)).isEmpty();

        new LedgerJournal(ledger).append(events.subList(9, 10));
        keeper.look();
        keeper.look();
        assertThat(store.snapshot(Recollection.DESK).orElseThrow().size()).isEqualTo(10);
        assertThat(ledger.size()).isEqualTo(11); // which names it
    }

    @Test
    void one_that_another_program_made_is_left_and_that_is_said() {
        var store = new TestingStore();
        var ledger = open(store);
        new LedgerJournal(ledger).append(EveryEvent.story());
        new PastKeeper(ledger, recollection(ledger, 1), Past.EMPTY, Runnable::run).look();

        var again = open(store);
        var other =
                new Recollection(
                        new Snapshots(again, "that"),
                        1,
                        () -> true,
                        Runnable::run,
                        InstantSource.fixed(Samples.NOON));

        assertThat(Past.of(again, other)).isEqualTo(Past.EMPTY.further(again));
        assertThat(other.told())
                .isEqualTo("from the first entry: another program made the snapshot");
    }

    private String hashOfASnapshot() {
        var ledger = open(new TestingStore());
        new LedgerJournal(ledger, new Random(7)).append(EveryEvent.story());
        new PastKeeper(ledger, recollection(ledger, 1), Past.EMPTY, Runnable::run).look();
        return ledger.entries(ledger.size() - 1).findFirst().orElseThrow().body();
    }

    @Test
    void the_hash_in_the_ledger_helps_nobody_to_try_all_names_once_one_is_erased() {
        assertThat(hashOfASnapshot()).contains("\"state\":\"").isNotEqualTo(hashOfASnapshot());
    }
}
