package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.SchemaChange.Kind;
import dev.pitcrew.model.infra.SchemaState;
import dev.pitcrew.model.infra.SchemaState.Table;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// Which tables hold orders, and which migrations are still to come.
final class Tables {
    /// Older migrations have long been applied.
    private static final int NEWEST = 5;

    private static final Pattern ORDERS =
            Pattern.compile(
                    "(.*_)?(orders?|trades?|fills?|executions?|positions?|ledger|ledger_entries|journal_entries|order_events|audit|audit_logs?|audit_events|audit_trail)");
    private static final Pattern MONEY_TABLE =
            Pattern.compile(
                    "(.*_)?(orders?|trades?|fills?|executions?|positions?|ledger|ledger_entries|journal_entries|accounts?|balances?|wallets?|settlements?|payments?|cash_movements)");
    private static final Pattern RESEARCH =
            Pattern.compile(
                    ".*(backtest|signal|candle|ohlcv|tick|bars?_|kline|stat|metric|simulat|paper|test|demo|sample|cache|staging|temp|feature|forecast|predict|market_).*");

    private Tables() {}

    /// Whether a table is one of those that trading stands still without.
    static boolean holdsOrders(String table) {
        return ORDERS.matcher(table).matches() && !RESEARCH.matcher(table).matches();
    }

    /// Whether it holds money that someone is owed.
    static boolean holdsMoney(String table) {
        return MONEY_TABLE.matcher(table).matches() && !RESEARCH.matcher(table).matches();
    }

    /// The migrations of each series, without those of tests.
    static Map<String, List<Migration>> series(Subject subject) {
        var series = new LinkedHashMap<String, List<Migration>>();
        for (Migration one : subject.all(Migration.class)) {
            if (!Paths.isTest(one.place())) {
                series.computeIfAbsent(one.format() + " " + one.series(), _ -> new ArrayList<>())
                        .add(one);
            }
        }
        return series;
    }

    /// The dialect of a series: as it says itself, else that of the only store here.
    static Dialect dialect(Subject subject, Migration one) {
        if (one.dialect() != Dialect.UNKNOWN) {
            return one.dialect();
        }
        var containers = subject.all(Container.class);
        boolean isPostgres =
                containers.stream()
                        .anyMatch(
                                store ->
                                        StoreSetting.kind(store)
                                                .filter(StoreKind.POSTGRESQL::equals)
                                                .isPresent());
        boolean isOther =
                containers.stream()
                        .flatMap(store -> store.image().stream())
                        .map(Located::value)
                        .anyMatch(image -> image.matches(".*(mysql|mariadb|clickhouse|mssql).*"));
        return isPostgres && !isOther ? Dialect.POSTGRESQL : Dialect.UNKNOWN;
    }

    /// Every change of the newest migrations of PostgreSQL to a table of orders that an earlier one created.
    static void newest(Subject subject, BiConsumer<Migration, Step> step) {
        for (List<Migration> series : series(subject).values()) {
            for (Migration one : series) {
                if (one.newer() >= NEWEST || dialect(subject, one) != Dialect.POSTGRESQL) {
                    continue;
                }
                SchemaState before = SchemaState.before(series, one.order());
                var created = new HashSet<String>(); // nothing is in these yet
                for (SchemaChange change : one.changes()) {
                    if (change.kind() == Kind.CREATE_TABLE) {
                        created.add(change.table());
                    }
                    if (holdsOrders(change.table()) && !created.contains(change.table())) {
                        before.table(change.table())
                                .ifPresent(table -> step.accept(one, new Step(change, table)));
                    }
                }
            }
        }
    }

    /// A change, and the table as it was before the migration.
    record Step(SchemaChange change, Table table) {}

    /// The tables as they are after all migrations, each with a migration of its series; a schema file's own table gives way to that of migrations.
    static Map<Table, Migration> now(Subject subject) {
        var tables = new LinkedHashMap<Table, Migration>();
        var all = series(subject);
        for (List<Migration> series : all.values()) {
            for (Table table : SchemaState.after(series).tables()) {
                boolean isOutdone =
                        all.values().stream()
                                .filter(other -> !other.equals(series))
                                .filter(other -> other.size() >= series.size())
                                .flatMap(List::stream)
                                .flatMap(other -> other.changes().stream())
                                .anyMatch(change -> change.table().equals(table.name()));
                if (!isOutdone) {
                    tables.put(table, series.getFirst());
                }
            }
        }
        return tables;
    }
}
