package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.DeskStatus.State;
import dev.pitcrew.cli.DemoReport.DarkTime;
import dev.pitcrew.cli.DemoReport.FailureEnd;
import dev.pitcrew.cli.DemoReport.KillEnd;
import dev.pitcrew.cli.DemoReport.LedgerEnd;
import dev.pitcrew.cli.DemoReport.Orders;
import dev.pitcrew.cli.DemoReport.ReleaseEnd;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.server.Asked;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Plays the demo: one act after the other against a real desk, and at the end the audit. It acts as an operator would, by the API and by
/// verbs, and knows nothing that they don't tell.
final class Demo {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String GATEWAY = "gateway";
    private static final long ACT_SECONDS = 60;
    private static final long RESTING_MIN = 200;

    private final Where.Place place;
    private final DemoWorld world;
    private final Consumer<String> say;
    private final int rate;
    private final int seconds;
    private final boolean isGoodOnly;
    private final List<ReleaseEnd> releases = new ArrayList<>();
    private final List<FailureEnd> failures = new ArrayList<>();
    private final List<Span> failovers = new ArrayList<>();
    private final long start = System.nanoTime();
    private Client client;

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
        this.place = place;
        this.world = world;
        this.say = say;
        this.rate = rate;
        this.seconds = seconds;
        this.isGoodOnly = isGoodOnly;
        tell("the venue listens; bringing the desk up");
        this.client = controller();
    }

    DemoReport play() throws IOException, InterruptedException {
        up();
        world.load(rate, seconds + 600); // it ends when it is told to
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
        world.endLoad();
        return report(kill);
    }

    private void up() throws IOException, InterruptedException {
        var said = world.pitcrew("up");
        if (said.exitCode() != 0) {
            throw new OperationFailed(
                    OperationFailed.Code.NOT_STARTED,
                    "the desk did not come up:\n" + said.text(),
                    null);
        }
        whole("");
        tell("every service serves version 1");
        var tested = world.pitcrew("kill", "--test");
        tell(
                tested.exitCode() == 0
                        ? "the kill switch is tested"
                        : "the kill switch failed its test:\n" + tested.text());
    }

    private Client controller() throws IOException, InterruptedException {
        Background.start(place, world.variables());
        return Client.of(place.data());
    }

    private void release(String version, String expected) {
        var answer = client.ask("deploy", asked(version));
        ended(version, expected, rolloutOf(answer));
    }

    private static Asked asked(String version) {
        return new Asked(GATEWAY, version, null, null, "demo", null, false, false);
    }

    private static String rolloutOf(JsonNode events) {
        return events.path(0).path("rollout").asText();
    }

    private void ended(String version, String expected, String rollout) {
        var body =
                DemoWorld.until(ACT_SECONDS, () -> finished(rollout) != null)
                        ? finished(rollout)
                        : null;
        var outcome =
                body == null
                        ? "never ended"
                        : body.path("outcome")
                                .asText()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', ' ');
        var reason = body == null ? "" : body.path("reason").asText();
        releases.add(new ReleaseEnd(GATEWAY + " " + version, expected, outcome, reason));
        tell("%s %s: %s, %s".formatted(GATEWAY, version, outcome, reason));
        whole("");
    }

    private @org.jspecify.annotations.Nullable JsonNode finished(String rollout) {
        for (long after = -1; ; ) {
            var page = client.events(after, Duration.ZERO);
            for (var entry : page) {
                if (entry.type().startsWith("rollout.finished@")) {
                    var body = read(entry.body());
                    if (body.path("rollout").asText().equals(rollout)) {
                        return body;
                    }
                }
            }
            if (page.isEmpty()) {
                return null;
            }
            after = page.getLast().index();
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException("an entry's body is always JSON", e);
        }
    }

    /// A change in the middle of which the controller is killed, and started again.
    private void releaseWithoutController(String version) throws IOException, InterruptedException {
        var rollout = rolloutOf(client.ask("deploy", asked(version)));
        DemoWorld.until(
                ACT_SECONDS,
                () -> {
                    var change = line(GATEWAY).changing();
                    return change == null || change.index() >= 5;
                });
        var change = line(GATEWAY).changing();
        client.close();
        world.killController();
        tell("the controller is killed at step " + (change == null ? "none" : change.step()));
        client = controller();
        ended(version, "done", rollout);
    }

    private void failure(String service, String signal) throws IOException, InterruptedException {
        var before = line(service).active();
        var from = Instant.now();
        world.signal(before, signal);
        var isBack =
                DemoWorld.until(
                        ACT_SECONDS,
                        () -> !line(service).active().equals(before) && serves(line(service)));
        var after = line(service).active();
        var name = "SIG" + signal + " of the active " + service;
        var detail = isBack ? before + " gave way to " + after : "nobody took over from " + before;
        failures.add(new FailureEnd(name, isBack, detail));
        tell(name + ": " + detail);
        whole(service);
        if (service.equals(GATEWAY)) {
            failovers.add(new Span(from, Instant.now()));
        }
    }

    /// Waits until everything is as approved again, a standby included, so that acts don't run into each other.
    private void whole(String service) {
        DemoWorld.until(
                ACT_SECONDS,
                () ->
                        status().services().stream()
                                .filter(one -> service.isEmpty() || one.name().equals(service))
                                .allMatch(this::isWhole));
    }

    private boolean isWhole(ServiceLine line) {
        var wanted = place.system().service(line.name()).replicas();
        var fit =
                line.instances().stream()
                        .filter(one -> one.version().equals(line.version()))
                        .filter(one -> one.state() == State.ACTIVE || one.state() == State.READY)
                        .count();
        return line.changing() == null && line.mending().isEmpty() && fit >= wanted && serves(line);
    }

    private boolean serves(ServiceLine line) {
        return line.serves(place.system().service(line.name()).singleActive().isPresent());
    }

    private KillEnd kill() throws IOException, InterruptedException {
        DemoWorld.until(10, () -> openOrders() >= RESTING_MIN);
        var resting = openOrders();
        client.close();
        world.killController();
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
        client = controller();
        DemoWorld.until(20, () -> line(GATEWAY).killed());
        return new KillEnd(resting, last, none);
    }

    private DemoReport report(KillEnd kill) throws IOException, InterruptedException {
        var entries = status().ledger().entries();
        var verified = world.pitcrew("ledger", "verify", "--format", "json");
        var audit = world.audit();
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
        return line(GATEWAY).instances().stream()
                .mapToLong(one -> one.openOrders() == null ? 0 : one.openOrders())
                .max()
                .orElse(0);
    }

    private ServiceLine line(String service) {
        return status().services().stream()
                .filter(one -> one.name().equals(service))
                .findFirst()
                .orElseThrow();
    }

    private DeskStatus status() {
        return client.status();
    }

    private long elapsed() {
        return (System.nanoTime() - start) / 1_000_000_000;
    }

    private void tell(String text) {
        say.accept("%3d s  %s".formatted(elapsed(), text));
    }
}
