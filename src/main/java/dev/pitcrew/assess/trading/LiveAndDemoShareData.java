package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.Mount;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Trading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A volume, or a database, that a live service and another one write.
public final class LiveAndDemoShareData implements Check {
    private static final Id ID =
            new Id(
                    "TRD-009",
                    "live-and-demo-share-data",
                    Severity.CRITICAL,
                    "Live and another environment keep their data in the same place");

    /// What a program is, or is told: mounted by a set for development, or written once.
    private static final Pattern CODE =
            Pattern.compile("(.*/)?(src|app|scripts?|configs?|conf|certs?)/?");

    /// Something that both write, with its place for each of them.
    private record Shared(Place mine, Place theirs, String what) {}

    private static Stream<Shared> volumes(Container live, Container other) {
        return live.mounts().stream()
                .filter(LiveAndDemoShareData::isData)
                .flatMap(
                        mine ->
                                other.mounts().stream()
                                        .filter(theirs -> mine.source().equals(theirs.source()))
                                        .filter(theirs -> !theirs.isReadOnly())
                                        .map(
                                                theirs ->
                                                        new Shared(
                                                                mine.place(),
                                                                theirs.place(),
                                                                "both write " + mine.source())));
    }

    private static boolean isData(Mount mine) {
        return !mine.isReadOnly()
                && (mine.kind() == MountKind.VOLUME
                        || (mine.kind() == MountKind.HOST && mine.source().startsWith(".")))
                && !CODE.matcher(mine.source()).matches();
    }

    private static Stream<Shared> databases(Container live, Container other) {
        List<Address> theirs = Address.of(other);
        return Address.of(live).stream()
                .filter(mine -> mine.scheme().matches("postgresql|mysql|mariadb|mongodb"))
                .filter(mine -> !mine.path().isEmpty())
                .flatMap(
                        mine ->
                                theirs.stream()
                                        .filter(one -> one.scheme().equals(mine.scheme()))
                                        .filter(one -> one.host().equals(mine.host()))
                                        .filter(one -> one.path().equals(mine.path()))
                                        .limit(1)
                                        .map(
                                                one ->
                                                        new Shared(
                                                                mine.place(),
                                                                one.place(),
                                                                "use the same database "
                                                                        + mine.path())));
    }

    /// Two services that share several places are one finding.
    private static void compare(Container live, Container other, Report report) {
        var shared =
                Stream.concat(volumes(live, other), databases(live, other))
                        .collect(
                                Collectors.toMap(
                                        Shared::what,
                                        one -> one,
                                        (first, _) -> first,
                                        LinkedHashMap::new));
        if (shared.isEmpty()) {
            return;
        }
        var first = shared.firstEntry().getValue();
        var draft =
                report.finding(
                                first.mine(),
                                "%s, which trades live, and %s, which does not, %s"
                                        .formatted(live.name(), other.name(), first.what()))
                        .about(live);
        if (!first.theirs().equals(first.mine())) {
            draft.also(first.theirs(), "the other writer");
        }
        shared.values().stream()
                .skip(1)
                .forEach(one -> draft.also(one.mine(), one.what() + " as well"));
    }

    /// Whether it is said to be live itself. Of the containers of one set, the set and its file say it of all.
    private static boolean isLive(Subject subject, Container one) {
        boolean isStore = subject.duty(one) == Duty.STORE || subject.duty(one) == Duty.QUEUE;
        boolean isOfItsSet =
                one.format().equals("compose")
                        && subject.sketch()
                                .of(one)
                                .filter(part -> part.tradingBecause().matches("(its set|file) .*"))
                                .isPresent();
        return subject.trading(one) == Trading.LIVE && !isStore && !isOfItsSet;
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
            if (!isLive(subject, live)) {
                continue;
            }
            for (Container other : others) {
                if (Pods.areTogether(live, other)) {
                    compare(live, other, report);
                }
            }
        }
    }
}
