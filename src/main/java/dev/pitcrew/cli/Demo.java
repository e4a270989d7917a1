package dev.pitcrew.cli;

import dev.pitcrew.cli.DemoReport.FailureEnd;
import dev.pitcrew.cli.DemoReport.KillEnd;
import dev.pitcrew.cli.DemoReport.LedgerEnd;
import dev.pitcrew.cli.DemoReport.Orders;
import dev.pitcrew.cli.DemoReport.ReleaseEnd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Plays the demo: one act after the other against a real desk, and at the end the audit. It acts as an operator would, by the API and by
/// verbs, and knows nothing that they don't tell.
final class Demo {
    private static final String GATEWAY = "gateway";
    private static final long ACT_SECONDS = 60;
    private static final long RESTING_MIN = 200;

    private final DemoWorld world;
    private final Consumer<String> say;
    private final int rate;
    private final int seconds;
    private final boolean isGoodOnly;
    private final List<ReleaseEnd> releases = new ArrayList<>();
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
        tell("the venue listens; bringing the desk up");
        this.operator = new DemoOperator(place, world);
    }

    DemoReport play() throws IOException, InterruptedException {
        up();
        world.load(rate, seconds + 600, 0); // it ends when it is told to
        DemoWorld.until(20, () -> openOrders() >= RESTING_MIN);
        tell("%d orders rest at the venue".formatted(openOrders()));
        release("2", "done");
        if (!isGoodOnly) {
            release("2-starts-active", "refused");
            release("2-wrong-digest", "refused");
            release("2-never-ready", "refused");
            release("2-slow", "rolled back");
            release("2-rejects", "rolled back");
            failure(GATEWAY, "KILL");
            failure(GATEWAY, "STOP");
            failure("strategy", "KILL");
            failure("strategy", "STOP");
        }
        releaseWithoutController("3");
        DemoWorld.until(seconds, () -> elapsed() >= seconds);
        var kill = kill();
        var _ = world.endLoad();
        return report(kill);
    }

    private void up() throws IOException, InterruptedException {
        operator.up();
        operator.whole("", ACT_SECONDS);
        tell("every service serves version 1");
        var tested = world.pitcrew("kill", "--test");
        tell(
                tested.exitCode() == 0
                        ? "the kill switch is tested"
                        : "the kill switch failed its test:\n" + tested.text());
    }

    private void release(String version, String expected) {
        ended(version, expected, operator.deploy(GATEWAY, version));
    }

    private void ended(String version, String expected, String rollout) {
        var end =
                operator.ended(rollout, ACT_SECONDS)
                        .orElse(new DemoOperator.Ended("never ended", ""));
        releases.add(
                new ReleaseEnd(GATEWAY + " " + version, expected, end.outcome(), end.reason()));
        tell("%s %s: %s, %s".formatted(GATEWAY, version, end.outcome(), end.reason()));
        operator.whole("", ACT_SECONDS);
    }

    /// A change in the middle of which the controller is killed, and started again.
    private void releaseWithoutController(String version) throws IOException, InterruptedException {
        var rollout = operator.deploy(GATEWAY, version);
        DemoWorld.until(
                ACT_SECONDS,
                () -> {
                    var change = operator.line(GATEWAY).changing();
                    return change == null || change.index() >= 5;
                });
        var change = operator.line(GATEWAY).changing();
        operator.killController();
        tell("the controller is killed at step " + (change == null ? "none" : change.step()));
        operator.startController();
        ended(version, "done", rollout);
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
        operator.whole(service, ACT_SECONDS);
        if (service.equals(GATEWAY)) {
            failovers.add(new Span(from, Instant.now()));
        }
    }

    private KillEnd kill() throws IOException, InterruptedException {
        DemoWorld.until(10, () -> openOrders() >= RESTING_MIN);
        var resting = openOrders();
        operator.killController();
        tell(
                "the controller is killed; now all order flow, with %d orders resting"
                        .formatted(resting));
        var said = world.pitcrew("kill", "--reason", "the demo ends", "--format", "json");
        var report = said.json();
        var at = Instant.parse(report.path("at").asText());
        var last = Math.max(0, Duration.between(at, world.lastAccepted()).toMillis());
        var none = report.path("toNoOpenOrderMillis").asLong(-1);
        tell(
                "killed: last order accepted after %d ms, no open order after %d ms"
                        .formatted(last, none));
        operator.startController();
        DemoWorld.until(20, () -> operator.line(GATEWAY).killed());
        return new KillEnd(resting, last, none);
    }

    private DemoReport report(KillEnd kill) throws IOException, InterruptedException {
        var entries = operator.status().ledger().entries();
        var verified = world.pitcrew("ledger", "verify", "--format", "json");
        var audit = world.audit(60);
        var orders = audit.path("orders");
        var handoffs = new ArrayList<Double>();
        var replaced = new ArrayList<Double>();
        for (var dark : audit.path("handoffs")) {
            var at = Instant.parse(dark.path("at").asText());
            var isFailover = failovers.stream().anyMatch(one -> one.has(at));
            (isFailover ? replaced : handoffs).add(dark.path("darkMillis").asDouble());
        }
        double darkSeconds =
                (handoffs.stream().mapToDouble(one -> one).sum()
                                + replaced.stream().mapToDouble(one -> one).sum())
                        / 1000;
        var counted =
                new Orders(
                        orders.path("sent").asLong(),
                        orders.path("acknowledged").asLong(),
                        orders.path("filled").asLong(),
                        orders.path("returned").asLong(),
                        Math.round(darkSeconds * 2 * rate),
                        orders.path("inDoubt").asLong(),
                        orders.path("lost").asLong(),
                        orders.path("duplicated").asLong());
        var ledger = new LedgerEnd(entries, verified.exitCode() == 0);
        var twoActive = audit.path("twoActiveIntervals").asInt(-1);
        var wrong = wrong(counted, twoActive, ledger, kill);
        return new DemoReport(
                wrong.isEmpty(),
                wrong,
                counted,
                twoActive,
                DarkTime.of(handoffs),
                DarkTime.of(replaced),
                releases,
                failures,
                ledger,
                kill,
                elapsed());
    }

    private List<String> wrong(Orders orders, int twoActive, LedgerEnd ledger, KillEnd kill) {
        var wrong = new ArrayList<String>();
        expectNone(wrong, orders.lost(), "orders were lost");
        expectNone(wrong, orders.duplicated(), "orders were duplicated");
        expectNone(wrong, orders.inDoubt(), "orders are in doubt");
        expectNone(wrong, twoActive, "times two were active");
        if (orders.acknowledged() == 0) {
            wrong.add("no order was acknowledged");
        }
        if (orders.returned() > orders.arrivedDark()) {
            wrong.add(
                    "%d orders were returned, and about %d arrived while nobody could send"
                            .formatted(orders.returned(), orders.arrivedDark()));
        }
        releases.stream()
                .filter(one -> !one.outcome().equals(one.expected()))
                .forEach(
                        one ->
                                wrong.add(
                                        "%s was %s, not %s: %s"
                                                .formatted(
                                                        one.name(),
                                                        one.outcome(),
                                                        one.expected(),
                                                        one.reason())));
        failures.stream()
                .filter(one -> !one.recovered())
                .forEach(one -> wrong.add(one.name() + ": " + one.detail()));
        if (!ledger.verified()) {
            wrong.add("the ledger is not whole");
        }
        if (kill.toNoOpenOrderMillis() < 0) {
            wrong.add("the kill did not confirm that no order is open");
        }
        return wrong;
    }

    private static void expectNone(List<String> wrong, long count, String what) {
        if (count != 0) {
            wrong.add(count + " " + what);
        }
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
