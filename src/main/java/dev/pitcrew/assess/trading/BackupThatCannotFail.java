package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.ShellCommand.Link;
import java.util.List;
import java.util.Set;

/// A backup that fails still counts as done, because the shell looks at the last command of the pipe or is told not to look.
public final class BackupThatCannotFail implements Check {
    @Override
    public Id id() {
        return new Id(
                "TRD-056",
                "backup-that-cannot-fail",
                Severity.HIGH,
                "A backup that fails still counts as done, because the shell looks at the last command of the pipe or is told not to look");
    }

    private static final Set<String> DUMPS =
            Set.of(
                    "pg_dump",
                    "pg_dumpall",
                    "pg_basebackup",
                    "mysqldump",
                    "mariadb-dump",
                    "mongodump",
                    "sqlite3");

    @Override
    public void look(Subject subject, Report report) {
        for (Script script : subject.all(Script.class)) {
            if (!Paths.isTest(script.place())) {
                look(script.commands(), script.hasPipefail(), report);
            }
        }
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                for (Step step : job.steps()) {
                    look(
                            step.commands(),
                            Script.hasPipefail(step.commands()) || isGitHubs(step),
                            report);
                }
            }
        }
    }

    /// Whether the pipeline itself runs it: there a file that is too short is found by the step that uploads it, or was never a backup.
    private static boolean isGitHubs(Step step) {
        return step.commands().stream().noneMatch(one -> one.within().contains("remote"));
    }

    private static void look(List<ShellCommand> commands, boolean pipefail, Report report) {
        for (int i = 0; i + 1 < commands.size(); i++) {
            var dump = commands.get(i);
            var next = commands.get(i + 1);
            String tool =
                    dump.words().stream()
                            .map(Located::value)
                            .map(Paths::name)
                            .filter(DUMPS::contains)
                            .findFirst()
                            .orElse("");
            if (tool.isEmpty()
                    || (tool.equals("sqlite3")
                            && !dump.text().matches("(?s).*\\.(backup|dump).*"))) {
                continue;
            }
            if (next.link() == Link.PIPE
                    && !pipefail
                    && !next.runs("psql", "mysql", "head", "grep")) {
                report.finding(
                        dump.place(),
                        "%s is piped into %s without pipefail: when the dump breaks off, the file is short or empty and the script goes on as if it were a backup"
                                .formatted(tool, next.program()));
            } else if (next.link() == Link.OR && next.runs("true", ":")) {
                report.finding(
                        dump.place(),
                        "'|| %s' behind %s hides every failure of the backup"
                                .formatted(next.program(), tool));
            }
        }
    }
}
