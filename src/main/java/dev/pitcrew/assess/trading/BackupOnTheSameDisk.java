package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Backups;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The disk that fails takes the database and its backups.
public final class BackupOnTheSameDisk implements Check {
    private static final Id ID =
            new Id(
                    "TRD-098",
                    "backup-on-the-same-disk",
                    Severity.MEDIUM,
                    "The backup of a system that trades stays on the machine that holds the database");
    private static final Pattern AWAY =
            Pattern.compile(
                    "(?s).*(\\b(aws|gsutil|gcloud|az|azcopy|rclone|scp|rsync|sftp|ssh|restic|backrest|autorestic|borg|borgmatic|duplicity|b2|mc|s3cmd|s4cmd|s5cmd|curl|wget|lftp|ftp|swift|kopia|wal-[ge]|pgbackrest|tarsnap|velero|mount|sshfs|nc)\\b|s3://|gs://|/mnt/|/media/|/nfs|/Volumes/).*");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var scripts = Backups.scripts(subject);
        var why = OrderPath.of(subject);
        if (scripts.isEmpty() || why.isEmpty() || isTakenAway(subject, scripts)) {
            return;
        }
        for (Script script : scripts) {
            script.commands().stream()
                    .filter(
                            one ->
                                    Backups.dump(one).isPresent()
                                            && isOfThisHost(one, script.commands()))
                    .findFirst()
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    one.place(),
                                                    "%s writes to this machine, and nothing here takes the file elsewhere: the disk that loses the orders (%s) loses their backups too"
                                                            .formatted(
                                                                    Backups.dump(one).orElseThrow(),
                                                                    why.get()))
                                            .confidence(Confidence.MEDIUM));
        }
    }

    /// By the same scripts, or by anything else here that speaks of backups.
    private static boolean isTakenAway(Subject subject, List<Script> scripts) {
        return Stream.concat(
                        scripts.stream()
                                .flatMap(one -> one.commands().stream())
                                .map(ShellCommand::text),
                        Backups.said(subject)
                                .filter(text -> text.matches("(?is).*(backup|dump).*")))
                .anyMatch(text -> text.length() < 4000 && AWAY.matcher(text).matches());
    }

    /// A dump over the network may well go to another machine.
    private static boolean isOfThisHost(ShellCommand dump, List<ShellCommand> all) {
        var words = dump.arguments();
        boolean isRemote =
                words.stream().anyMatch(word -> word.matches("(?i).*(://|URL|DSN|URI).*"));
        for (int i = 0; i < words.size(); i++) {
            boolean isHost = words.get(i).matches("-h|--host");
            String host =
                    isHost && i + 1 < words.size()
                            ? words.get(i + 1)
                            : words.get(i).matches("--host=.*") ? words.get(i).substring(7) : "";
            isRemote |= !host.isEmpty() && !host.matches(".*(localhost|127\\.0\\.0\\.1|/).*");
        }
        boolean isPassedOn = all.stream().anyMatch(one -> one.text().matches("(?s).*\\bPGHOST=.*"));
        return !isRemote && !isPassedOn;
    }
}
