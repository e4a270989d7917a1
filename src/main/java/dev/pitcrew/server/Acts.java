package dev.pitcrew.server;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.Plan;
import dev.pitcrew.deploy.Planner;
import dev.pitcrew.deploy.RolloutEvent.Planned;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.KillCheck;
import dev.pitcrew.runtime.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/// What operators may ask for: each request becomes an intent, and the loop's thread decides on it. Nothing is decided here.
final class Acts {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Room room;
    private final Function<Instant, List<Event>> unseenOperators;

    /// @param unseenOperators what the ledger has yet to learn of who may ask; called on the loop's thread
    Acts(Room room, Function<Instant, List<Event>> unseenOperators) {
        this.room = room;
        this.unseenOperators = unseenOperators;
    }

    /// @param by the operator
    /// @return the events that were appended, or the plan when only that was asked for
    /// @throws Refusal when there is no such act, or what it names is not there
    /// @throws IllegalArgumentException when the intent is refused
    Object perform(String act, Asked asked, String by) {
        return switch (act) {
            case "deploy" -> asked.plan() ? plan(asked, by) : deploy(asked, by);
            case "rollback" -> {
                var service = service(asked);
                yield ask(
                        asked,
                        by,
                        intents -> intents.rollback(planner(), service, asked.overridden()));
            }
            case "approve" -> {
                var name = service(asked).name();
                var hash = Asked.needed("hash", asked.hash());
                yield ask(asked, by, intents -> intents.approve(name, hash, asked.emergency()));
            }
            case "reassess" -> {
                var name = service(asked).name();
                var rollout = Asked.needed("rollout", asked.rollout());
                yield ask(asked, by, intents -> intents.reassess(name, rollout));
            }
            case "abort" -> {
                var name = service(asked).name();
                yield ask(asked, by, intents -> intents.abort(name));
            }
            case "freeze" -> ask(asked, by, Intents::freeze);
            case "thaw" -> ask(asked, by, Intents::thaw);
            case "rearm" -> {
                var service = service(asked);
                yield ask(asked, by, intents -> intents.rearm(planner(), service));
            }
            case "operators" -> ask(asked, by, _ -> List.of()); // they are written down on the way
            case "killed" -> killed(asked, by);
            case "kill-tested" -> killTested(asked, by);
            default -> throw new Refusal(404, "no-such-act", "there is no act " + act, "");
        };
    }

    /// The CLI kills by itself and says so here; what of it is seen from here is written beside its words.
    private List<Event> killed(Asked asked, String by) {
        var service = service(asked);
        var claim = claim(asked, service);
        return ask(
                asked,
                by,
                intents ->
                        List.of(
                                new DeskEvent.Killed(
                                        intents.at(),
                                        service.name(),
                                        by,
                                        intents.reason(),
                                        false,
                                        check(service, intents).killed(claim))));
    }

    private List<Event> killTested(Asked asked, String by) {
        var service = service(asked);
        var claim = claim(asked, service);
        return ask(
                asked,
                by,
                intents ->
                        List.of(
                                new DeskEvent.KillTested(
                                        intents.at(),
                                        service.name(),
                                        by,
                                        check(service, intents).tested(claim))));
    }

    private KillCheck check(Service service, Intents intents) {
        var roster = intents.desk().service(service.name()).roster();
        return new KillCheck(service, roster, room.facts().get());
    }

    private static String claim(Asked asked, Service service) {
        var claim = Asked.needed("result", asked.result());
        KillCheck.objection(service, claim)
                .ifPresent(
                        why -> {
                            throw new Refusal(400, "no-report-of-a-kill", why, "");
                        });
        return claim;
    }

    private List<Event> deploy(Asked asked, String by) {
        var service = service(asked);
        var release = room.releases().apply(service, version(asked));
        return ask(
                asked,
                by,
                intents -> intents.deploy(planner(), service, release, asked.overridden()));
    }

    /// The same decision, with nothing appended.
    private Plan plan(Asked asked, String by) {
        var service = service(asked);
        var release = room.releases().apply(service, version(asked));
        var facts = room.facts().get();
        var intents = new Intents(room.loop().desk(), facts.at(), by, asked.reasonOrEmpty());
        var events = intents.deploy(planner(), service, release, asked.overridden());
        return events.stream()
                .flatMap(
                        event ->
                                event instanceof Planned planned
                                        ? Stream.of(planned.plan())
                                        : Stream.of())
                .findFirst()
                .orElseThrow();
    }

    private Service service(Asked asked) {
        try {
            return room.system().service(asked.serviceOrRefuse());
        } catch (NoSuchElementException e) {
            var names = room.system().services().stream().map(Service::name).toList();
            throw new Refusal(
                    404,
                    "no-such-service",
                    String.valueOf(e.getMessage()),
                    "it has " + String.join(", ", names));
        }
    }

    private static Version version(Asked asked) {
        return new Version(Asked.needed("version", asked.version()));
    }

    private Planner planner() {
        return new Planner(room.system(), room.environment(), room.facts().get());
    }

    /// @param intent runs on the loop's thread, so what the request names is looked up before
    private List<Event> ask(Asked asked, String by, Function<Intents, List<Event>> intent) {
        Loop loop = room.loop();
        var answer =
                loop.ask(
                        (desk, at) -> {
                            // Nobody acts before the ledger knows who may.
                            var events = new ArrayList<>(unseenOperators.apply(at));
                            events.addAll(
                                    intent.apply(new Intents(desk, at, by, asked.reasonOrEmpty())));
                            return List.copyOf(events);
                        });
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .filter(
                            one ->
                                    !(one instanceof DeskEvent.OperatorAdded
                                            || one instanceof DeskEvent.OperatorRemoved))
                    .toList();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case IllegalArgumentException no ->
                        new IllegalArgumentException(String.valueOf(no.getMessage()), e);
                case OperationFailed failure -> failure;
                case null, default ->
                        new IllegalStateException("the act failed: " + e.getMessage(), e);
            };
        } catch (TimeoutException e) {
            var trouble = loop.trouble();
            throw new Refusal(
                    503,
                    "not-taken-in",
                    "the controller has not taken it in yet"
                            + (trouble == null ? "" : ": " + trouble.getMessage()),
                    "it may still do so; look at `pitcrew status`");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "stopping", "the controller is stopping", "");
        }
    }
}
