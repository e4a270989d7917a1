package dev.pitcrew.runtime;

import dev.pitcrew.deploy.ApprovalNeed;
import dev.pitcrew.deploy.ApprovalNeed.Rule;
import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Gate;
import dev.pitcrew.deploy.JudgeEvent;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.KeepEvent.Purpose;
import dev.pitcrew.deploy.OpenRow;
import dev.pitcrew.deploy.Plan;
import dev.pitcrew.deploy.Promotion;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.Side;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.StepFailed;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.deploy.Tally;
import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.ledger.Export;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.NewEntry;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.SequenceNumbers;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tells a story in which every event, step and effect of this release occurs, and writes it as an exported ledger.
///
/// Run by hand, once for each release that writes something new: `EveryEvent src/test/golden/ledger/release-N.ledger`. What an
/// older release wrote is never written again. The key is thrown away, so nobody can sign the file anew.
public final class EveryEvent {
    private static final String SERVICE = "gateway";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Release FIRST =
            new Release(
                    "1", "a1".repeat(32), "c1".repeat(32), "", new StateFormats("1", Set.of("1")));
    private static final Release SECOND =
            new Release(
                    "2",
                    "a2".repeat(32),
                    "c2".repeat(32),
                    "f2".repeat(32),
                    new StateFormats("2", Set.of("1", "2")));
    private static final Gate GATE =
            new Gate("clock", Gate.Sense.AT_MOST, 12.5, "ms", Duration.ofMinutes(1));
    private static final List<Step> FORWARD =
            List.of(
                    new Step.Check(List.of(GATE), Duration.ofHours(8)),
                    new Step.Start(LIMIT),
                    new Step.Warm(LIMIT),
                    new Step.Hold(Duration.ofMillis(1_500), LIMIT),
                    new Step.Drain(LIMIT),
                    new Step.Deactivate(LIMIT),
                    new Step.Fence(LIMIT),
                    new Step.Rearm(LIMIT),
                    new Step.Activate(LIMIT),
                    new Step.Reconcile(LIMIT),
                    new Step.Route(false, LIMIT),
                    new Step.Bake(Duration.ofSeconds(20), Duration.ofMinutes(2)),
                    new Step.Stop(LIMIT));

    private final List<Event> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T21:15:00.000000001Z");

    private EveryEvent() {}

    /// Writes the ledger to the file named first, and beside it a proof of its fourth entry.
    public static void main(String[] args) throws IOException {
        var file = Path.of(args[0]);
        var key = SigningKey.generate("demo-desk/paper", VerifierKey.Kind.NOTE);
        var store = new TestingStore();
        try (var ledger = Ledger.open(store, key)) {
            var journal = new LedgerJournal(ledger);
            var story = story();
            journal.append(story.subList(0, 10));
            ledger.checkpoint();
            journal.append(story.subList(10, story.size()));
            ledger.append(fromTheFuture());
            Files.writeString(
                    file.resolveSibling(file.getFileName() + ".tlog-proof"),
                    ledger.inclusion(3).toString());
        }
        try (var out = Files.newBufferedWriter(file)) {
            Export.write(store, key.verifier(), openings(store), out);
        }
    }

    /// All that opens a commitment, so that later releases see both: what is known, and the same once it is erased.
    private static Set<Opening> openings(LedgerStore store) {
        var personal = new PersonalValues();
        var openings = new LinkedHashSet<Opening>();
        try (var entries = Ledger.entries(store, 0)) {
            entries.flatMap(
                            entry ->
                                    Stream.concat(
                                            personal.names(entry).stream(),
                                            personal.texts(entry).stream()))
                    .flatMap(one -> store.opening(one).stream())
                    .forEach(openings::add);
        }
        return openings;
    }

    /// A new version of a known event, and one that nobody knows.
    private static List<NewEntry> fromTheFuture() {
        var at = Instant.parse("2026-11-24T21:00:00Z");
        return List.of(
                new NewEntry(
                        at, new EntryType("desk.frozen", 2), "ada", "*", "{\"until\":\"open\"}"),
                new NewEntry(
                        at,
                        new EntryType("weather.changed", 1),
                        "controller",
                        "",
                        "{\"rain\":true}"));
    }

