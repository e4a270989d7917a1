package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Several controllers' stores on one real database, of which one at a time may write.
@Tag("real")
class PostgresLeaseTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static TestingPostgres server;
    private final SigningKey key = Samples.key();
    private PostgresAccess access;

    @BeforeAll
    static void startServer() throws Exception {
        server = TestingPostgres.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void aDatabase() throws SQLException {
        access = server.database();
    }

    private PostgresCandidate candidate(String name, Duration length) {
        return new PostgresCandidate(access, name, length);
    }

    private static PostgresLease awaited(PostgresCandidate candidate) throws Exception {
        var lease = new ArrayList<PostgresLease>();
        TestingPostgres.await(
                "the lease",
                () -> {
                    candidate.tryTake().ifPresent(lease::add);
                    return !lease.isEmpty();
                });
        return lease.getFirst();
    }

    @Test
    void while_one_has_the_lease_another_is_refused_and_told_who_has_it() {
        try (var _ = PostgresStore.open(access, "host-a", LONG)) {
            assertThatThrownBy(() -> PostgresStore.open(access, "host-b", LONG))
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            e -> assertThat(e.code()).isEqualTo(Code.LEDGER_IN_USE))
                    .hasMessageContaining("host-a leads", "under epoch 1", "stop that one");
        }

        try (var next = PostgresStore.open(access, "host-b", LONG)) {
            assertThat(next.lease().map(PostgresLease::epoch)).contains(2L);
        }
    }

    @Test
    void who_renews_keeps_the_lease_beyond_its_length() throws Exception {
        try (var first = candidate("host-a", SHORT);
                var second = candidate("host-b", SHORT);
                var lease = first.tryTake().orElseThrow()) {
            var until = second.standing().until();
            var ends = new ArrayList<String>(List.of(until));
            TestingPostgres.await(
                    "renewals",
                    () -> {
                        assertThat(second.tryTake()).isEmpty();
                        var now = second.standing().until();
                        if (!now.equals(ends.getLast())) {
                            ends.add(now);
                        }
                        return ends.size() > 8; // of five in one length
                    });

            assertThat(lease.isConfirmed()).isTrue();
            assertThat(second.standing().epoch()).isEqualTo(1);
        }
    }

    @Test
    void of_many_who_want_it_at_once_one_gets_each_epoch() throws Exception {
        var epochs = new ConcurrentLinkedQueue<Long>();
        var holders = new AtomicInteger();
        var together = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                var name = "host-" + i;
                var _ =
                        threads.submit(
                                () -> {
                                    try (var candidate = candidate(name, LONG)) {
                                        for (int round = 0; round < 15; round++) {
                                            candidate
                                                    .tryTake()
                                                    .ifPresent(
                                                            lease -> {
                                                                epochs.add(lease.epoch());
                                                                together.accumulateAndGet(
                                                                        holders.incrementAndGet(),
                                                                        Math::max);
                                                                holders.decrementAndGet();
                                                                lease.close();
                                                            });
                                        }
                                    }
                                });
            }
        }

        assertThat(together.get()).isEqualTo(1);
        assertThat(epochs).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void who_dies_is_followed_once_his_lease_is_over_and_the_ledger_is_whole() throws Exception {
        var dead = new PausedLease(access, "host-a", SHORT);
        try (var second = candidate("host-b", SHORT)) {
            dead.ledger(key).append(Samples.entries(0, 3));
            assertThat(second.tryTake()).isEmpty();

            long from = System.nanoTime();
            var lease = awaited(second);
            System.out.printf(
                    "took over %d ms after the last renewal, of a lease of %d ms%n",
                    Duration.ofNanos(System.nanoTime() - from).toMillis(), SHORT.toMillis());
            try (var store = PostgresStore.open(lease);
                    var ledger = Ledger.open(store, key)) {
                ledger.append(Samples.entries(3, 5));
                ledger.checkpoint();
                assertThat(Verification.verify(History.of(store, key.verifier())))
                        .isEqualTo(new Verdict.Whole(5, ledger.root(), 5));
            }
        }
    }

    @Test
    void who_was_paused_beyond_his_lease_can_do_nothing_when_he_wakes() throws Exception {
        var paused = new PausedLease(access, "host-a", SHORT);
        var old = paused.ledger(key);
        old.append(Samples.entries(0, 3));
        assertThat(paused.lease().isConfirmed()).isTrue();
        try (var second = candidate("host-b", LONG);
                var store = PostgresStore.open(awaited(second));
                var ledger = Ledger.open(store, key)) {
            assertThat(paused.lease().isHeld()).as("by its own clock").isFalse();
            ledger.append(Samples.entries(3, 4));

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> old.append(Samples.entries(4, 5)))
                        .isInstanceOfSatisfying(
                                OperationFailed.class,
                                e -> assertThat(e.code()).isEqualTo(Code.LEDGER_LEASE_LOST));
            }
            assertThatThrownBy(old::checkpoint)
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            e -> assertThat(e.code()).isEqualTo(Code.LEDGER_LEASE_LOST));
            assertThatThrownBy(() -> old.erase(List.of()))
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            e -> assertThat(e.code()).isEqualTo(Code.LEDGER_LEASE_LOST));
            assertThat(paused.lease().isConfirmed()).isFalse();
            assertThat(paused.lease().isLost()).isTrue();
            assertThat(ledger.entries(0)).hasSize(4);
        }
    }

    /// As if the server's clock had jumped forward: the lease is over before its holder can know.
    @Test
    void a_holder_whose_lease_ended_early_is_told_so_when_he_asks_before_an_act() throws Exception {
        try (var first = candidate("host-a", LONG);
                var second = candidate("host-b", LONG);
                var lease = first.tryTake().orElseThrow()) {
            shift("until - interval '1 hour'");
            var taken = awaited(second);

            assertThat(lease.isHeld()).as("by its own clock").isTrue();
            assertThat(lease.isConfirmed()).isFalse();
            assertThat(lease.isHeld()).as("once it knows").isFalse();
            assertThat(taken.isConfirmed()).isTrue();
            taken.close();
        }
    }

    @Test
    void a_server_whose_clock_was_set_back_keeps_nobody_out_for_longer_than_a_lease()
            throws Exception {
        var _ = new PausedLease(access, "host-a", SHORT);
        shift("until + interval '1 hour'");
        try (var second = candidate("host-b", SHORT);
                var lease = awaited(second)) {
            assertThat(lease.epoch()).isEqualTo(2);
        }
    }

    private void shift(String until) throws SQLException {
        try (var admin = server.admin(access.url().database())) {
            PostgresSession.execute(admin, "UPDATE pitcrew.lease SET until = " + until);
        }
    }

    @Test
    void who_stops_in_the_midst_of_a_statement_keeps_nobody_out() throws Exception {
        var _ = new PausedLease(access, "host-a", SHORT);
        try (var stopped = access.connect("stopped", LONG);
                var second = candidate("host-b", SHORT)) {
            stopped.setAutoCommit(false);
            PostgresSession.execute(stopped, "SELECT FROM pitcrew.lease FOR UPDATE");
            try (var lease = awaited(second)) {
                assertThat(lease.epoch()).isEqualTo(2);
            }
        }
    }

    @Test
    void a_holder_whom_the_server_cuts_off_renews_and_stays() throws Exception {
        try (var candidate = candidate("host-a", SHORT);
                var other = candidate("host-b", SHORT);
                var lease = candidate.tryTake().orElseThrow()) {
            for (int i = 0; i < 3; i++) {
                var until = other.standing().until();
                try (var admin = server.admin(access.url().database())) {
                    PostgresSession.execute(
                            admin,
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    + " WHERE application_name LIKE 'pitcrew renewals%'");
                }
                TestingPostgres.await("the renewal", () -> !other.standing().until().equals(until));
            }
            assertThat(lease.isConfirmed()).isTrue();
        }
    }

    @Test
    void a_holder_who_can_not_renew_says_before_the_end_that_it_is_over() throws Exception {
        var own = TestingPostgres.start();
        try {
            var there = own.database();
            var lease = new PostgresCandidate(there, "host-a", SHORT).tryTake().orElseThrow();
            own.close();

            TestingPostgres.await("the end", () -> !lease.isHeld());
            assertThat(lease.isLost()).as("it may come back").isFalse();
            assertThat(lease.isConfirmed()).isFalse();
            lease.close();
        } finally {
            own.close();
        }
    }
}
