package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of database migrations, in the order of their codes.
public final class MigrationChecks {
    public static final List<Check> ALL =
            List.of(
                    new IndexLocksOrders(),
                    new TypeRewritesOrders(),
                    new ColumnThatOldRowsLack(),
                    new MoneyInBinary(),
                    new TimeWithoutZone(),
                    new ColumnGoesAtOnce(),
                    new SeveralHeads(),
                    new RevisionOfNobody());

    private MigrationChecks() {}
}
