package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final GroupCommit<Integer> commits =
            new GroupCommit<>(this::commit, 10, request -> request);

    @Test
    void whoever_waits_shares_a_commit_and_no_commit_outweighs_the_limit_but_a_single_request()
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int request : new int[] {1, 4, 6, 5, 25, 3, 7}) {
                var submitted = new AtomicReference<Thread>();
                var _ =
                        threads.submit(
                                () -> {
                                    submitted.set(Thread.currentThread());
                                    commits.submit(request);
                                });
                // One after the other, so that it is known who stands before whom.
                while (submitted.get() == null
                        || submitted.get().getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            firstMayEnd.countDown();
        }

        assertThat(batches)
                .containsExactly(List.of(1), List.of(4, 6), List.of(5), List.of(25), List.of(3, 7));
    }

    private void commit(List<Integer> batch) {
        batches.add(batch);
        try {
            firstMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
