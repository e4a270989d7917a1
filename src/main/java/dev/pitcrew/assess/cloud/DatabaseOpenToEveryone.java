package dev.pitcrew.assess.cloud;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// A database that anybody on the internet can try to log in to.
final class DatabaseOpenToEveryone implements Check {
    private static final Id ID =
            new Id(
                    "CLD-001",
                    "database-open-to-everyone",
                    Severity.HIGH,
                    "A managed database takes connections from the whole internet");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.DATABASE)) {
            one.where("isPublic", "true")
                    .ifPresent(
                            place ->
                                    report.finding(
                                            place,
                                            "%s has an address on the internet: whoever has a password, or finds a fault of the server, has what is in it"
                                                    .formatted(Clouds.named(one))));
        }
    }
}
