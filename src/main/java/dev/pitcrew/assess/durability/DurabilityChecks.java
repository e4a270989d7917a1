package dev.pitcrew.assess.durability;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of the durability of stores and queues, in the order of their codes.
public final class DurabilityChecks {
    public static final List<Check> ALL =
            List.of(
                    new FilesBreakAtCrash(),
                    new CommitNotWaitedFor(),
                    new QueueOnlyInMemory(),
                    new NoWayBack(),
                    new OrdersEvicted());

    private DurabilityChecks() {}
}
