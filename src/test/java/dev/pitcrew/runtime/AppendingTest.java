package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent.Frozen;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.model.OperationFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AppendingTest {
    private static final List<Event> EVENTS =
            List.of(new Frozen(Instant.parse("2026-11-23T12:00:00Z"), "*", "ann", ""));

    private final TestingJournal journal = new TestingJournal();

    /// It blocks until it is released.
    private record Slow(Journal journal, CountDownLatch release) implements Journal {
        @Override
        public List<Event> replay() {
            return journal.replay();
        }

        @Override
        public void append(List<Event> events) {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            journal.append(events);
        }
    }

    @Test
    void an_append_that_blocks_is_waited_for_only_a_little_and_ends_by_itself() {
        var release = new CountDownLatch(1);
        try (var writer = Executors.newSingleThreadExecutor()) {
            var appending = new Appending(new Slow(journal, release), writer, Duration.ofMillis(1));

            assertThat(appending.begin(EVENTS)).isFalse();
            assertThat(appending.isDurable()).isFalse();
            assertThatThrownBy(() -> appending.begin(EVENTS))
                    .isInstanceOf(IllegalStateException.class);
            release.countDown();
            Awaiting.until(appending::isDurable);

            assertThat(journal.replay()).isEqualTo(EVENTS);
        }
    }

    @Test
    void what_the_journal_throws_comes_out_as_it_is_and_another_append_may_begin() {
        journal.full();
        var appending = new Appending(journal, Runnable::run, Duration.ZERO);

        assertThatThrownBy(() -> appending.begin(EVENTS)).isInstanceOf(OperationFailed.class);
        assertThatThrownBy(() -> appending.begin(EVENTS)).isInstanceOf(OperationFailed.class);
    }
}
