package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of what trades, in the order of their codes.
public final class TradingChecks {
    public static final List<Check> ALL =
            List.of(
                    new OrderProcessHearsNoStop(),
                    new UnattendedDeploy(),
                    new DeployByClock(),
                    new TestsThatCannotFail(),
                    new EvidenceThatIsPrinted(),
                    new VenueLibraryNotPinned(),
                    new BackupThatCannotFail(),
                    new OldBackupsGoFirst());

    private TradingChecks() {}
}
