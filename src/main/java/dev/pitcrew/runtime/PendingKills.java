package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.runtime.http.HookAnswer;
import dev.pitcrew.runtime.http.HookCall;
import dev.pitcrew.runtime.http.Hooks;
import dev.pitcrew.runtime.http.Instance;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.runtime.http.Probing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Kills that are in force and that an instance may not know of. Whoever kills writes it into the spool first of all; if then every instance
/// is cut, the latch is not in the service's own store, and the next instance has to set it before anything else.
final class PendingKills {
    private static final Duration LIMIT = Duration.ofSeconds(12);
    private static final Duration PAGE_LIMIT =
            Duration.ofSeconds(4); // a page may wait for two, to be seen
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Spool spool;
    private final Supplier<Desk> desk;
    private final Hooks hooks;
    private final Probing probing;
    private final Duration pageLimit;
    private final Duration limit;

    PendingKills(Spool spool, Supplier<Desk> desk, Hooks hooks, Probing probing) {
        this(spool, desk, hooks, probing, PAGE_LIMIT, LIMIT);
    }

    /// @param pageLimit how long a page is waited for to be taken in
    /// @param limit how long an instance may take until it has latched
    PendingKills(
            Spool spool,
            Supplier<Desk> desk,
            Hooks hooks,
            Probing probing,
            Duration pageLimit,
            Duration limit) {
        this.spool = spool;
        this.desk = desk;
        this.hooks = hooks;
        this.probing = probing;
        this.pageLimit = pageLimit;
        this.limit = limit;
    }

    /// Whether a kill waits that the ledger may know nothing of, although there was time to take it in.
    boolean waits(String service) {
        var until = System.nanoTime() + pageLimit.toNanos();
        while (spool.hasKill(service)) {
            if (System.nanoTime() > until) {
                return true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return false;
    }

    /// Whether the service was killed and not re-armed since.
    boolean isInForce(String service) {
        return desk.get().service(service).isKilled() || spool.hasKill(service);
    }

    /// Has an instance latch that was just started, unless it found the latch in its store. Where a service has no kill hook there is no
    /// latch to set, and the ledger's word alone keeps it from being activated.
    ///
    /// @param isAlive whether its process lives
    /// @return why it did not; empty once it has
    Optional<String> latch(Service service, Instance instance, BooleanSupplier isAlive) {
        var hook = service.hook(HookName.KILL);
        if (hook.isEmpty()) {
            return Optional.empty();
        }
        var call = new HookCall(instance, HookName.KILL, hook.get(), Token.NONE, "kill in force");
        var until = System.nanoTime() + limit.toNanos();
        var hasTaken = false;
        var why = "it does not answer";
        while (System.nanoTime() < until && isAlive.getAsBoolean()) {
            var latch = latch(service, instance);
            if (latch.filter("true"::equals).isPresent()) {
                return Optional.empty();
            }
            // Not before it answers: a signal would end a process that is not ready for it yet.
            if (!hasTaken && (latch.isPresent() || service.probe(ProbeName.KILLED).isEmpty())) {
                var answer = hooks.call(call);
                hasTaken =
                        answer instanceof HookAnswer.Done
                                || answer instanceof HookAnswer.InProgress
                                || answer instanceof HookAnswer.Latched;
                why = hasTaken ? "its latch is not seen" : "its kill hook: " + answer;
            }
            if (hasTaken && service.probe(ProbeName.KILLED).isEmpty()) {
                return Optional.empty();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return Optional.of(isAlive.getAsBoolean() ? why : "it died");
    }

    /// What its probe says; empty when none is declared or it says nothing.
    private Optional<String> latch(Service service, Instance instance) {
        return service.probe(ProbeName.KILLED)
                .map(
                        probe ->
                                probing.read(
                                                instance,
                                                Map.of(ProbeName.KILLED, probe),
                                                service.probes().timeout())
                                        .get(ProbeName.KILLED))
                .flatMap(
                        reading ->
                                reading instanceof ProbeReading.Value(var text, _)
                                        ? Optional.of(text)
                                        : Optional.empty());
    }
}
