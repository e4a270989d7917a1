package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.Mount;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Trading;
import java.util.List;

/// A volume, or a database, that a live service and another one write.
public final class LiveAndDemoShareData implements Check {
    private static final Id ID =
            new Id(
                    "TRD-009",
                    "live-and-demo-share-data",
                    Severity.CRITICAL,
                    "Live and another environment keep their data in the same place");

    private static void volumes(Container live, Container other, Report report) {
        for (Mount mine : live.mounts()) {
            for (Mount theirs : other.mounts()) {
                boolean isData =
                        mine.kind() == MountKind.VOLUME
                                || (mine.kind() == MountKind.HOST && mine.source().startsWith("."));
                boolean isShared =
                        isData && mine.source().equals(theirs.source()) && !mine.isReadOnly();
                if (isShared && !theirs.isReadOnly()) {
                    report.finding(
                                    mine.place(),
                                    "%s, which trades live, and %s, which does not, both write %s"
                                            .formatted(live.name(), other.name(), mine.source()))
                            .about(live)
                            .also(theirs.place(), "the other writer");
                }
            }
        }
    }

    private static void databases(Container live, Container other, Report report) {
        List<Address> theirs = Address.of(other);
        for (Address mine : Address.of(live)) {
            boolean isDatabase = mine.scheme().matches("postgresql|mysql|mariadb|mongodb");
            theirs.stream()
                    .filter(_ -> isDatabase && !mine.path().isEmpty())
                    .filter(one -> one.scheme().equals(mine.scheme()))
                    .filter(one -> one.host().equals(mine.host()) && one.path().equals(mine.path()))
                    .findFirst()
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    mine.place(),
                                                    "%s, which trades live, and %s, which does not, use the same database %s"
                                                            .formatted(
                                                                    live.name(),
                                                                    other.name(),
                                                                    mine.path()))
                                            .about(live)
                                            .also(one.place(), "the other user"));
        }
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var writers =
                subject.all(Container.class).stream()
                        .filter(one -> !subject.duty(one).equals(Duty.MONITOR))
                        .toList();
        var others =
                writers.stream()
                        .filter(
                                one ->
                                        subject.trading(one) == Trading.PAPER
                                                || subject.trading(one) == Trading.DEMO)
                        .toList();
        for (Container live : writers) {
            if (subject.trading(live) != Trading.LIVE) {
                continue;
            }
            for (Container other : others) {
                if (Pods.areTogether(live, other)) {
                    volumes(live, other, report);
                    databases(live, other, report);
                }
            }
        }
    }
}
