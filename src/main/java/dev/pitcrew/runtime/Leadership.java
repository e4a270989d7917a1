package dev.pitcrew.runtime;

import dev.pitcrew.runtime.ledger.PostgresLease;
import java.time.temporal.ChronoUnit;

/// Whether a controller is the one that may act.
interface Leadership {
    /// By this host's own clocks, with a margin.
    boolean holds();

    /// As well by the word of the ledger's database, which is asked.
    boolean isConfirmed();

    /// Whether another one has led since, so that this one has to begin anew.
    boolean isOver();

    /// For people: who leads, under which epoch and since when, and who stands by; empty where there is only one controller.
    String told();

    /// Whether there is no other one, so that nobody has to be asked.
    default boolean isAlone() {
        return false;
    }

    /// Of the only controller, which its lock on the data folder keeps alone.
    Leadership ALONE =
            new Leadership() {
                @Override
                public boolean isAlone() {
                    return true;
                }

                @Override
                public boolean holds() {
                    return true;
                }

                @Override
                public boolean isConfirmed() {
                    return true;
                }

                @Override
                public boolean isOver() {
                    return false;
                }

                @Override
                public String told() {
                    return "";
                }
            };

    /// Of one among several, while it has the lease.
    static Leadership under(PostgresLease lease) {
        return new Leadership() {
            @Override
            public boolean holds() {
                return lease.isHeld();
            }

            @Override
            public boolean isConfirmed() {
                return lease.isConfirmed();
            }

            @Override
            public boolean isOver() {
                return lease.isLost();
            }

            @Override
            public String told() {
                var others = lease.standingBy();
                return "%s leads under epoch %d since %s; %s"
                        .formatted(
                                lease.holder(),
                                lease.epoch(),
                                lease.since().truncatedTo(ChronoUnit.SECONDS),
                                others.isEmpty()
                                        ? "nobody stands by"
                                        : String.join(", ", others)
                                                + (others.size() == 1
                                                        ? " stands by"
                                                        : " stand by"));
            }
        };
    }
}
