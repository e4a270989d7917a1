package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.LedgerStoreContract;
import dev.pitcrew.ledger.NewEntry;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.model.DatabaseUrl;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract on a real server.
@Tag("real")
class PostgresStoreTest extends LedgerStoreContract {
    private static final Duration LENGTH = Duration.ofSeconds(30);

    private static TestingPostgres server;
    private PostgresAccess access;
    private PostgresAccess last; // of another()

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
    @Override
    public void open() {
        access = database();
        last = access;
        super.open();
    }

    private static PostgresAccess database() {
        try {
            return server.database();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected LedgerStore create() {
        return PostgresStore.open(access, "host-a", LENGTH);
    }

    @Override
    protected LedgerStore reopen(LedgerStore store) {
        return create();
    }

    /// What a crash leaves: the server never heard of the commit. It is undone in the same way by hand, since no test can
    /// stop a server between two bytes.
    @Override
    protected LedgerStore reopenTorn(LedgerStore store) throws Exception {
        store.close();
        var torn = server.database();
        var whole = PostgresStore.openForReading(access);
        var copy = PostgresStore.open(torn, "host-a", LENGTH);
        copy.append(
                0, whole.read(0, 10).stream().map(LedgerStore.Indexed::leaf).toList(), List.of());
        copy.putCheckpoint(10, whole.checkpoint(10).orElseThrow());
        var lastThree = whole.read(10, 10).stream().map(LedgerStore.Indexed::leaf).toList();
        var opening = new Opening(Bytes.copyOf(new byte[Opening.SALT_SIZE]), "jane");
        whole.close();
        try (var locks = server.admin(torn.url().database())) {
            locks.setAutoCommit(false); // so that the append waits with its work half done
            PostgresSession.execute(
                    locks, "LOCK TABLE pitcrew.opening IN SHARE ROW EXCLUSIVE MODE");
            var appending =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        var _ =
                                                catchThrowable(
                                                        () ->
                                                                copy.append(
                                                                        10,
                                                                        lastThree,
                                                                        List.of(opening)));
                                    });
            TestingPostgres.await("the append to wait", () -> isWaiting(torn));
            server.crashAndRestart();
            appending.join();
        }
        copy.close();
        return PostgresStore.open(torn, "host-a", LENGTH);
    }

