package dev.pitcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.runtime.EveryEvent;
import dev.pitcrew.runtime.LedgerJournal;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ErasureTest {
    private final Ledger ledger = Ledger.open(new TestingStore(), Samples.key());
    private final LedgerJournal journal = new LedgerJournal(ledger);
    private final Erasure erasure = new Erasure(ledger);

    @Test
    void a_person_is_erased_with_all_that_this_person_wrote_and_that_names_this_person() {
        journal.append(
                List.of(
                        new DeskEvent.Frozen(Samples.NOON, "*", "ada", "my son is ill"),
                        new DeskEvent.Thawed(Samples.NOON, "*", "grace", "Ada is back"),
                        new DeskEvent.Frozen(Samples.NOON, "*", "grace", "canada is closed")));

        assertThat(erasure.person("ada", Samples.NOON)).isEqualTo(3);
        assertThat(journal.replay())
                .satisfiesExactly(
                        event -> assertThat("" + event).doesNotContain("ada", "ill"),
                        event -> assertThat("" + event).contains("grace").doesNotContain("Ada"),
                        event -> assertThat("" + event).contains("grace", "canada is closed"));
    }

    @Test
    void that_something_was_erased_is_an_entry_and_a_checkpoint_covers_it() {
        journal.append(List.of(new DeskEvent.Frozen(Samples.NOON, "*", "ada", "")));
        var name = ledger.entries(0).findFirst().orElseThrow().by();

        erasure.person("ada", Samples.NOON);

        assertThat(ledger.entries(1))
                .extracting(one -> one.type().toString(), one -> one.body())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "ledger.erased@1", "{\"erased\":[\"" + name + "\"]}"));
    }

    @Test
    void what_was_written_into_one_entry_is_erased_and_who_wrote_it_stays() {
        var frozen = new DeskEvent.Frozen(Samples.NOON, "*", "ada", "the password is hush");
        var cleared = new KeepEvent.Cleared(Samples.NOON, "gateway", "ada", "the venue is back");
        journal.append(List.of(frozen, cleared));

        assertThat(erasure.entry(0, Samples.NOON)).isEqualTo(1);
        assertThat("" + journal.replay().getFirst()).contains("ada").doesNotContain("hush");
        assertThat(journal.replay().getLast()).isEqualTo(cleared);
        assertThatThrownBy(() -> erasure.entry(0, Samples.NOON))
                .hasMessage("entry 0 has nothing to erase");
    }

    @Test
    void whoever_asked_for_what_still_waits_is_not_erased() {
        var story = EveryEvent.story();
        journal.append(story.subList(0, 1 + first(story, RolloutEvent.Planned.class::isInstance)));

        assertThatThrownBy(() -> erasure.person("ada", Samples.NOON))
                .hasMessage(
                        "ada asked for r1 of gateway, which waits for another person; `pitcrew abort gateway` first");
    }

    @Test
    void whoever_took_on_an_emergency_alone_is_not_erased_before_another_looked_at_it() {
        var story = EveryEvent.story();
        journal.append(story.subList(0, first(story, DeskEvent.Reassessed.class::isInstance)));

        assertThatThrownBy(() -> erasure.person("ada", Samples.NOON))
                .hasMessage(
                        "ada took on r2 of gateway alone; another person has to `pitcrew reassess gateway r2` first");
    }

    @Test
    void who_is_unknown_can_not_be_erased() {
        journal.append(List.of(new DeskEvent.Frozen(Samples.NOON, "*", "ada", "")));

        assertThatThrownBy(() -> erasure.person("eve", Samples.NOON))
                .hasMessage("the ledger knows nobody called eve");
        assertThat(ledger.size()).isEqualTo(1);
    }

    private static int first(List<Event> story, Predicate<Event> which) {
        for (int i = 0; i < story.size(); i++) {
            if (which.test(story.get(i))) {
                return i;
            }
        }
        throw new AssertionError("the story has no such event");
    }
}
