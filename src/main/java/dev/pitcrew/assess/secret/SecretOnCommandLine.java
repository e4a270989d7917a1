package dev.pitcrew.assess.secret;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Report.Draft;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A secret is passed on a command line, where every process of the host can read it.
public final class SecretOnCommandLine implements Check {
    @Override
    public Id id() {
        return new Id(
                "SEC-005",
                "secret-on-command-line",
                Severity.MEDIUM,
                "A secret is passed on a command line, where every process of the host can read"
                        + " it");
    }

    private static final Pattern OPTION =
            Pattern.compile(
                    "--?(password|passwd|api-?key|api-?secret|secret|secret-?key|private-?key|token|access-?token|mnemonic|requirepass)");
    private static final Pattern VALUE = Pattern.compile("\\$\\{?\\{?\\s*[A-Za-z_][\\w.]*.*");

    @Override
    public void look(Subject subject, Report report) {
        var told = new HashMap<String, Draft>();
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                // nobody else looks at a machine that lives as long as its job
                job.commands().stream()
                        .filter(one -> !isOfTheRunner(one))
                        .filter(one -> !job.isHosted() || one.within().contains("remote"))
                        .forEach(one -> look(one, told, report));
            }
        }
        for (Script script : subject.all(Script.class)) {
            if (!Paths.isTest(script.place())) {
                script.commands().forEach(one -> look(one, told, report));
            }
        }
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            for (Instruction one : build.lineage()) {
                if ((one.is("CMD") || one.is("ENTRYPOINT")) && !Paths.isTest(build.place())) {
                    one.commands().forEach(command -> look(command, told, report));
                }
            }
        }
    }

    /// Values that stand in the workflow itself open what lives as long as the job, such as a database for its tests.
    private static boolean isOfTheRunner(ShellCommand command) {
        return command.text().contains("${{ env.") && !command.text().contains("secrets.");
    }

    private static void look(ShellCommand command, Map<String, Draft> told, Report report) {
        var words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            String option = equals > 0 ? word.substring(0, equals) : word;
            boolean given = VALUE.matcher(equals > 0 ? word.substring(equals + 1) : next).matches();
            boolean shortOne =
                    (command.runs("sshpass") && word.matches("-p\\$.+"))
                            || (command.runs("mysql", "mysqldump", "mariadb")
                                    && word.matches("-p\\$.+"))
                            || (command.runs("docker")
                                    && words.contains("login")
                                    && word.equals("-p")
                                    && given)
                            || (command.runs("sshpass") && word.equals("-p") && given);
            boolean shown = OPTION.matcher(option).matches() && given && !isQuiet(command);
            if (shown || shortOne) {
                var place = command.words().getFirst().place();
                String what =
                        "%s gets a secret with %s, and ps shows it to every user and agent of the host while it runs"
                                .formatted(command.program(), shortOne ? "-p" : option);
                var before = told.get(place.file() + what);
                if (before == null) {
                    told.put(place.file() + what, report.finding(place, what));
                } else {
                    before.also(place, "and here");
                }
                return;
            }
        }
    }

    /// Built-in commands and templates are no processes; `gh`, `helm` and the like take names there.
    private static boolean isQuiet(ShellCommand command) {
        return command.program().isEmpty()
                || command.runs(
                        "echo", "printf", "test", "[", "[[", "export", "local", "gh", "kubectl",
                        "oc", "read", "set");
    }
}