    private static boolean isWaiting(PostgresAccess at) throws SQLException {
        try (var admin = server.admin(at.url().database())) {
            return one(
                            admin,
                            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND application_name LIKE 'pitcrew writer%'")
                    > 0;
        }
    }

    private static long one(Connection connection, String sql) throws SQLException {
        try (var query = connection.createStatement();
                var found = query.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    @Test
    void the_database_itself_refuses_gaps_changes_and_removals() throws SQLException {
        try (var ledger = Ledger.open(another(), Samples.key())) {
            ledger.append(Samples.entries(0, 3));
        }
        try (var owner = last.connect("owner", LENGTH);
                var admin = server.admin(last.url().database())) {
            assertThatThrownBy(() -> sql(owner, insert(4))).hasMessageContaining("not the next");
            assertThatThrownBy(() -> sql(owner, insert(2))).hasMessageContaining("not the next");
            for (var change :
                    List.of(
                            "UPDATE pitcrew.entry SET leaf = hash WHERE idx = 1",
                            "DELETE FROM pitcrew.entry WHERE idx = 2",
                            "TRUNCATE pitcrew.entry")) {
                assertThatThrownBy(() -> sql(owner, change))
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> sql(admin, change)).hasMessageContaining("append-only");
            }
            assertThatThrownBy(() -> sql(admin, "UPDATE pitcrew.lease SET epoch = 0"))
                    .hasMessageContaining("only grows");
            assertThatThrownBy(() -> sql(admin, "DELETE FROM pitcrew.lease"))
                    .hasMessageContaining("append-only");
            assertThat(one(admin, "SELECT count(*) FROM pitcrew.entry")).isEqualTo(3);
        }
    }

    private PostgresStore another() throws SQLException {
        last = server.database();
        return PostgresStore.open(last, "host-a", LENGTH);
    }

    private static String insert(int index) {
        return "INSERT INTO pitcrew.entry VALUES (%d, 'a', 'b', 'c')".formatted(index);
    }

    private static void sql(Connection connection, String sql) throws SQLException {
        PostgresSession.execute(connection, sql);
    }

    @Test
    void of_writers_who_append_beside_the_ledger_each_index_is_had_by_one() throws Exception {
        try (var ledger = Ledger.open(another(), Samples.key())) {
            ledger.append(Samples.entries(0, 1));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int writer = 0; writer < 8; writer++) {
                    var _ =
                            threads.submit(
                                    () -> {
                                        try (var connection = last.connect("beside", LENGTH)) {
                                            for (int i = 1; i < 40; i++) {
                                                int index = i;
                                                var _ =
                                                        catchThrowable(
                                                                () ->
                                                                        sql(
                                                                                connection,
                                                                                insert(index)));
                                            }
                                        }
                                        return true;
                                    });
                }
            }
        }
        try (var admin = server.admin(last.url().database());
                var query = admin.createStatement();
                var found = query.executeQuery("SELECT idx FROM pitcrew.entry ORDER BY idx")) {
            var indexes = new ArrayList<Long>();
            while (found.next()) {
                indexes.add(found.getLong(1));
            }
            assertThat(indexes)
                    .containsExactlyElementsOf(LongStream.range(0, indexes.size()).boxed().toList())
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void after_each_crash_of_the_server_in_mid_append_nothing_is_lost_and_nothing_there_twice()
            throws Exception {
        var key = Samples.key();
        var acknowledged = new ArrayList<Entry>();
        for (int round = 0; round < 3; round++) {
            var store = round == 0 ? another() : PostgresStore.open(last, "host-a", LENGTH);
            try (var ledger = Ledger.open(store, key)) {
                var writer =
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            while (true) {
                                                try {
                                                    int next = acknowledged.size();
                                                    acknowledged.addAll(
                                                            ledger.append(
                                                                    Samples.entries(
                                                                            next, next + 3)));
                                                } catch (OperationFailed _) {
                                                    return;
                                                }
                                            }
                                        });
                int before = acknowledged.size();
                TestingPostgres.await(
                        "some entries",
                        () -> acknowledged.size() > before + 30 || !writer.isAlive());
                server.crashAndRestart();
                writer.join();
                assertThat(ledger.entries(0).limit(acknowledged.size()))
                        .containsExactlyElementsOf(acknowledged);
                assertThat(ledger.entries(acknowledged.size()))
                        .satisfiesAnyOf(
                                all -> assertThat(all).isEmpty(),
                                all -> assertThat(all).hasSize(3));
                acknowledged.addAll(ledger.entries(acknowledged.size()).toList());
            }
        }
        try (var store = PostgresStore.open(last, "host-a", LENGTH);
                var ledger = Ledger.open(store, key)) {
            ledger.checkpoint();
            assertThat(Verification.verify(History.of(store, key.verifier())))
                    .isEqualTo(
                            new Verdict.Whole(
                                    acknowledged.size(), ledger.root(), acknowledged.size()));
        }
    }

