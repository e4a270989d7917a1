package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.DeskEvent.KillTested;
import dev.pitcrew.deploy.DeskEvent.Killed;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.Spool.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Takes the spool into the ledger: each page once even if we die in between, with what of it the controller sees for itself.
final class SpoolTaking {
    private static final Duration SIGHT_LIMIT =
            Duration.ofSeconds(2); // so long a kill that the ledger has already may wait to be seen

    private final TradingSystem system;
    private final Spool spool;
    private final Loop loop;
    private final Memory memory;
    private final Supplier<Facts> facts;
    private final Set<Path> underway =
            new HashSet<>(); // touched by the timer's thread, and by completions of it

    SpoolTaking(
            TradingSystem system, Spool spool, Loop loop, Memory memory, Supplier<Facts> facts) {
        this.system = system;
        this.spool = spool;
        this.loop = loop;
        this.memory = memory;
        this.facts = facts;
    }

    /// Hands all that waits to the loop.
    void run() {
        for (var page : spool.waiting()) {
            var service = service(page.report());
            var objection =
                    service.map(one -> KillCheck.objection(one, claim(page.report())))
                            .orElse(Optional.of("there is no such service"));
            if (objection.isPresent()) {
                spool.refuse(page.file(), objection.get());
            } else if (!mayYetBeSeen(page, service.orElseThrow()) && begin(page.file())) {
                take(page, service.orElseThrow());
            }
        }
    }

    private Optional<Service> service(DeskEvent report) {
        return system.services().stream()
                .filter(one -> one.name().equals(report.service()))
                .findFirst();
    }

    private static String claim(DeskEvent report) {
        return switch (report) {
            case Killed one -> one.result();
            case KillTested one -> one.result();
            default -> "";
        };
    }

    /// A kill of which the ledger knows nothing is taken in at once, seen or not: the keeper must not mend it away.
    private boolean mayYetBeSeen(Page page, Service service) {
        var now = facts.get();
        return page.report() instanceof Killed one
                && !one.result().equals(Spool.BEGUN)
                && service.probe(ProbeName.KILLED).isPresent()
                && loop.desk().service(service.name()).isKilled()
                && page.written().plus(SIGHT_LIMIT).isAfter(now.at())
                && !check(service, loop.desk(), now).isSeenKilled();
    }

    private static KillCheck check(Service service, Desk desk, Facts facts) {
        return new KillCheck(service, desk.service(service.name()).roster(), facts);
    }

    private boolean begin(Path file) {
        synchronized (underway) {
            return underway.add(file);
        }
    }

    private void take(Page page, Service service) {
        var _ =
                loop.ask(
                                (desk, at) ->
                                        events(
                                                page.report(),
                                                check(service, desk, facts.get()),
                                                desk.service(service.name()),
                                                at))
                        .whenComplete(
                                (_, failure) -> {
                                    if (failure == null) {
                                        spool.done(page);
                                    }
                                    synchronized (underway) {
                                        underway.remove(page.file());
                                    }
                                });
    }

    private List<Event> events(DeskEvent report, KillCheck check, ServiceState state, Instant now) {
        if (memory.has(report)) {
            return List.of();
        }
        return switch (report) {
            case Killed one when one.result().equals(Spool.BEGUN) && isTold(one, state) ->
                    List.of(); // by the controller's door as well
            case Killed one ->
                    List.of(
                            new Killed(
                                    one.at(),
                                    one.service(),
                                    one.by(),
                                    one.reason(),
                                    true,
                                    check.killed(one.result()),
                                    one.kill()));
            case KillTested one ->
                    List.of(
                            new KillTested(
                                    // Nothing was done in the future.
                                    one.at().isAfter(now) ? now : one.at(),
                                    one.service(),
                                    one.by(),
                                    "taken in later, claimed by the CLI: " + one.result()));
            default -> List.of();
        };
    }

    private static boolean isTold(Killed kill, ServiceState state) {
        return kill.hasName() ? state.knows(kill) : state.isKilled();
    }
}
