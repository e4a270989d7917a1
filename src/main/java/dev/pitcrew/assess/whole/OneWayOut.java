package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// Several zones that leave through one of them.
final class OneWayOut implements Check {
    private static final Id ID =
            new Id(
                    "SYS-080",
                    "one-way-out",
                    Severity.MEDIUM,
                    "Several zones reach the venue through a gateway in one of them");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.NETWORK)) {
            var why = Clouds.trades(subject, one);
            one.where("isOneWayOut", "true")
                    .filter(_ -> why.isPresent())
                    .ifPresent(
                            place ->
                                    report.finding(
                                            place,
                                            "all zones of %s reach the outside through one NAT gateway: when its zone fails, the others run and reach no venue (%s)"
                                                    .formatted(
                                                            Clouds.named(one), why.orElseThrow())));
        }
    }
}