    @Test
    void a_writer_whose_connections_are_cut_goes_on() throws SQLException {
        try (var store = another();
                var ledger = Ledger.open(store, Samples.key())) {
            ledger.append(Samples.entries(0, 3));
            try (var admin = server.admin(last.url().database())) {
                assertThat(
                                one(
                                        admin,
                                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                                + " WHERE datname = current_database() AND pid <> pg_backend_pid()"))
                        .isGreaterThan(1);
            }
            assertThatThrownBy(() -> ledger.append(Samples.entries(3, 6)))
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            e -> assertThat(e.code()).isEqualTo(Code.LEDGER_UNAVAILABLE));

            assertThat(ledger.append(Samples.entries(3, 6)).getLast().index()).isEqualTo(5);
            assertThat(ledger.entries(0)).hasSize(6);
        }
    }

    @Test
    void readers_and_the_writer_do_not_wait_for_each_other() throws SQLException {
        try (var ledger = Ledger.open(another(), Samples.key());
                var open = last.connect("somebody who reads for long", LENGTH);
                var reader = PostgresStore.openForReading(last)) {
            ledger.append(Samples.entries(0, 3));
            open.setAutoCommit(false);
            assertThat(one(open, "SELECT count(*) FROM pitcrew.entry")).isEqualTo(3);

            ledger.append(Samples.entries(3, 6));
            ledger.checkpoint();
            assertThat(Ledger.entries(reader, 0)).hasSize(6);
        }
    }

    @Test
    void what_is_erased_is_not_in_the_tables_file_any_more() throws SQLException {
        var opening = new Opening(Bytes.copyOf(new byte[Opening.SALT_SIZE]), "jane@desk.example");
        var entry =
                new NewEntry(
                        Samples.NOON,
                        new EntryType("operator-added", 1),
                        opening.commitment().toString(),
                        "",
                        "{}",
                        List.of(opening));
        try (var ledger = Ledger.open(another(), Samples.key());
                var admin = server.admin(last.url().database())) {
            ledger.append(List.of(entry));
            assertThat(holds(admin)).isEqualTo(1);

            ledger.erase(List.of(opening.commitment()));
            assertThat(holds(admin)).isZero();
        }
    }

    private static long holds(Connection admin) throws SQLException {
        sql(admin, "CHECKPOINT");
        return one(
                admin,
                "SELECT count(*) FROM (SELECT pg_read_binary_file(pg_relation_filepath('pitcrew.opening')) AS file)"
                        + " AS one WHERE position('jane@desk'::bytea IN file) > 0");
    }

    @Test
    void what_can_not_be_reached_or_refuses_us_is_a_clear_error_without_the_password() {
        var nobody = new PostgresAccess(access.url(), Optional.of("no such word"));
        var nowhere =
                new PostgresAccess(
                        DatabaseUrl.parse(access.url() + "x"),
                        Optional.of(TestingPostgres.PASSWORD));

        for (var wrong : List.of(nobody, nowhere)) {
            assertThatThrownBy(() -> PostgresStore.open(wrong, "host-a", LENGTH))
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            e -> assertThat(e.code()).isEqualTo(Code.LEDGER_UNAVAILABLE))
                    .hasMessageStartingWith("the ledger in " + wrong.url())
                    .hasMessageNotContainingAny("no such word", TestingPostgres.PASSWORD);
        }
        assertThat(nobody.toString()).doesNotContain("no such word");
        assertThatThrownBy(() -> PostgresStore.openForReading(database()))
                .hasMessageContaining("there is no ledger in");
    }

    @Test
    void a_server_that_does_not_flush_is_refused() throws Exception {
        var other = database();
        try (var admin = server.admin("postgres")) {
            sql(admin, "ALTER SYSTEM SET full_page_writes = off");
            sql(admin, "SELECT pg_reload_conf()");
            TestingPostgres.await(
                    "the setting",
                    () ->
                            one(admin, "SELECT (current_setting('full_page_writes') = 'off')::int")
                                    == 1);
            try {
                assertThatThrownBy(() -> PostgresStore.open(other, "host-a", LENGTH))
                        .hasMessageContaining("has full_page_writes off");
            } finally {
                sql(admin, "ALTER SYSTEM RESET full_page_writes");
                sql(admin, "SELECT pg_reload_conf()");
                TestingPostgres.await(
                        "the setting back",
                        () ->
                                one(
                                                admin,
                                                "SELECT (current_setting('full_page_writes') = 'on')::int")
                                        == 1);
            }
        }
    }
}
