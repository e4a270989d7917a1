package dev.pitcrew.assess.outlook;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.FailoverTiming;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How long a store is gone at least, at worst, until another has taken over, by what its tool is told.
///
/// What no file tells comes on top: promotion, replay, and pools that connect anew.
///
/// @param store the tool, and the name of the cluster if it has one
/// @param fault what happened
/// @param least of the worst case
/// @param sum how that comes about
public record Failover(String store, Place place, String fault, Duration least, String sum) {
    /// A proxy that sees the new one after two checks of 3 s.
    private static final long PROXY = 6;

    /// Those of a system, in the order of their files.
    static Stream<Failover> of(Subject subject) {
        return subject.all(FailoverTiming.class).stream()
                .flatMap(
                        one ->
                                switch (one.tool()) {
                                    case PATRONI -> patroni(one).stream();
                                    case SENTINEL -> sentinel(subject, one).stream();
                                    case REPMGR -> Stream.of(repmgr(one));
                                });
    }

    private static List<Failover> patroni(FailoverTiming one) {
        long ttl = one.number("ttl", 30);
        long loop = one.number("loop_wait", 10);
        long retry = one.number("retry_timeout", 10);
        long start = one.number("primary_start_timeout", 300);
        var found = new ArrayList<Failover>();
        found.add(
                of(
                        one,
                        "the leader's host is lost",
                        ttl + loop + PROXY,
                        "ttl %d s + loop_wait %d s + %d s until a proxy sees it"
                                .formatted(ttl, loop, PROXY)));
        found.add(
                of(
                        one,
                        "PostgreSQL crashes and won't start",
                        start == 0 ? loop : 2 * loop + start,
                        start == 0
                                ? "loop_wait %d s, since primary_start_timeout is 0".formatted(loop)
                                : "2 × loop_wait %d s + primary_start_timeout %d s"
                                        .formatted(loop, start)));
        if (loop + 2 * retry > ttl) {
            found.add(
                    of(
                            one,
                            "the configuration store doesn't answer for a moment",
                            ttl + loop + PROXY,
                            "loop_wait %d s + 2 × retry_timeout %d s is more than ttl %d s, so a leader that is well loses its lock before it may ask again"
                                    .formatted(loop, retry, ttl)));
        }
        return found;
    }

    private static List<Failover> sentinel(Subject subject, FailoverTiming one) {
        long down = one.number("down-after-milliseconds", 30_000);
        long timeout = one.number("failover-timeout", 180_000);
        boolean isBounded =
                subject.all(StoreSetting.class).stream()
                        .filter(setting -> setting.kind() == StoreKind.REDIS)
                        .anyMatch(
                                setting ->
                                        setting.key().matches("min-(replicas|slaves)-to-write")
                                                && setting.value().value().matches("[1-9][0-9]*"));
        String loss =
                isBounded
                        ? ""
                        : "; no min-replicas-to-write is set, so nothing bounds the acknowledged writes that are lost";
        return List.of(
                millis(one, "the master is lost", down, "down-after-milliseconds " + down + loss),
                millis(
                        one,
                        "the master is lost, and the first attempt fails",
                        down + 2 * timeout,
                        "down-after-milliseconds %d + 2 × failover-timeout %d"
                                .formatted(down, timeout)));
    }

    private static Failover repmgr(FailoverTiming one) {
        long attempts = one.number("reconnect_attempts", 6);
        long interval = one.number("reconnect_interval", 10);
        return of(
                one,
                "the primary is lost",
                attempts * interval,
                "reconnect_attempts %d × reconnect_interval %d s".formatted(attempts, interval));
    }

    private static Failover of(FailoverTiming one, String fault, long seconds, String sum) {
        return millis(one, fault, seconds * 1000, sum);
    }

    private static Failover millis(FailoverTiming one, String fault, long millis, String sum) {
        String name = one.name().isEmpty() ? "" : " " + one.name();
        return new Failover(
                one.tool().text() + name, one.place(), fault, Duration.ofMillis(millis), sum);
    }

    /// Whether it takes more than a month of sessions at 99.99 % allows.
    public boolean isOverBudget() {
        return least.toMillis() > Availability.BUDGET_SECONDS * 1000;
    }
}
