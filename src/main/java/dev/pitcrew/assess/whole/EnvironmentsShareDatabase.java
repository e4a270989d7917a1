package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Trading;
import java.util.IdentityHashMap;
import java.util.List;

/// Two overlays, one host, one database name.
public final class EnvironmentsShareDatabase implements Check {
    private static final Id ID =
            new Id(
                    "SYS-010",
                    "environments-share-database",
                    Severity.CRITICAL,
                    "Live and another environment, each with its own files, use one database");

    private static boolean isFixed(Address address) {
        return address.scheme().matches("postgresql|mysql|mariadb|mongodb")
                && address.host().contains(".")
                && !address.isLoopback()
                && !address.path().isEmpty();
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var all = subject.all(Container.class);
        var used = new IdentityHashMap<Container, List<Address>>();
        for (Container live : all) {
            if (subject.trading(live) != Trading.LIVE) {
                continue;
            }
            var mines =
                    Address.of(live).stream().filter(EnvironmentsShareDatabase::isFixed).toList();
            for (Container other : mines.isEmpty() ? List.<Container>of() : all) {
                Trading trading = subject.trading(other);
                boolean isPair =
                        (trading == Trading.PAPER || trading == Trading.DEMO)
                                && !Pods.areTogether(live, other);
                var theirs = isPair ? used.computeIfAbsent(other, Address::of) : List.<Address>of();
                for (Address mine : mines) {
                    theirs.stream()
                            .filter(at -> at.scheme().equals(mine.scheme()))
                            .filter(at -> at.host().equals(mine.host()))
                            .filter(at -> at.path().equals(mine.path()))
                            .findFirst()
                            .ifPresent(
                                    at ->
                                            report.finding(
                                                            mine.place(),
                                                            "%s, which trades live, and %s of another environment use the same database %s on %s"
                                                                    .formatted(
                                                                            live.name(),
                                                                            other.name(),
                                                                            mine.path(),
                                                                            mine.host()))
                                                    .about(live)
                                                    .also(at.place(), "the other user"));
                }
            }
        }
    }
}
