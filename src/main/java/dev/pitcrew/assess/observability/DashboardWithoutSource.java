package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Provisioned.Asked;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Dashboard;
import dev.pitcrew.model.infra.DashboardFolder;
import dev.pitcrew.model.infra.DataSource;
import dev.pitcrew.model.infra.SourceUse;
import java.util.List;

/// A dashboard that a Grafana loads by itself asks a data source by a name that the one provisioned beside it doesn't have.
final class DashboardWithoutSource implements Check {
    private static final Id ID =
            new Id(
                    "OBS-012",
                    "dashboard-without-source",
                    Severity.LOW,
                    "A dashboard that a Grafana loads by itself asks a data source by a name that the one provisioned beside it doesn't have");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        Provisioned.of(subject)
                .missing(
                        Near.all(subject, Dashboard.class).stream()
                                .filter(one -> isLoaded(subject, one))
                                .toList(),
                        DashboardWithoutSource::uses,
                        DataSource::isCalled)
                .forEach(all -> tell(all, report));
    }

    private static List<SourceUse> uses(Dashboard dashboard) {
        return dashboard.sources().stream().filter(use -> !isVariable(use, dashboard)).toList();
    }

    private static void tell(List<Asked<Dashboard>> all, Report report) {
        var titles = all.stream().map(one -> one.by().title()).distinct().toList();
        String name = all.getFirst().use().name();
        Provisioned.tell(
                all,
                "%s asks the data source %s, which %s: its pictures stay empty"
                        .formatted(
                                Alerts.some(titles),
                                name,
                                name.startsWith("$")
                                        ? "is filled in only when a person imports it"
                                        : "is not provisioned"),
                report);
    }

    /// Whether people choose it on the dashboard, or it is unclear what it stands for.
    private static boolean isVariable(SourceUse use, Dashboard dashboard) {
        if (!use.name().contains("$") && !use.name().contains("{")) {
            return false;
        }
        String variable = use.name().replaceAll("^\\$\\{?|\\}$|:.*", "");
        return dashboard.variables().contains(variable) || !variable.startsWith("DS_");
    }

    /// Whether it lies where one that is provisioned would: below the folder of the provisioning, in one that is called like the folder that is loaded.
    private static boolean isLoaded(Subject subject, Dashboard dashboard) {
        return Near.all(subject, DashboardFolder.class).stream()
                .anyMatch(folder -> isIn(folder, dashboard.place().file()));
    }

    private static boolean isIn(DashboardFolder folder, String file) {
        String root =
                Paths.folder(folder.place().file())
                        .replaceFirst("(^|/)(provisioning/)?dashboards$", "");
        String loaded = "/" + Paths.name(folder.path().replaceFirst("/+$", "")) + "/";
        return !root.isEmpty()
                && file.startsWith(root + "/")
                && file.substring(root.length()).contains(loaded);
    }
}
