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
import java.util.regex.Pattern;

/// A receiver's address is a placeholder, or a variable that nothing fills in.
final class AddressNeverFilledIn implements Check {
    private static final Id ID =
            new Id(
                    "OBS-007",
                    "address-never-filled-in",
                    Severity.HIGH,
                    "A receiver's address is a placeholder, or a variable that nothing fills in");

    @Override
    public Id id() {
        return ID;
    }

    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    "(?i).*(your[-_ ]|changeme|change[-_]me|replace[-_]?(me|with)|placeholder|<[a-z _-]+>|x{4,}|example\\.(com|org)|example@|/services/T0+/|dummy|todo|\\.\\.\\.).*");
    private static final Pattern VARIABLE =
            Pattern.compile(".*\\$(\\{[A-Za-z_]\\w*[^}]*\\}|[A-Z_]{3,}).*");

    @Override
    public void look(Subject subject, Report report) {
        for (AlertRouting routing : Near.all(subject, AlertRouting.class)) {
            for (Receiver receiver : routing.receivers()) {
                for (Destination one : receiver.addresses()) {
                    if (one.text().contains("{{")) {
                        continue;
                    }
                    if (VARIABLE.matcher(one.text()).matches() && !one.isRendered()) {
                        report.finding(
                                        one.place(),
                                        "the %s address of receiver %s is a variable, and Alertmanager fills none in: it is taken as it is written"
                                                .formatted(one.kind(), receiver.name()))
                                .confidence(Confidence.MEDIUM)
                                .about(routing);
                    } else if (PLACEHOLDER.matcher(one.text()).matches()) {
                        report.finding(
                                        one.place(),
                                        "the %s address of receiver %s is a placeholder, so nobody is told"
                                                .formatted(one.kind(), receiver.name()))
                                .about(routing);
                    }
                }
            }
        }
    }
}
