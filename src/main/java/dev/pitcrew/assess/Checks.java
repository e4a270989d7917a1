package dev.pitcrew.assess;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
                            DurabilityChecks.ALL,
                            ObservabilityChecks.ALL,
                            MigrationChecks.ALL,
                            SecretChecks.ALL,
                            TradingChecks.ALL,
                            WholeChecks.ALL)
                    .flatMap(List::stream)
                    .toList();

    private static final Comparator<Finding> WORST_FIRST =
            Comparator.comparing(Finding::severity)
                    .thenComparing(Finding::confidence)
                    .thenComparing(finding -> finding.check().code())
                    .thenComparing(finding -> finding.place().file())
                    .thenComparingInt(finding -> finding.place().line())
                    .thenComparingInt(finding -> finding.place().column());

    private Checks() {}

    /// What the checks find, the worst first; the same finding at the same place only once.
    public static List<Finding> run(Subject subject, List<Check> checks) {
        var found = new ArrayList<Finding>();
        for (Check check : checks) {
            var report = new Report(check.id(), subject);
            check.look(subject, report);
            found.addAll(report.findings());
        }
        return found.stream().distinct().sorted(WORST_FIRST).toList();
    }

    /// The check of a code.
    public static Optional<Check> of(String code) {
        return ALL.stream().filter(check -> check.id().code().equals(code)).findFirst();
    }
}