    public static List<Event> story() {
        var story = new EveryEvent();
        story.operators();
        story.firstStart();
        story.turnedBack();
        story.aborted();
        story.lostAndMended();
        story.killed();
        story.withoutPassiveMode();
        story.judged();
        story.startOfDay();
        story.promoted();
        story.ofMany();
        story.shadowed();
        story.adopted();
        return List.copyOf(story.events);
    }

    private void operators() {
        add(new DeskEvent.OperatorAdded(tick(), "*", "ada", "", "0123456789ab"));
        add(new DeskEvent.OperatorAdded(tick(), "*", "grace", "ada", "ba9876543210"));
        add(new DeskEvent.OperatorRemoved(tick(), "*", "mallory"));
    }

    private void firstStart() {
        add(new DeskEvent.Frozen(tick(), "*", "ada", "expiry day"));
        add(new DeskEvent.Thawed(tick(), "*", "ada", "\u20ac expiry is over"));
        add(new DeskEvent.KillTested(tick(), SERVICE, "ada", "blocked, and none open, in 12 ms"));
        plan("r1", Optional.empty(), FIRST);
        add(new RolloutEvent.Approved(tick(), SERVICE, "r1", "grace", hash(FIRST), false));
        var course = begin("r1/forward", Optional.empty(), FIRST, FORWARD);
        add(new RolloutEvent.Started(tick(), SERVICE, "r1", course, "two people", "approval 1"));
        var effects =
                List.of(
                        List.<Effect>of(),
                        List.of(new Effect.Start("gateway-1", "1")),
                        List.<Effect>of(),
                        List.of(new Effect.Hold(Duration.ofMillis(1_500))),
                        List.of(new Effect.Drain("gateway-0", new Token(1), DrainPolicy.CANCEL)),
                        List.of(new Effect.Deactivate("gateway-0", new Token(1))),
                        List.of(new Effect.Kill("gateway-0")),
                        List.of(new Effect.Rearm("gateway-1", new Token(2))),
                        List.of(new Effect.Activate("gateway-1", new Token(3))),
                        List.<Effect>of(),
                        List.of(new Effect.Route(List.of("gateway-1"))),
                        List.<Effect>of(),
                        List.of(new Effect.Stop("gateway-0")));
        for (int i = 0; i < FORWARD.size(); i++) {
            for (var effect : effects.get(i)) {
                perform(course.id(), effect);
            }
            add(new StepTaken(tick(), SERVICE, course.id(), i, FORWARD.get(i).name() + " is done"));
        }
        finish("r1", Outcome.DONE, "two accounts agree", "");
    }

    private void turnedBack() {
        plan("r2", Optional.of(FIRST), SECOND);
        add(new RolloutEvent.Approved(tick(), SERVICE, "r2", "ada", hash(SECOND), true));
        var there = begin("r2/forward", Optional.of("gateway-1"), SECOND, FORWARD.subList(1, 3));
        add(new RolloutEvent.Started(tick(), SERVICE, "r2", there, "single operator", ""));
        var start = new Effect.Start("gateway-2", "2");
        add(new EffectIntended(tick(), SERVICE, there.id(), start, 1));
        add(new EffectFailed(tick(), SERVICE, there.id(), start, "exit code 1"));
        add(new StepFailed(tick(), SERVICE, there.id(), 0, "exit code 1"));
        var back =
                begin(
                        "r2/back",
                        Optional.of("gateway-2"),
                        FIRST,
                        List.of(new Step.Route(true, LIMIT)));
        add(
                new RolloutEvent.TurnedBack(
                        tick(), SERVICE, "r2", back, Outcome.REFUSED, "exit code 1"));
        perform(back.id(), new Effect.RouteBack(List.of("gateway-1")));
        add(new StepTaken(tick(), SERVICE, back.id(), 0, "traffic goes to gateway-1"));
        finish("r2", Outcome.REFUSED, "exit code 1", "");
        add(new DeskEvent.Reassessed(tick(), SERVICE, "r2", "grace", "it was right"));
    }

    private void aborted() {
        plan("r3", Optional.of(FIRST), SECOND);
        add(new RolloutEvent.AbortAsked(tick(), SERVICE, "r3", "ada", "not tonight"));
        finish("r3", Outcome.ABORTED, "aborted by ada: not tonight", "");
    }

