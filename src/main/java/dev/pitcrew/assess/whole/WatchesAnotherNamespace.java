package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pipeline asks for a workload in a namespace where it is not.
public final class WatchesAnotherNamespace implements Check {
    @Override
    public Id id() {
        return new Id(
                "SYS-035",
                "watches-another-namespace",
                Severity.HIGH,
                "The pipeline asks for a workload in a namespace where it is not");
    }

    private static final Set<String> KINDS =
            Set.of("deployment", "statefulset", "daemonset", "deploy", "sts", "ds");

    @Override
    public void look(Subject subject, Report report) {
        var workloads = subject.all(Workload.class);
        for (Pipeline pipeline : subject.all(Pipeline.class)) {
            for (Job job : pipeline.jobs()) {
                look(workloads, job.commands(), report);
            }
        }
        for (Script script : subject.all(Script.class)) {
            if (!Paths.isTest(script.place())) {
                look(workloads, script.commands(), report);
            }
        }
    }

    /// One namespace that doesn't fit is one cause, for all workloads that are asked for in it.
    private static void look(List<Workload> workloads, List<ShellCommand> commands, Report report) {
        var said = new HashMap<List<String>, Report.Draft>();
        commands.forEach(one -> look(workloads, one, report, said));
    }

    private static void look(
            List<Workload> workloads,
            ShellCommand command,
            Report report,
            Map<List<String>, Report.Draft> said) {
        var namespace = namespace(command);
        var name =
                command.runs("kubectl", "oc")
                        ? target(command.arguments())
                        : Optional.<String>empty();
        if (namespace.isEmpty() || name.isEmpty()) {
            return;
        }
        var same = workloads.stream().filter(one -> one.name().equals(name.get())).toList();
        boolean known =
                !same.isEmpty()
                        && same.stream()
                                .noneMatch(
                                        one ->
                                                one.namespace().isEmpty()
                                                        || one.namespace().equals(namespace.get()));
        if (!known) {
            return;
        }
        String described = same.getFirst().namespace();
        var before = said.get(List.of(namespace.get(), described));
        if (before != null) {
            before.also(command.place(), name.get() + " is asked for there as well");
            return;
        }
        said.put(
                List.of(namespace.get(), described),
                report.finding(
                                command.place(),
                                "%s is asked for in namespace %s, and its manifest puts it into %s"
                                        .formatted(name.get(), namespace.get(), described))
                        .also(same.getFirst().place(), "it is described here"));
    }

    private static Optional<String> namespace(ShellCommand command) {
        var words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean alone = word.equals("-n") || word.equals("--namespace");
            String value =
                    alone && i + 1 < words.size()
                            ? words.get(i + 1)
                            : word.startsWith("--namespace=") ? word.substring(12) : "";
            if (value.matches("[a-z0-9-]+")) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /// The workload that a command names: `deployment/NAME`, or `deployment NAME`.
    private static Optional<String> target(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int slash = word.indexOf('/');
            String kind = slash < 0 ? word : word.substring(0, slash);
            String name =
                    slash >= 0
                            ? word.substring(slash + 1)
                            : i + 1 < words.size() ? words.get(i + 1) : "";
            if (KINDS.contains(kind) && name.matches("[a-z0-9.-]+") && !name.startsWith("-")) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
