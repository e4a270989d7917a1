package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.fix.Change.Append;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.Within;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.Revision;
import dev.pitcrew.model.infra.StoreSetting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fixes of what databases, queues and migrations are told.
final class StoreFixes {
    private static final Map<String, String> KEEPS =
            Map.of(
                    "synchronous_commit=off", "synchronous_commit=on",
                    "fsync=off", "fsync=on",
                    "full_page_writes=off", "full_page_writes=on",
                    "--appendfsync no", "--appendfsync everysec",
                    "--appendonly no", "--appendonly yes",
                    "innodb_flush_log_at_trx_commit=0", "innodb_flush_log_at_trx_commit=1",
                    "innodb_flush_log_at_trx_commit=2", "innodb_flush_log_at_trx_commit=1");
    private static final long YEARS_KEPT = 7;

    static final Map<String, Fixer> ALL =
            Map.ofEntries(
                    Map.entry("DUR-001", always(StoreFixes::on)),
                    Map.entry("DUR-002", always(StoreFixes::on)),
                    Map.entry("DUR-003", always(StoreFixes::appended)),
                    Map.entry("DUR-005", when("with (\\S+) drops", StoreFixes::notEvicted)),
                    Map.entry("TRD-014", always(StoreFixes::keeps)),
                    Map.entry(
                            "TRD-017",
                            when("=([0-9]+) of .* there are, ([0-9]+)$", StoreFixes::copies)),
                    Map.entry("TRD-021", always(StoreFixes::keptLonger)),
                    Map.entry("TRD-022", always(StoreFixes::inSync)),
                    Map.entry("TRD-090", when("deleted after ([0-9]+) days", StoreFixes::rowsKept)),
                    Map.entry("MIG-001", always(StoreFixes::concurrently)),
                    Map.entry("MIG-007", always(StoreFixes::merged)));

    private StoreFixes() {}

    private static List<Fix> on(Said said) {
        return said.all(StoreSetting.class).stream()
                .filter(one -> one.place().equals(said.place()))
                .map(
                        one ->
                                Fix.safe(
                                        "From its next start the database waits for the disk with %s; a commit takes as long as the disk does."
                                                .formatted(one.key()),
                                        new Replace(
                                                one.value().place(), one.value().value(), "on")))
                .toList();
    }

    private static List<Fix> appended(Said said) {
        String effect =
                "Redis writes every change to its append-only file, and finds the queue there after a restart.";
        var fixes = new ArrayList<Fix>();
        fixes.add(
                Fix.safe(effect, new Replace(said.place(), "--appendonly no", "--appendonly yes")));
        said.all(StoreSetting.class).stream()
                .filter(one -> one.key().equals("appendonly"))
                .filter(one -> one.place().file().equals(said.place().file()))
                .forEach(
                        one ->
                                fixes.add(
                                        Fix.safe(
                                                effect,
                                                new Replace(one.value().place(), "no", "yes"))));
        said.container()
                .filter(one -> one.format().equals("compose") && one.command().isEmpty())
                .ifPresent(
                        one ->
                                fixes.add(
                                        Fix.safe(
                                                effect,
                                                new SetKey(
                                                        one.place(),
                                                        Within.SERVICE,
                                                        List.of("command"),
                                                        "redis-server --appendonly yes",
                                                        ""))));
        return fixes;
    }

    private static List<Fix> notEvicted(Said said) {
        return List.of(
                Fix.behaviour(
                        "When memory is full, new writes are refused instead of old ones dropped.",
                        new Replace(said.place(), said.word(1), "noeviction")));
    }

    private static List<Fix> keeps(Said said) {
        return KEEPS.entrySet().stream()
                .filter(one -> said.finding().what().contains(one.getKey()))
                .map(
                        one ->
                                Fix.safe(
                                        "From its next start the store acknowledges only what it has written; that takes as long as the disk does.",
                                        new Replace(said.place(), one.getKey(), one.getValue())))
                .toList();
    }

    private static List<Fix> copies(Said said) {
        return List.of(
                Fix.safe(
                        "The broker makes its topics with as many copies as there are brokers, and starts.",
                        new Replace(said.place(), said.word(1), said.word(2))));
    }

