package dev.pitcrew.runtime.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.process.Placement;
import dev.pitcrew.runtime.process.Placement.Wish;
import dev.pitcrew.runtime.process.Placements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where instances are, in the ledger's database beside the ledger: nothing that is proved hangs on it.
public final class PostgresPlacements implements Placements, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(2); // of an answer

    private final @Nullable PostgresLease lease; // none: this one stands by
    private final PostgresSession session;

    private PostgresPlacements(PostgresAccess access, @Nullable PostgresLease lease) {
        this.lease = lease;
        session = new PostgresSession(access, "pitcrew hosts", LIMIT);
    }

    /// For who leads.
    public static PostgresPlacements under(PostgresLease lease) {
        return new PostgresPlacements(lease.access(), lease);
    }

    /// For who stands by: it reads, and says what is dead on its own host.
    public static PostgresPlacements standingBy(PostgresAccess access) {
        return new PostgresPlacements(access, null);
    }

    /// Says that a host works for this desk. One whose data folder is another than before would take what it runs for dead.
    ///
    /// @param host its address
    /// @param desk what its data folder is known by
    /// @return whether the desk had one host only until now, or none
    /// @throws OperationFailed with `LEDGER_IN_USE` when another folder was here before
    public boolean claim(String host, String desk) {
        var before =
                session.again(
                        "can't be claimed",
                        connection -> {
                            try (var query =
                                    connection.prepareStatement("SELECT desk FROM pitcrew.about")) {
                                return Rows.of(query, row -> row.getString(1)).getFirst();
                            }
                        });
        if (!List.of("", desk, PostgresStore.SEVERAL).contains(before)) {
            throw otherFolder(before);
        }
        write(
                "INSERT INTO pitcrew.host SELECT ?, ? WHERE EXISTS (SELECT FROM led) ON CONFLICT DO NOTHING",
                host,
                desk);
        var owner =
                session.again(
                        "can't be claimed",
                        connection -> {
                            try (var query =
                                    connection.prepareStatement(
                                            "SELECT desk FROM pitcrew.host WHERE host = ?")) {
                                query.setString(1, host);
                                return Rows.of(query, row -> row.getString(1)).stream()
                                        .findFirst()
                                        .orElse("");
                            }
                        });
        if (!owner.equals(desk)) {
            throw otherFolder(host);
        }
        // Whoever led before wished for what he knew.
        write(
                "UPDATE pitcrew.process SET wanted = '' WHERE wanted <> '' AND EXISTS (SELECT FROM led)");
        return !before.equals(PostgresStore.SEVERAL);
    }

    /// From now on the desk is on several hosts, since all that runs was placed.
    public void claimed() {
        write(
                "UPDATE pitcrew.about SET desk = '"
                        + PostgresStore.SEVERAL
                        + "' WHERE EXISTS (SELECT FROM led)");
    }

    private OperationFailed otherFolder(String what) {
        return new OperationFailed(
                Code.LEDGER_IN_USE,
                "the ledger in %s knows %s with another data folder, which lists what runs there; work with that folder, or once all of it is dead say `DELETE FROM pitcrew.host WHERE host = …` (of one host: `UPDATE pitcrew.about SET desk = ''`)"
                        .formatted(session.access(), what),
                null);
    }

    @Override
    public List<Placement> all() {
        return session.again("can't say who runs where", PostgresPlacements::all);
    }

    private static List<Placement> all(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT instance, host, service, version, ports, has_ended, wanted FROM pitcrew.process ORDER BY instance")) {
            return Rows.of(
                    query,
                    row ->
                            new Placement(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    ports(row.getString(5)),
                                    row.getBoolean(6),
                                    wish(row.getString(7))));
        }
    }

    private static Optional<Wish> wish(String word) {
        return Arrays.stream(Wish.values()).filter(one -> Words.of(one).equals(word)).findFirst();
    }

    /// `http=4711,fix=4712`
    private static String text(Map<String, Integer> ports) {
        return new TreeMap<>(ports)
                .entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(","));
    }

    private static Map<String, Integer> ports(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(one -> !one.isEmpty())
                .map(one -> one.split("=", -1))
                .collect(Collectors.toMap(one -> one[0], one -> Integer.valueOf(one[1])));
    }

    @Override
    public void put(Placement placement) {
        int count =
                write(
                        """
                        INSERT INTO pitcrew.process (instance, host, service, version, ports)
                        SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT FROM led)
                        ON CONFLICT (instance) DO UPDATE
                        SET version = excluded.version, ports = excluded.ports, has_ended = false, wanted = ''
                        WHERE process.host = excluded.host""",
                        placement.instance(),
                        placement.host(),
                        placement.service(),
                        placement.version(),
                        text(placement.ports()));
        if (count != 1) {
            throw new OperationFailed(
                    Code.IN_USE,
                    placement.instance()
                            + " is placed on another host, or this controller doesn't lead",
                    null);
        }
    }

    @Override
    public void ask(String instance, Optional<Wish> wish) {
        write(
                "UPDATE pitcrew.process SET wanted = ? WHERE instance = ? AND EXISTS (SELECT FROM led)",
                wish.map(Words::of).orElse(""),
                instance);
    }

    @Override
    public void forget(String instance) {
        write(
                "DELETE FROM pitcrew.process WHERE instance = ? AND has_ended AND EXISTS (SELECT FROM led)",
                instance);
    }

    /// Anybody may say that of his own host.
    @Override
    public void ended(String instance, String host) {
        session.again(
                "can't be told of a death",
                connection -> {
                    try (var update =
                            connection.prepareStatement(
                                    "UPDATE pitcrew.process SET has_ended = true, wanted = '' WHERE instance = ? AND host = ?")) {
                        return executed(update, 1, instance, host);
                    }
                });
    }

    /// Only while it leads: whoever was away and wakes changes nothing.
    private int write(String sql, String... values) {
        if (lease == null) {
            throw new OperationFailed(Code.LEDGER_LEASE_LOST, "this controller doesn't lead", null);
        }
        var epoch = lease.epoch();
        return session.again(
                "can't be told who runs where",
                connection -> {
                    try (var update = connection.prepareStatement(PostgresStore.IF_LED + sql)) {
                        update.setLong(1, epoch);
                        return executed(update, 2, values);
                    }
                });
    }

    private static int executed(PreparedStatement statement, int first, String... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setString(first + i, values[i]);
        }
        return statement.executeUpdate();
    }

    @Override
    public void close() {
        session.close();
    }
}
