package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Provisioned.Asked;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.GrafanaAlert;
import dev.pitcrew.model.infra.SourceUse;
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

    @Override
    public void look(Subject subject, Report report) {
        Provisioned.of(subject)
                .missing(
                        Near.all(subject, GrafanaAlert.class),
                        AlertWithoutSource::uses,
                        (one, word) -> one.id().equals(word))
                .forEach(all -> tell(all, report));
    }

    private static List<SourceUse> uses(GrafanaAlert alert) {
        return alert.sources().stream().filter(use -> !use.name().contains("$")).toList();
    }

    private static void tell(List<Asked<GrafanaAlert>> all, Report report) {
        var names = all.stream().map(one -> one.by().rule().name()).distinct().toList();
        Provisioned.tell(
                        all,
                        "the data source %s is asked by %s, and none of this uid is provisioned: the query fails each time"
                                .formatted(all.getFirst().use().name(), Alerts.some(names)),
                        report)
                .about(all.getFirst().by().rule());
    }
}
