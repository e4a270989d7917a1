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
import dev.pitcrew.runtime.Adopted;
import dev.pitcrew.runtime.KillCheck;
import dev.pitcrew.runtime.Loop;
import dev.pitcrew.runtime.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What operators may ask for: each request becomes an intent, and the loop's thread decides on it. Nothing is decided here.
final class Acts {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern KILL = Pattern.compile("[A-Za-z0-9-]{0,64}");

    /// What can be asked for, in the order of the alphabet.
    static final SequencedMap<String, Kind> ALL = all();

    /// What an act is about, and so whose rights count.
    enum About {
        /// The service that it names.
        SERVICE,
        /// All of the desk.
        DESK
    }

    /// A kind of act.
    ///
    /// @param right that it takes
    /// @param told what it is for, in one sentence
    record Kind(Right right, About about, String told) {}

    private static SequencedMap<String, Kind> all() {
        var all = new LinkedHashMap<String, Kind>();
        all.put("abort", new Kind(Right.STOP, About.SERVICE, "Ends the rollout underway."));
        all.put(
                "adopt",
                new Kind(
                        Right.CHANGE,
                        About.SERVICE,
                        "Takes over containers that run already, as they run."));
        all.put(
                "approve",
                new Kind(
                        Right.APPROVE,
                        About.SERVICE,
                        "Agrees to exactly what the hash stands for."));
        all.put(
                "deploy",
                new Kind(
                        Right.CHANGE, About.SERVICE, "Asks for another version, or for its plan."));
        all.put(
                "evidence",
                new Kind(Right.READ, About.SERVICE, "Proves what serves here, for another desk."));
        all.put("freeze", new Kind(Right.STOP, About.DESK, "Lets no rollout begin until thaw."));
        all.put(
                "kill-tested",
                new Kind(Right.STOP, About.SERVICE, "Tells of a test of the kill switch."));
        all.put(
                "killed",
                new Kind(Right.STOP, About.SERVICE, "Tells of a kill that the CLI began."));
        all.put(
                "open",
                new Kind(Right.STOP, About.DESK, "Says whether the day may begin, and why."));
        all.put(
                "open-deadline",
                new Kind(Right.STOP, About.DESK, "The same, and calls somebody on a no."));
        all.put(
                "operators",
                new Kind(Right.READ, About.DESK, "Has the ledger learn who is an operator."));
        all.put(
                "promote",
                new Kind(
                        Right.CHANGE,
                        About.SERVICE,
                        "Takes over what serves elsewhere, with proofs."));
        all.put(
                "rearm",
                new Kind(Right.CHANGE, About.SERVICE, "Lets a killed or stuck service go on."));
        all.put(
                "reassess",
                new Kind(Right.APPROVE, About.SERVICE, "Closes another one's emergency change."));
        all.put(
                "rollback",
                new Kind(Right.CHANGE, About.SERVICE, "Asks for the last good version."));
        all.put("thaw", new Kind(Right.CHANGE, About.DESK, "Allows changes again."));
        return Collections.unmodifiableSequencedMap(all);
    }

    private final Room room;
    private final Function<Instant, List<Event>> unseenOperators;
    private final OpenActs opening;
    private final PromotionActs promotions;

    /// @param unseenOperators what the ledger has yet to learn of who may ask; called on the loop's thread
    Acts(Room room, Function<Instant, List<Event>> unseenOperators) {
        this.room = room;
        this.unseenOperators = unseenOperators;
        this.opening = new OpenActs(room);
        this.promotions = new PromotionActs(room);
    }

    /// @param now decides whether he may
    /// @return the events that were appended, or the plan when only that was asked for
    /// @throws Refusal when there is no such act, when he may not, or when what it names is not there
    /// @throws IllegalArgumentException when the intent is refused
    Object perform(String act, Asked asked, Asker asker, Instant now) {
        var kind = ALL.get(act);
        if (kind == null) {
            throw new Refusal(404, "no-such-act", "there is no act " + act, "");
        }
        switch (kind.about()) {
            case DESK -> asker.demand(kind.right(), now);
            case SERVICE -> asker.demand(kind.right(), service(asked).name(), now);
        }
        var by = asker.name();
        return switch (act) {
            case "deploy" -> asked.plan() ? plan(asked, by) : deploy(asked, by);
            case "adopt" -> adopt(asked, by);
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
            case "open" ->
                    asked.plan()
                            ? opening.look(by)
                            : opening.check(intent -> ask(asked, by, intent), by);
            case "open-deadline" -> opening.deadline(intent -> ask(asked, by, intent), by);
            case "evidence" -> promotions.evidence(service(asked));
            case "promote" -> {
                var service = service(asked);
                yield asked.plan()
                        ? promotions.plan(asked, by, service)
                        : ask(asked, by, promotions.intent(asked, service));
            }
            default -> throw new IllegalStateException("nobody performs " + act);
        };
    }

