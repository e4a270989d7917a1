package dev.pitcrew.assess.cloud;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of what is rented from clouds, in the order of their codes.
public final class CloudChecks {
    public static final List<Check> ALL =
            List.of(
                    new DatabaseOpenToEveryone(),
                    new AdminPortOpenToEveryone(),
                    new KeyGoneWithinDays(),
                    new IdentityMayDoEverything(),
                    new StateInRepository(),
                    new StateWithoutLock());

    private CloudChecks() {}
}
