package dev.pitcrew.assess.cloud;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// Two people may change the same things at once.
final class StateWithoutLock implements Check {
    private static final Id ID =
            new Id(
                    "CLD-006",
                    "state-without-lock",
                    Severity.MEDIUM,
                    "Nothing keeps two people from applying Terraform at the same time");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.STATE)) {
            one.where("isLocked", "false")
                    .ifPresent(
                            place ->
                                    report.finding(
                                            place,
                                            "the state in %s has no lock: when two apply at once the later one writes over what the earlier one did, and what it made runs on unknown"
                                                    .formatted(one.type())));
        }
    }
}