    private static List<Fix> keptLonger(Said said) {
        return said.all(Container.class).stream()
                .flatMap(one -> one.environment().stream())
                .filter(
                        one ->
                                one.value()
                                        .map(Located::place)
                                        .filter(said.place()::equals)
                                        .isPresent())
                .map(
                        one ->
                                Fix.behaviour(
                                        "The broker keeps the records of all its topics for %d years, as trade records have to be, and needs the disk for it."
                                                .formatted(YEARS_KEPT),
                                        new Replace(
                                                said.place(),
                                                one.value().orElseThrow().value(),
                                                Long.toString(time(one.name())))))
                .toList();
    }

    private static long time(String variable) {
        long hours = YEARS_KEPT * 8760;
        return variable.endsWith("HOURS")
                ? hours
                : variable.endsWith("MINUTES") ? hours * 60 : hours * 3_600_000;
    }

    private static List<Fix> inSync(Said said) {
        return List.of(
                Fix.behaviour(
                        "When every copy that is in step is gone, the topic waits for one of them instead of going on without the last records.",
                        new Replace(said.place(), "true", "false")));
    }

    private static List<Fix> rowsKept(Said said) {
        String effect =
                "Rows are kept for %d years, as trade records have to be; the table grows. Only where the migration has not run anywhere yet: a changed one is refused."
                        .formatted(YEARS_KEPT);
        return Stream.of("'%s days'", "'%s day'", "%s days")
                .map(
                        form ->
                                Fix.behaviour(
                                        effect,
                                        new Replace(
                                                said.place(),
                                                form.formatted(said.word(1)),
                                                form.startsWith("'")
                                                        ? "'" + YEARS_KEPT + " years'"
                                                        : YEARS_KEPT + " years")))
                .toList();
    }

    private static List<Fix> concurrently(Said said) {
        if (!said.place().file().endsWith(".sql")) {
            return List.of(); // Alembic needs another transaction around it as well
        }
        boolean isAlone =
                said.all(Migration.class).stream()
                        .filter(one -> one.place().file().equals(said.place().file()))
                        .allMatch(one -> one.changes().size() == 1);
        if (!isAlone) {
            return List.of(); // with other statements it would be in their transaction
        }
        String effect =
                "The index is built while orders are written, outside of a transaction, and takes longer. Only where the migration has not run anywhere yet: a changed one is refused.";
        return Stream.of("INDEX", "index")
                .map(
                        word ->
                                Fix.behaviour(
                                        effect,
                                        new Replace(
                                                said.place(),
                                                word,
                                                word.equals("INDEX")
                                                        ? "INDEX CONCURRENTLY"
                                                        : "index concurrently")))
                .toList();
    }

    /// A revision that follows all heads and changes nothing, as `alembic merge` makes one.
    private static List<Fix> merged(Said said) {
        var revisions = said.all(Revision.class);
        var series =
                revisions.stream()
                        .filter(one -> one.place().equals(said.place()))
                        .map(Revision::series)
                        .findFirst();
        if (series.isEmpty()) {
            return List.of();
        }
        var here = revisions.stream().filter(one -> one.series().equals(series.get())).toList();
        var parents =
                here.stream()
                        .flatMap(one -> one.parents().stream())
                        .map(Located::value)
                        .collect(Collectors.toSet());
        var heads =
                here.stream()
                        .map(Revision::id)
                        .filter(id -> !parents.contains(id))
                        .sorted()
                        .toList();
        String id =
                Digest.of(String.join(" ", heads).getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replaceAll(".*:", "")
                        .substring(0, 12);
        String tuple =
                heads.stream().map(head -> "\"" + head + "\"").collect(Collectors.joining(", "));
        return List.of(
                Fix.safe(
                        "The series has one end again, so that `alembic upgrade head` runs; no table changes.",
                        new Append(
                                new Place(series.get() + "/" + id + "_merge.py", 1, 1),
                                List.of(
                                        "\"\"\"Merge %s.\"\"\"".formatted(String.join(", ", heads)),
                                        "",
                                        "from alembic import op",
                                        "",
                                        "revision = \"%s\"".formatted(id),
                                        "down_revision = (%s)".formatted(tuple),
                                        "",
                                        "",
                                        "def upgrade():",
                                        "    pass",
                                        "",
                                        "",
                                        "def downgrade():",
                                        "    pass"))));
    }
}
