package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.cli.DarkArrivals.Dark;
import dev.pitcrew.cli.DemoReport.Act;
import dev.pitcrew.cli.DemoReport.AuditEnd;
import dev.pitcrew.cli.DemoReport.FailureEnd;
import dev.pitcrew.cli.DemoReport.JudgedEnd;
import dev.pitcrew.cli.DemoReport.KillEnd;
import dev.pitcrew.cli.DemoReport.LedgerEnd;
import dev.pitcrew.cli.DemoReport.Orders;
import dev.pitcrew.cli.DemoReport.ReleaseEnd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Plays the demo: one act after the other against a real desk, and at the end the audit. It acts as an operator would, by the API and by
/// verbs, and knows nothing that they don't tell.
final class Demo {
    private static final String GATEWAY = "gateway";
    private static final String ENTRY =
            "entry"; // may run beside another version, so it has a canary
    private static final long ACT_SECONDS = 60;
    private static final long AUDIT_SECONDS = 60;
    private static final long RESTING = 200;
    private static final int MIDST = 5; // of a handoff's steps, the one in which the old one drains

    private final DemoWorld world;
    private final Consumer<String> say;
    private final int rate;
    private final int seconds;
    private final boolean isGoodOnly;
    private final long restingMin;
    private final List<Act> acts = new ArrayList<>();
    private final List<ReleaseEnd> releases = new ArrayList<>();
    private final List<JudgedEnd> judged = new ArrayList<>();
    private final List<FailureEnd> failures = new ArrayList<>();
    private final List<Span> failovers = new ArrayList<>();
    private final long start = System.nanoTime();
    private final DemoOperator operator;

    /// When a failure was caused and when the desk was whole again.
    private record Span(Instant from, Instant to) {
        boolean has(Instant at) {
            return !at.isBefore(from) && !at.isAfter(to);
        }
    }

    /// @param say told how it goes
    /// @param rate orders a second
    /// @param seconds how long orders are sent at least
    Demo(
            Where.Place place,
            DemoWorld world,
            Consumer<String> say,
            int rate,
            int seconds,
            boolean isGoodOnly)
            throws IOException, InterruptedException {
        this.world = world;
        this.say = say;
        this.rate = rate;
        this.seconds = seconds;
        this.isGoodOnly = isGoodOnly;
        this.restingMin = Math.min(RESTING, rate); // as many rest after a few seconds
        tell("the venue listens; bringing the desk up");
        this.operator = new DemoOperator(place, world);
    }

    DemoReport play() throws IOException, InterruptedException {
        up();
        world.load(ENTRY, rate, seconds + 600, 0); // it ends when it is told to
        resting();
        if (isGoodOnly) {
            var canary = operator.deploy(ENTRY, "2");
            release("2", "done");
            releaseWithoutController("3");
            ended(ENTRY, "2", "done", canary);
        } else {
            release("2", "done");
            var canary = operator.deploy(ENTRY, "2-slow"); // judged while the gateway goes on
            release("2-starts-active", "refused");
            if (!world.isContained()) { // of a container the engine says what it runs
                release("2-wrong-digest", "refused");
            }
            release("2-never-ready", "refused");
            ended(ENTRY, "2-slow", "rolled back", canary);
            release("2-slow", "rolled back");
            release("2-rejects", "rolled back");
            failure(GATEWAY, "KILL");
            failure(GATEWAY, "STOP");
            failure("strategy", "KILL");
            failure("strategy", "STOP");
            releaseWithoutController("3");
        }
        whole("", "all of this");
        var _ = DemoWorld.until(seconds, () -> elapsed() >= seconds);
        var kill = kill();
        must("the clients end by themselves", !world.endLoad().isMissingNode());
        return report(kill);
    }

    /// Notes whether something came about that has to.
    private void must(String name, boolean isDone) {
        acts.add(new Act(name, isDone));
        if (!isDone) {
            tell("not so: " + name);
        }
    }

    private void whole(String service, String after) {
        must(
                "%s whole after %s"
                        .formatted(
                                service.isEmpty()
                                        ? "every service is"
                                        : "the %s is".formatted(service),
                                after),
                operator.whole(service, ACT_SECONDS));
    }

    /// Waits until enough orders rest at the venue.
    ///
    /// @return how many did then
    private long resting() {
        var last = new AtomicLong();
        var isEnough =
                DemoWorld.until(
                        ACT_SECONDS,
                        () -> {
                            last.set(openOrders());
                            return last.get() >= restingMin;
                        });
        must("%d orders rest at the venue".formatted(restingMin), isEnough);
        tell("%d orders rest at the venue".formatted(last.get()));
        return last.get();
    }

    private void up() throws IOException, InterruptedException {
        operator.up();
        whole("", "its first start");
        tell("every service serves version 1");
        var tested = world.pitcrew("kill", "--test");
        must("the kill switch works in its test", tested.exitCode() == 0);
        tell(
                tested.exitCode() == 0
                        ? "the kill switch is tested"
                        : "the kill switch failed its test:\n" + tested.text());
    }

    private void release(String version, String expected) {
        ended(GATEWAY, version, expected, operator.deploy(GATEWAY, version));
    }

