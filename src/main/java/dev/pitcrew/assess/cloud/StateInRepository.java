package dev.pitcrew.assess.cloud;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// What the tool remembers lies among the files.
final class StateInRepository implements Check {
    private static final Id ID =
            new Id(
                    "CLD-005",
                    "state-in-repository",
                    Severity.HIGH,
                    "The state of Terraform, with whatever passwords it was given, lies in the repository");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.STATE)) {
            one.where("isInRepository", "true")
                    .ifPresent(
                            place ->
                                    report.finding(
                                            place,
                                            "%s holds all attributes of all resources in the open, passwords and keys as well, and who applies another copy of it makes things twice"
                                                    .formatted(one.name())));
        }
    }
}