    /// The CLI kills by itself and says so here; what of it is seen from here is written beside its words.
    private List<Event> killed(Asked asked, String by) {
        var service = service(asked);
        var claim = claim(asked, service);
        var kill = Objects.requireNonNullElse(asked.kill(), "");
        if (!KILL.matcher(kill).matches()) {
            throw new Refusal(400, "no-name-of-a-kill", "that names no kill: " + kill, "");
        }
        return report(
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
                                        check(service, intents).killed(claim),
                                        kill)));
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
        var outside = room.beside(service);
        return ask(
                asked,
                by,
                intents ->
                        intents.deploy(planner(), service, release, outside, asked.overridden()));
    }

    private Object adopt(Asked asked, String by) {
        var service = service(asked);
        var taken = asked.taken();
        if (taken == null || taken.image().isEmpty()) {
            throw new Refusal(400, "incomplete", "the request names nothing to take over", "");
        }
        var release = Adopted.release(room.system(), service, taken.image());
        Function<Intents, List<Event>> intent =
                intents -> intents.adopt(planner(), service, release, taken.containers());
        return asked.plan()
                ? planOf(
                        intent.apply(
                                new Intents(
                                        room.loop().desk(),
                                        room.facts().get().at(),
                                        by,
                                        asked.reasonOrEmpty())))
                : ask(asked, by, intent);
    }

    /// The same decision, with nothing appended.
    private Plan plan(Asked asked, String by) {
        var service = service(asked);
        var release = room.releases().apply(service, version(asked));
        var facts = room.facts().get();
        var intents = new Intents(room.loop().desk(), facts.at(), by, asked.reasonOrEmpty());
        return planOf(
                intents.deploy(
                        planner(), service, release, room.beside(service), asked.overridden()));
    }

    static Plan planOf(List<Event> events) {
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

    /// Whoever is told that there is no answer is told for good: what was not begun is withdrawn.
    ///
    /// @param intent runs on the loop's thread, so what the request names is looked up before
    private List<Event> ask(Asked asked, String by, Function<Intents, List<Event>> intent) {
        return acted(await(submit(asked, by, intent), LIMIT, room.loop()));
    }

    /// What was done already stays to be written down, however long that takes.
    private List<Event> report(Asked asked, String by, Function<Intents, List<Event>> intent) {
        var submission = submit(asked, by, intent);
        try {
            return acted(answer(submission, LIMIT));
        } catch (TimeoutException _) {
            throw begun(room.loop());
        }
    }

    private Submission submit(Asked asked, String by, Function<Intents, List<Event>> intent) {
        return room.loop()
                .submit(
                        (desk, at) -> {
                            // Nobody acts before the ledger knows who may.
                            var events = new ArrayList<>(unseenOperators.apply(at));
                            events.addAll(
                                    intent.apply(new Intents(desk, at, by, asked.reasonOrEmpty())));
                            return List.copyOf(events);
                        });
    }

    private static List<Event> acted(List<Event> events) {
        return events.stream()
                .filter(
                        one ->
                                !(one instanceof DeskEvent.OperatorAdded
                                        || one instanceof DeskEvent.OperatorRemoved))
                .toList();
    }

    /// Waits for the answer, and withdraws what has none at the limit.
    ///
    /// @throws Refusal when it is withdrawn, or has begun and nobody knows yet what comes of it
    static List<Event> await(Submission submission, Duration limit, Loop loop) {
        try {
            return answer(submission, limit);
        } catch (TimeoutException _) {
            if (submission.withdraw()) {
                throw new Refusal(
                        503,
                        "not-taken-in",
                        "the controller did not take it in, and will not any more"
                                + because(loop.trouble()),
                        "nothing was done; ask again");
            }
        }
        try { // it was begun, or even answered just now
            return answer(submission, Duration.ZERO);
        } catch (TimeoutException _) {
            throw begun(loop);
        }
    }

    private static Refusal begun(Loop loop) {
        return new Refusal(
                503,
                "not-written-yet",
                "the controller has begun with it, and it is not in the ledger yet"
                        + because(loop.trouble()),
                "it may still come to be; look at `pitcrew status` before you ask again");
    }

    private static String because(@Nullable OperationFailed trouble) {
        return trouble == null ? "" : ": " + trouble.getMessage();
    }

    private static List<Event> answer(Submission submission, Duration limit)
            throws TimeoutException {
        try {
            return submission.answer().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case IllegalArgumentException no ->
                        new IllegalArgumentException(String.valueOf(no.getMessage()), e);
                case OperationFailed failure -> failure;
                case null, default ->
                        new IllegalStateException("the act failed: " + e.getMessage(), e);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            submission.withdraw();
            throw new Refusal(503, "stopping", "the controller is stopping", "");
        }
    }
}
