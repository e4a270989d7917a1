package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerJournalTest {
    private static final List<Event> STORY = EveryEvent.story();
    private static final PersonalValues PERSONAL = new PersonalValues();

    private final TestingStore store = new TestingStore();
    private final SigningKey key = Samples.key();
    private final Ledger ledger = Ledger.open(store, key);
    private final LedgerJournal journal = new LedgerJournal(ledger);

    @Test
    void what_was_appended_is_replayed() {
        journal.append(STORY);

        assertThat(journal.replay()).isEqualTo(STORY);
        assertThat(new LedgerJournal(Ledger.open(store, key)).replay()).isEqualTo(STORY);
    }

    @Test
    void no_name_and_nothing_that_an_operator_wrote_stands_in_the_tree() {
        journal.append(STORY);

        assertThat(store.read(0, STORY.size()))
                .map(one -> new String(one.leaf().data().toArray(), StandardCharsets.UTF_8))
                .noneMatch(
                        text ->
                                Stream.of(
                                                "ada",
                                                "grace",
                                                "expiry",
                                                "tick",
                                                "tonight",
                                                "prices",
                                                "it was right",
                                                "log out")
                                        .anyMatch(text::contains));
    }

    @Test
    void an_operator_has_one_commitment_for_ever_and_each_reason_its_own() {
        var frozen = new DeskEvent.Frozen(Samples.NOON, "*", "ada", "expiry day");
        journal.append(List.of(frozen, frozen));
        new LedgerJournal(Ledger.open(store, key)).append(List.of(frozen));
        var entries = Ledger.open(store, key).entries(0).toList();

        assertThat(entries.stream().map(Entry::by).distinct()).hasSize(1);
        assertThat(entries.stream().flatMap(one -> PERSONAL.texts(one).stream()).distinct())
                .hasSize(3);
    }

    @Test
    void what_is_erased_changes_no_decision_and_no_proof() {
        journal.append(STORY);
        eraseAll();
        var erased = new LedgerJournal(Ledger.open(store, key)).replay();

        assertThat(folded(erased).rollouts()).isEqualTo(folded(STORY).rollouts());
        assertThat(folded(erased).service("gateway").keep())
                .isEqualTo(folded(STORY).service("gateway").keep());
        assertThat(folded(erased).service("gateway").roster())
                .isEqualTo(folded(STORY).service("gateway").roster());
        assertThat(Verification.verify(History.of(store, key.verifier())))
                .isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void two_people_stay_two_and_one_stays_one_once_they_are_erased() {
        journal.append(STORY);
        eraseAll();
        var erased = journal.replay();
        var planned = all(erased, RolloutEvent.Planned.class).map(RolloutEvent.Planned::by);
        var approved = all(erased, RolloutEvent.Approved.class).map(RolloutEvent.Approved::by);

        var ada = planned.findFirst().orElseThrow();
        var approvers = approved.toList(); // grace, then ada
        assertThat(approvers).hasSize(2).doesNotHaveDuplicates();
        assertThat(approvers.getLast()).isEqualTo(ada);
        assertThat(ada).matches("erased:[0-9a-f]{12}");
    }

    @Test
    void what_lies_beside_and_opens_nothing_counts_for_nothing() {
        journal.append(List.of(new DeskEvent.Frozen(Samples.NOON, "*", "ada", "")));
        var entry = ledger.entries(0).findFirst().orElseThrow();
        var name = PERSONAL.names(entry).getFirst();
        var other = new Opening(ledger.opening(name).orElseThrow().salt(), "grace");
        store.tamper(name, other);

        assertThat(ledger.opening(name)).isEmpty();
        assertThat(journal.opened(entry).by()).startsWith("erased:");
    }

    private void eraseAll() {
        ledger.erase(
                ledger.entries(0)
                        .flatMap(
                                one ->
                                        Stream.concat(
                                                PERSONAL.names(one).stream(),
                                                PERSONAL.texts(one).stream()))
                        .toList());
    }

    private static Desk folded(List<Event> events) {
        var desk = Desk.EMPTY;
        for (var event : events) {
            desk = desk.fold(event);
        }
        return desk;
    }

    private static <T extends Event> Stream<T> all(List<Event> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }
}
