package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.DataSource;
import dev.pitcrew.model.infra.GrafanaAlert;
import dev.pitcrew.model.infra.SourceUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// An alert of a Grafana asks a data source by a uid that the one provisioned beside it doesn't have.
final class AlertWithoutSource implements Check {
    private static final Id ID =
            new Id(
                    "OBS-011",
                    "alert-without-source",
                    Severity.HIGH,
                    "An alert of a Grafana asks a data source by a uid that the one provisioned beside it doesn't have");

    @Override
    public Id id() {
        return ID;
    }

    private record Asked(SourceUse use, DataSource meant, AlertRule rule) {}

    @Override
    public void look(Subject subject, Report report) {
        var provisioned = Provisioned.of(subject);
        var missing = new LinkedHashMap<String, List<Asked>>();
        for (GrafanaAlert alert : Near.all(subject, GrafanaAlert.class)) {
            for (SourceUse use : alert.sources()) {
                if (!use.name().contains("$")) {
                    provisioned
                            .meant(use, (one, word) -> one.id().equals(word))
                            .ifPresent(
                                    one ->
                                            missing.computeIfAbsent(
                                                            use.name(), _ -> new ArrayList<>())
                                                    .add(new Asked(use, one, alert.rule())));
                }
            }
        }
        missing.values().forEach(all -> tell(all, report));
    }

    private static void tell(List<Asked> all, Report report) {
        var first = all.getFirst();
        var names = all.stream().map(one -> one.rule().name()).distinct().toList();
        var finding =
                report.finding(
                                first.use().place(),
                                "the data source %s is asked by %s, and none of this uid is provisioned: the query fails each time"
                                        .formatted(first.use().name(), Alerts.some(names)))
                        .also(first.meant().place(), said(first.meant()))
                        .about(first.rule());
        all.stream().skip(1).limit(3).forEach(one -> finding.also(one.use().place(), "and here"));
    }

    static String said(DataSource one) {
        return "the data source %s has the uid %s".formatted(one.name(), one.id());
    }
}
