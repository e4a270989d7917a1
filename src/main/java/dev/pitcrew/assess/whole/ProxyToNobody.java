package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.proxy.Routes;
import dev.pitcrew.model.Located;

/// The proxy passes requests to a name that no container here has.
final class ProxyToNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-052",
                    "proxy-to-nobody",
                    Severity.HIGH,
                    "The proxy passes requests to a name that no container here has");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var nobody = new Nobody(subject, place -> Hosts.mounting(subject, place));
        Routes.targets(subject)
                .forEach((place, target) -> nobody.take(new Located<>(target, place)));
        nobody.tell("this proxy", report);
    }
}
