package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.Dashboard;
import dev.pitcrew.model.infra.Dashboard.Panel;
import dev.pitcrew.model.infra.ExportedMetric;
import dev.pitcrew.model.infra.Query.Selector;
import java.util.HashSet;

/// A panel about orders, feeds or risk asks for a metric that nothing here exports, where one of nearly this name is.
final class PanelShowsNothing implements Check {
    private static final Id ID =
            new Id(
                    "OBS-015",
                    "panel-shows-nothing",
                    Severity.LOW,
                    "A panel about orders, feeds or risk asks for a metric that nothing here exports, where one of nearly this name is");

    private static final int LETTERS_FOR_ONE_CHANGE = 6;

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Dashboard dashboard : Near.all(subject, Dashboard.class)) {
            var seen = new HashSet<String>();
            for (Panel panel : dashboard.panels()) {
                panel.queries().stream()
                        .flatMap(query -> query.selectors().stream())
                        .filter(one -> !one.metric().isEmpty() && Alerts.isTrading(one.metric()))
                        .filter(one -> !Exporters.isKnown(one.metric()))
                        .filter(one -> !Exporters.isMade(subject, one.metric()))
                        .filter(one -> seen.add(one.metric()))
                        .forEach(one -> look(subject, report, panel, one));
            }
        }
    }

    private static void look(Subject subject, Report report, Panel panel, Selector one) {
        Exporters.nearest(subject, one.metric())
                .filter(nearest -> isMeant(nearest, one))
                .ifPresent(
                        nearest ->
                                report.finding(
                                                one.place(),
                                                "the panel %s asks for %s, which nothing here exports: it stays empty, which reads as good news"
                                                        .formatted(panel.title(), one.metric()))
                                        .also(
                                                nearest.place(),
                                                "the nearest name that is exported is "
                                                        + nearest.name()));
    }

    private static boolean isMeant(ExportedMetric nearest, Selector one) {
        int most = Math.max(2, one.metric().length() / LETTERS_FOR_ONE_CHANGE);
        return Exporters.distance(nearest.name(), one.metric()) <= most;
    }
}
