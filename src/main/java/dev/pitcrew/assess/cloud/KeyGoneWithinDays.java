package dev.pitcrew.assess.cloud;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;

/// A key that is gone before anybody notices.
final class KeyGoneWithinDays implements Check {
    private static final Id ID =
            new Id(
                    "CLD-003",
                    "key-gone-within-days",
                    Severity.MEDIUM,
                    "A key that encrypts data is gone for good a few days after it was deleted");

    /// Two weeks: somebody is on holiday, and the month's end comes after.
    private static final int DAYS_MIN = 14;

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.KEY)) {
            var wait = one.number("waitDays");
            if (wait.isPresent() && wait.getAsLong() < DAYS_MIN) {
                report.finding(
                        one.setting("waitDays").orElseThrow().place(),
                        wait.getAsLong() == 0
                                ? "a key deleted from %s can be deleted for good the same day, and all that it encrypts with it"
                                        .formatted(one.name())
                                : "%d days after %s was deleted by mistake nothing that it encrypts can be read again, backups as well"
                                        .formatted(wait.getAsLong(), one.name()));
            }
        }
    }
}
