package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.ShellCommand.Link;
import java.util.Set;

/// Old backups are deleted even when the new one failed.
public final class OldBackupsGoFirst implements Check {
    @Override
    public Id id() {
        return new Id(
                "TRD-057",
                "old-backups-go-whatever-happens",
                Severity.HIGH,
                "Old backups are deleted even when the new one failed");
    }

    private static final Set<String> DUMPS =
            Set.of(
                    "pg_dump",
                    "pg_dumpall",
                    "pg_basebackup",
                    "mysqldump",
                    "mariadb-dump",
                    "mongodump");

    @Override
    public void look(Subject subject, Report report) {
        for (Script script : subject.all(Script.class)) {
            if (script.stopsAtFailure() || Paths.isTest(script.place())) {
                continue;
            }
            var dump = script.commands().stream().filter(OldBackupsGoFirst::isDump).findFirst();
            var delete = script.commands().stream().filter(OldBackupsGoFirst::deletes).findFirst();
            if (dump.isPresent() && delete.isPresent() && !isGuarded(script, dump.get())) {
                report.finding(
                                delete.get().place(),
                                "old backups are deleted although nothing stops the script when the dump has failed; after enough bad nights none is left")
                        .also(dump.get().place(), "the dump, whose failure nobody looks at");
            }
        }
    }

    private static boolean isDump(ShellCommand one) {
        return one.words().stream().map(Located::value).map(Paths::name).anyMatch(DUMPS::contains);
    }

    private static boolean deletes(ShellCommand one) {
        return (one.runs("find")
                        && one.hasArgument("-mtime", "-mmin")
                        && (one.hasArgument("-delete") || one.hasArgument("rm")))
                || (one.runs("xargs") && one.hasArgument("rm"));
    }

    /// Whether what follows the dump depends on it: `if pg_dump`, `pg_dump || exit`, `pg_dump && …`, `$?`.
    private static boolean isGuarded(Script script, ShellCommand dump) {
        int at = script.commands().indexOf(dump);
        var after = script.commands().subList(at + 1, script.commands().size());
        return dump.within().contains("condition")
                || after.stream()
                        .limit(3)
                        .anyMatch(one -> one.link() == Link.OR || one.link() == Link.AND)
                || after.stream()
                        .anyMatch(
                                one ->
                                        one.text().contains("$?")
                                                || one.text().contains("PIPESTATUS"))
                || after.stream()
                        .anyMatch(
                                one ->
                                        one.within().contains("condition")
                                                && one.runs("[", "[[", "test")
                                                && one.text().contains("-s"));
    }
}