    private void lostAndMended() {
        add(new KeepEvent.InstanceLost(tick(), SERVICE, "gateway-2", "ended with signal 9"));
        var mend =
                begin(
                        "gateway/mend-1",
                        Optional.of("gateway-1"),
                        FIRST,
                        List.of(new Step.Start(LIMIT)));
        add(
                new KeepEvent.MendBegun(
                        tick(), SERVICE, mend, Purpose.FAILOVER, "gateway-1 is silent"));
        perform(mend.id(), new Effect.Start("gateway-3", "1"));
        add(new StepTaken(tick(), SERVICE, mend.id(), 0, "pid 4711"));
        add(new KeepEvent.MendEnded(tick(), SERVICE, mend.id(), ""));
        add(
                new KeepEvent.WentStuck(
                        tick(), SERVICE, "fence not confirmed", "no answer", "call the venue"));
        add(new KeepEvent.Cleared(tick(), SERVICE, "ada", "the venue saw it log out"));
    }

    private void judged() {
        var rollout = "r9";
        plan(rollout, Optional.of(FIRST), SECOND);
        var bake = FORWARD.subList(11, 12);
        var course = begin(rollout + "/forward", Optional.of("gateway-1"), SECOND, bake);
        add(new RolloutEvent.Started(tick(), SERVICE, rollout, course, "none", ""));
        var id = course.id();
        add(
                new JudgeEvent.BaselineTaken(
                        tick(),
                        SERVICE,
                        id,
                        List.of(new Tally("orders_total{instance=\"gateway-1\"}", 20_000))));
        add(
                new JudgeEvent.JudgingBegun(
                        tick(),
                        SERVICE,
                        id,
                        0,
                        List.of(),
                        List.of(new Tally("orders_total{instance=\"gateway-2\"}", 0.5))));
        var reading = new JudgeEvent.Reading("ack p99", 1.5, 5.9, 20_000, 800);
        add(
                new JudgeEvent.Looked(
                        tick(),
                        SERVICE,
                        id,
                        0,
                        "INCONCLUSIVE",
                        "judged INCONCLUSIVE",
                        List.of(reading),
                        List.of(new Tally("orders_total{instance=\"gateway-2\"}", 800.5))));
        add(new JudgeEvent.PersonAsked(tick(), SERVICE, id, 0, "judged INCONCLUSIVE"));
        add(new RolloutEvent.Kept(tick(), SERVICE, rollout, "grace", "it looks well"));
        add(new StepTaken(tick(), SERVICE, id, 0, "judged INCONCLUSIVE; an operator keeps it"));
        finish(rollout, Outcome.DONE, "serves 2", "");
    }

    private void killed() {
        add(new DeskEvent.Killed(tick(), SERVICE, "ada", "wrong prices", true, "none open", "k1"));
    }

    /// A start that is an activation.
    private void withoutPassiveMode() {
        var course =
                begin(
                        "gateway/mend-2",
                        Optional.of("gateway-3"),
                        FIRST,
                        List.of(new Step.StartActive(LIMIT)));
        add(new KeepEvent.MendBegun(tick(), SERVICE, course, Purpose.FAILOVER, "gateway-3 died"));
        perform(course.id(), new Effect.StartActive("gateway-4", "1"));
        add(new StepTaken(tick(), SERVICE, course.id(), 0, "pid 4712"));
        add(new KeepEvent.MendEnded(tick(), SERVICE, course.id(), ""));
    }

    private void startOfDay() {
        var row = new OpenRow("clock", "", OpenRow.Answer.NO, "clock is unknown", "see chronyc");
        add(
                new DeskEvent.OpenChecked(
                        tick(),
                        "*",
                        "ada",
                        false,
                        List.of(row),
                        Map.of(SERVICE, new SequenceNumbers(812, 640))));
        add(new DeskEvent.AlarmRaised(tick(), "*", "not ready: clock", List.of("page took it")));
    }

    private void promoted() {
        var proven = new Promotion.Proven(3, "rollout.planned@2", "cGNlAg==", "a proof");
        var promotion =
                new Promotion("demo", "demo-desk/demo+key", SERVICE, "1", "r4", List.of(proven));
        add(new DeskEvent.Promoted(tick(), SERVICE, "r3", "ada", promotion));
    }

