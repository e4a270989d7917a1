package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Destination;
import dev.pitcrew.model.infra.AlertRouting.Receiver;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.ContactPoint;
import dev.pitcrew.model.infra.GrafanaAlert;
import java.util.List;

/// The alerts of a Grafana go to the contact point that it brings, which is nobody's, or by mail that it doesn't send.
final class AlertReachesNobody implements Check {
    private static final Id ID =
            new Id(
                    "OBS-013",
                    "alert-reaches-nobody",
                    Severity.HIGH,
                    "The alerts of a Grafana go to the contact point that it brings, which is nobody's, or by mail that it doesn't send");

    private static final String BROUGHT = "grafana-default-email";

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var alerts =
                Near.all(subject, GrafanaAlert.class).stream()
                        .filter(alert -> !alert.isPaused() && alert.receiver().isEmpty())
                        .map(GrafanaAlert::rule)
                        .toList();
        if (alerts.isEmpty()) {
            return;
        }
        var routings =
                Near.all(subject, AlertRouting.class).stream()
                        .filter(AlertRouting::isOfGrafana)
                        .toList();
        var points = Near.all(subject, ContactPoint.class);
        if (routings.isEmpty()) {
            unrouted(alerts, points, report);
        }
        for (AlertRouting routing : routings) {
            var to = routing.root().receiver();
            if (to.value().equals(BROUGHT) && routing.receiver(BROUGHT).isEmpty()) {
                report.finding(
                                to.place(),
                                "what no other policy takes goes to %s, whose address is <example@email.com>: alerts %s"
                                        .formatted(BROUGHT, names(alerts)))
                        .about(alerts.getFirst());
            }
            mailed(subject, routing, report);
        }
    }

    private static void unrouted(List<AlertRule> alerts, List<ContactPoint> points, Report report) {
        if (points.stream().anyMatch(one -> one.receiver().name().equals(BROUGHT))) {
            return;
        }
        var first = alerts.getFirst();
        if (points.isEmpty()) {
            report.finding(
                            first.place(),
                            "the alerts (%d) are provisioned, and no file says who is told: until somebody sets it by hand, they go to %s, whose address is <example@email.com>"
                                    .formatted(alerts.size(), BROUGHT))
                    .severity(Severity.MEDIUM)
                    .confidence(Confidence.MEDIUM)
                    .about(first);
        } else {
            var point = points.getFirst();
            report.finding(
                            point.place(),
                            "no notification policy sends anything to %s: the alerts (%d) go to %s, whose address is <example@email.com>"
                                    .formatted(
                                            Alerts.some(
                                                    points.stream()
                                                            .map(one -> one.receiver().name())
                                                            .toList()),
                                            alerts.size(),
                                            BROUGHT))
                    .also(first.place(), "the first of the alerts")
                    .confidence(Confidence.MEDIUM)
                    .about(first);
        }
    }

    /// Where a contact point only knows mail, and the one Grafana of these files is told of no server for it.
    private static void mailed(Subject subject, AlertRouting routing, Report report) {
        var consoles = Consoles.all(subject);
        boolean isSilent =
                !consoles.isEmpty()
                        && consoles.stream()
                                .allMatch(
                                        one ->
                                                Consoles.isNamed(one, "GF_")
                                                        && !Consoles.isNamed(one, "GF_SMTP_")
                                                        && Consoles.setting(
                                                                        subject, one, "smtp",
                                                                        "enabled")
                                                                .isEmpty());
        routing.receiver(routing.root().receiver().value())
                .filter(one -> isSilent && isMailAlone(one))
                .ifPresent(
                        one ->
                                report.finding(
                                                one.place(),
                                                "%s is told by mail alone, and the Grafana here has no mail server: GF_SMTP_ENABLED is not set, so it sends none"
                                                        .formatted(one.name()))
                                        .also(consoles.getFirst().place(), "the Grafana")
                                        .confidence(Confidence.MEDIUM)
                                        .about(routing));
    }

    private static boolean isMailAlone(Receiver receiver) {
        return !receiver.addresses().isEmpty()
                && receiver.addresses().stream()
                        .map(Destination::kind)
                        .allMatch(kind -> kind.equals("email"));
    }

    private static String names(List<AlertRule> alerts) {
        return Alerts.some(alerts.stream().map(AlertRule::name).toList());
    }
}
