package dev.pitcrew.assess.cloud;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// An identity with which everything can be done.
final class IdentityMayDoEverything implements Check {
    private static final Id ID =
            new Id(
                    "CLD-004",
                    "identity-may-do-everything",
                    Severity.HIGH,
                    "An identity of a program or a group may do everything in the account");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.IDENTITY)) {
            one.where("may", "everything")
                    .ifPresent(
                            place ->
                                    report.finding(
                                                    place,
                                                    "%s may do everything: whoever gets hold of it can read all keys, delete all data with its backups, and open what is closed"
                                                            .formatted(one.name()))
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
