package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Backups;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.model.infra.Script;
import java.util.List;
import java.util.regex.Pattern;

/// A backup is as good as its last restore.
public final class BackupNeverRestored implements Check {
    private static final Id ID =
            new Id(
                    "TRD-099",
                    "backup-never-restored",
                    Severity.MEDIUM,
                    "Backups of a system that trades are made, and nothing ever restores one");
    private static final Pattern RESTORE =
            Pattern.compile(
                    "(?is).*(pg_restore|mongorestore|restor|wal-fetch|backup-fetch|recover|drill).*");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var scripts = Backups.scripts(subject);
        if (scripts.isEmpty()
                || OrderPath.of(subject).isEmpty()
                || Backups.said(subject).anyMatch(text -> RESTORE.matcher(text).matches())
                || isLoaded(scripts)) {
            return;
        }
        scripts.getFirst().commands().stream()
                .filter(one -> Backups.dump(one).isPresent())
                .findFirst()
                .ifPresent(
                        one ->
                                report.finding(
                                                one.place(),
                                                "%s makes a backup that no script, pipeline or unit here restores; whether it can be is found out on the day that it must"
                                                        .formatted(Backups.dump(one).orElseThrow()))
                                        .confidence(Confidence.LOW));
    }

    /// `psql … < dump` in the same scripts.
    private static boolean isLoaded(List<Script> scripts) {
        return scripts.stream()
                .flatMap(one -> one.commands().stream())
                .anyMatch(
                        one ->
                                one.runs("psql", "mysql", "mariadb")
                                        && one.redirects().stream()
                                                .anyMatch(each -> each.operator().equals("<")));
    }
}
