package dev.pitcrew.assess.compose;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of Compose files, in the order of their codes.
public final class ComposeChecks {
    public static final List<Check> ALL =
            List.of(
                    new StaysDown(),
                    new PortTakenTwice(),
                    new WaitForEachOther(),
                    new StoreOpenToAll(),
                    new HostBehindThePage(),
                    new ResearchTakesTheMemory());

    private ComposeChecks() {}
}
