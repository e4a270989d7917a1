package dev.pitcrew.assess;

import dev.pitcrew.assess.cloud.CloudChecks;
import dev.pitcrew.assess.compose.ComposeChecks;
import dev.pitcrew.assess.durability.DurabilityChecks;
import dev.pitcrew.assess.image.ImageChecks;
import dev.pitcrew.assess.kubernetes.KubernetesChecks;
import dev.pitcrew.assess.migration.MigrationChecks;
import dev.pitcrew.assess.observability.ObservabilityChecks;
import dev.pitcrew.assess.pipeline.PipelineChecks;
import dev.pitcrew.assess.proxy.ProxyChecks;
import dev.pitcrew.assess.secret.SecretChecks;
import dev.pitcrew.assess.trading.TradingChecks;
import dev.pitcrew.assess.whole.WholeChecks;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Sketch;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All checks.
public final class Checks {
    /// Family by family, each in the order of its codes.
    public static final List<Check> ALL =
            Stream.of(
                            ImageChecks.ALL,
                            ComposeChecks.ALL,
                            KubernetesChecks.ALL,
                            PipelineChecks.ALL,
                            ProxyChecks.ALL,
                            CloudChecks.ALL,
                            DurabilityChecks.ALL,
                            ObservabilityChecks.ALL,
                            MigrationChecks.ALL,
                            SecretChecks.ALL,
                            TradingChecks.ALL,
                            WholeChecks.ALL)
                    .flatMap(List::stream)
                    .toList();

    private static final Comparator<Finding> WORST_FIRST = Checks::compare;

    private Checks() {}

    /// Those of these codes, names and prefixes of families; all when none is given.
    ///
    /// @param words such as `TRD-001`, `killed-before-drained` or `TRD`, in any case but for names
    /// @return empty when nothing is called so
    public static List<Check> named(List<String> words) {
        return named(words, ALL);
    }

    /// The same of some checks.
    public static List<Check> named(List<String> words, List<Check> all) {
        return words.isEmpty()
                ? all
                : all.stream()
                        .filter(check -> words.stream().anyMatch(word -> check.id().isCalled(word)))
                        .toList();
    }

    /// What one check finds, in its own order.
    ///
    /// @param asked the kinds of facts that it asked for, and [Sketch] if it asked that anything: where those are the same, so is what it finds
    public record Answer(Check check, List<Finding> findings, Set<Class<?>> asked) {
        public Answer {
            findings = List.copyOf(findings);
            asked = Set.copyOf(asked);
        }
    }

    /// What one check finds.
    public static Answer look(Check check, Subject subject) {
        var asked = new HashSet<Class<?>>();
        var heard =
                new Subject(
                        subject.survey().heardBy(asked::add),
                        subject.sketch().heardBy(() -> asked.add(Sketch.class)),
                        subject.isExample());
        var report = new Report(check.id(), heard);
        check.look(heard, report);
        var findings = report.findings(); // weighs them, and may ask for that
        return new Answer(check, findings, asked);
    }

    private static int compare(Finding one, Finding other) {
        int by = one.severity().compareTo(other.severity());
        by = by != 0 ? by : one.confidence().compareTo(other.confidence());
        by = by != 0 ? by : one.check().code().compareTo(other.check().code());
        by = by != 0 ? by : one.place().file().compareTo(other.place().file());
        by = by != 0 ? by : Integer.compare(one.place().line(), other.place().line());
        return by != 0 ? by : Integer.compare(one.place().column(), other.place().column());
    }

    /// The worst first; the same finding at the same place only once, for the environment where it is worst.
    public static List<Finding> inOrder(List<Finding> found) {
        var told = new LinkedHashMap<Cause, Finding>();
        found.stream()
                .sorted(WORST_FIRST)
                .forEach(one -> told.merge(Cause.of(one), one, Checks::together));
        return List.copyOf(told.values());
    }

    /// What one line does to several services or environments has one cure.
    private record Cause(Check.Id check, Place place) {
        static Cause of(Finding one) {
            return new Cause(one.check(), one.place());
        }
    }

    private static Finding together(Finding first, Finding other) {
        var more = new Finding.Related(other.place(), other.what());
        if (first.what().equals(other.what()) || first.related().contains(more)) {
            return first;
        }
        return first.with(more);
    }

    /// The check of a code.
    public static Optional<Check> of(String code) {
        return ALL.stream().filter(check -> check.id().code().equals(code)).findFirst();
    }
}