    private void ended(String service, String version, String expected, String rollout) {
        var end =
                operator.ended(rollout, ACT_SECONDS)
                        .orElse(new DemoOperator.Ended("never ended", ""));
        releases.add(
                new ReleaseEnd(service + " " + version, expected, end.outcome(), end.reason()));
        tell("%s %s: %s, %s".formatted(service, version, end.outcome(), end.reason()));
        DemoJudged.of(service + " " + version, operator.service(service), operator.judged(rollout))
                .ifPresent(judged::add);
        whole(service, service + " " + version);
    }

    /// A change in the middle of which the controller is killed, and started again.
    private void releaseWithoutController(String version) throws IOException, InterruptedException {
        var rollout = operator.deploy(GATEWAY, version);
        var step = new AtomicReference<>("none");
        var isInTheMidst =
                DemoWorld.until(
                        ACT_SECONDS,
                        () -> {
                            var change = operator.line(GATEWAY).changing();
                            step.set(change == null ? "none" : change.step());
                            return change == null || change.index() >= MIDST;
                        });
        operator.killController();
        must(
                "the controller is killed in the midst of a change",
                isInTheMidst && !step.get().equals("none"));
        tell("the controller is killed at step " + step.get());
        operator.startController();
        ended(GATEWAY, version, "done", rollout);
    }

    private void failure(String service, String signal) throws IOException, InterruptedException {
        var from = Instant.now();
        var replaced = operator.strike(service, signal, ACT_SECONDS);
        var before = replaced.before();
        var isBack = replaced.after().isPresent();
        var name = "SIG" + signal + " of the active " + service;
        var detail =
                isBack
                        ? before + " gave way to " + replaced.after().get()
                        : "nobody took over from " + before;
        failures.add(new FailureEnd(name, isBack, detail));
        tell(name + ": " + detail);
        whole(service, name);
        if (service.equals(GATEWAY)) {
            failovers.add(new Span(from, Instant.now()));
        }
    }

    private KillEnd kill() throws IOException, InterruptedException {
        var resting = resting();
        operator.killController();
        tell(
                "the controller is killed; now all order flow, with %d orders resting"
                        .formatted(resting));
        var said = world.pitcrew("kill", "--reason", "the demo ends", "--format", "json");
        must("the kill ends well", said.exitCode() == 0);
        var report = said.json();
        var last = toLastOrder(report.path("at").asText());
        var none = report.path("toNoOpenOrderMillis").asLong(-1);
        tell(
                "killed: last order accepted after %d ms, no open order after %d ms"
                        .formatted(last, none));
        operator.startController();
        must(
                "the controller knows of the kill",
                DemoWorld.until(20, () -> operator.line(GATEWAY).killed()));
        return new KillEnd(resting, last, none);
    }

    private long toLastOrder(String killedAt) throws IOException {
        var last = world.lastAccepted();
        return killedAt.isEmpty() || last.isEmpty()
                ? -1
                : Math.max(0, Duration.between(Instant.parse(killedAt), last.get()).toMillis());
    }

    private DemoReport report(KillEnd kill) throws IOException, InterruptedException {
        var entries = operator.status().ledger().entries();
        var verified = world.pitcrew("ledger", "verify", "--format", "json");
        var audit = world.audit(AUDIT_SECONDS);
        var verdict = audit.verdict();
        var handoffs = new ArrayList<Double>();
        var replaced = new ArrayList<Double>();
        var darks = new ArrayList<Dark>();
        for (var change : verdict.path("handoffs")) {
            var at = Instant.parse(change.path("at").asText());
            var millis = change.path("darkMillis").asDouble();
            var isFailover = failovers.stream().anyMatch(one -> one.has(at));
            (isFailover ? replaced : handoffs).add(millis);
            darks.add(new Dark(at.minusNanos((long) (millis * 1_000_000)), at));
        }
        world.lastAccepted().ifPresent(last -> darks.add(new Dark(last, Instant.MAX))); // killed
        return new DemoReport(
                acts,
                orders(verdict.path("orders"), world.arrivals().count(darks)),
                new AuditEnd(
                        audit.isClean(),
                        verdict.path("contradicted").asLong(-1),
                        verdict.path("unsolicited").asLong(-1),
                        verdict.path("dropCopyDiffers").asLong(-1)),
                verdict.path("twoActiveIntervals").asInt(-1),
                DarkTime.of(handoffs),
                DarkTime.of(replaced),
                releases,
                judged,
                failures,
                new LedgerEnd(entries, verified.exitCode() == 0),
                kill,
                elapsed());
    }

    private static Orders orders(JsonNode counted, long arrivedDark) {
        return new Orders(
                counted.path("sent").asLong(-1),
                counted.path("acknowledged").asLong(),
                counted.path("filled").asLong(-1),
                counted.path("returned").asLong(-1),
                arrivedDark,
                counted.path("inDoubt").asLong(-1),
                counted.path("lost").asLong(-1),
                counted.path("duplicated").asLong(-1));
    }

    private long openOrders() {
        return operator.line(GATEWAY).instances().stream()
                .mapToLong(one -> one.openOrders() == null ? 0 : one.openOrders())
                .max()
                .orElse(0);
    }

    private long elapsed() {
        return (System.nanoTime() - start) / 1_000_000_000;
    }

    private void tell(String text) {
        say.accept("%3d s  %s".formatted(elapsed(), text));
    }
}