    /// Several instances at once.
    private void ofMany() {
        var instances = List.of("gateway-1", "gateway-3");
        var canaries = List.of("gateway-5");
        var steps =
                List.<Step>of(
                        new Step.Grow(Side.TO, 3, LIMIT),
                        new Step.WarmAll(LIMIT),
                        new Step.Join(LIMIT),
                        new Step.Share(new Fraction(0.05), LIMIT),
                        new Step.Shrink(Side.FROM, 1, LIMIT),
                        new Step.Leave(LIMIT),
                        new Step.Rejoin(LIMIT));
        var course = begin("gateway/mend-3", Optional.of("gateway-1"), SECOND, steps);
        add(new KeepEvent.MendBegun(tick(), SERVICE, course, Purpose.FILL, "1 of 3 run"));
        perform(course.id(), new Effect.Start("gateway-5", "2"));
        perform(course.id(), new Effect.Share(instances, canaries, new Fraction(0.05)));
        for (int i = 0; i < steps.size(); i++) {
            add(new StepTaken(tick(), SERVICE, course.id(), i, steps.get(i).name() + " is done"));
        }
        add(new KeepEvent.MendEnded(tick(), SERVICE, course.id(), ""));
    }

    /// One that only would.
    private void shadowed() {
        var steps =
                List.<Step>of(
                        new Step.Shadow(LIMIT),
                        new Step.Compare(Duration.ofSeconds(20), Duration.ofMinutes(2)),
                        new Step.EndShadow(LIMIT));
        plan("r10", Optional.of(SECOND), FIRST);
        var course = begin("r10/forward", Optional.of("gateway-1"), FIRST, steps);
        add(new RolloutEvent.Started(tick(), SERVICE, "r10", course, "two people", "approved"));
        perform(course.id(), new Effect.Start("gateway-6-shadow", "1"));
        for (int i = 0; i < steps.size(); i++) {
            add(new StepTaken(tick(), SERVICE, course.id(), i, steps.get(i).name() + " is done"));
        }
        finish("r10", Outcome.SHADOWED, "1 was like the active version, in shadow", "");
    }

    private void adopted() {
        var steps = List.<Step>of(new Step.Adopt("c0".repeat(32), LIMIT));
        plan("r11", Optional.empty(), FIRST);
        var course = begin("r11/forward", Optional.empty(), FIRST, steps);
        add(new RolloutEvent.Started(tick(), SERVICE, "r11", course, "two people", "approved"));
        perform(course.id(), new Effect.Adopt("gateway-7", "1", "c0".repeat(32), true));
        add(new KeepEvent.TokenFound(tick(), SERVICE, "gateway-7", new Token(9)));
        add(new StepFailed(tick(), SERVICE, course.id(), 0, "gateway-7 is not ready"));
        add(new KeepEvent.InstanceLeft(tick(), SERVICE, "gateway-7", "adopt: it is not ready"));
        finish("r11", Outcome.GATED, "adopt: gateway-7 is not ready", "it goes on as it runs");
    }

    private void plan(String rollout, Optional<Release> from, Release to) {
        var need =
                new ApprovalNeed(
                        Rule.TWO_PEOPLE, Duration.ZERO, Duration.ofHours(12), hash(to), false);
        var plan =
                new Plan(
                        SERVICE,
                        "paper",
                        "5f".repeat(32),
                        Plan.Purpose.CHANGE,
                        "handoff",
                        from,
                        to,
                        FORWARD,
                        List.of(new Step.Route(true, LIMIT)),
                        need,
                        List.of(new Plan.Overridden(GATE, "the venue said so")),
                        List.of("cancels no order"));
        add(new RolloutEvent.Planned(tick(), SERVICE, rollout, plan, "ada", "a new \"tick\" size"));
    }

    private void perform(String course, Effect effect) {
        add(new EffectIntended(tick(), SERVICE, course, effect, 1));
        add(new EffectConfirmed(tick(), SERVICE, course, effect, "done"));
    }

    private void finish(String rollout, Outcome outcome, String reason, String next) {
        add(new RolloutEvent.Finished(tick(), SERVICE, rollout, outcome, reason, next));
    }

    private Course begin(String id, Optional<String> from, Release release, List<Step> steps) {
        return Course.begin(id, from, Optional.empty(), release, steps, now);
    }

    private static String hash(Release release) {
        return release.version().repeat(64);
    }

    private void add(Event event) {
        events.add(event);
    }

    private Instant tick() {
        now = now.plusMillis(250);
        return now;
    }
}
