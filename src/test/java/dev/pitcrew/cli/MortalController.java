package dev.pitcrew.cli;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.TestingDeskFile;
import dev.pitcrew.server.Asked;
import dev.pitcrew.server.ControllerFile;
import dev.pitcrew.server.Told;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// `pitcrew server` as a process of its own, which may be killed at any moment, and what two operators ask of it.
final class MortalController implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final Client ann;
    private final Client bob;

    /// Starts it, and waits until it answers.
    MortalController(MortalDesk desk) throws IOException {
        var log = desk.data().controllerLog();
        var builder =
                new ProcessBuilder(
                                Again.command(
                                        List.of("-Xmx160m", "-XX:TieredStopAtLevel=1"),
                                        List.of(
                                                "server",
                                                "--file",
                                                desk.file().toString(),
                                                "--dir",
                                                desk.data().path().toString())))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(Redirect.appendTo(log.toFile()))
                        .redirectErrorStream(true);
        builder.environment().putAll(TestingDeskFile.variables());
        process = builder.start();
        var port = answering(process, desk).port();
        ann = new Client(port, desk.token("ann"));
        bob = new Client(port, desk.token("bob"));
    }

    private static ControllerFile answering(Process process, MortalDesk desk) {
        var file = desk.data().controller();
        try {
            Awaiting.until(
                    "the controller to answer",
                    LIMIT,
                    () -> !process.isAlive() || ControllerFile.read(file).isPresent(),
                    () -> desk.data().controllerLog().toString());
            return ControllerFile.read(file).orElseThrow();
        } catch (AssertionError | NoSuchElementException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// SIGKILL, and nothing else.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    DeskStatus status() {
        return ann.status();
    }

    ServiceLine service(String name) {
        return status().services().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// All that the ledger has after an entry.
    List<Told> events(long after) {
        var all = new ArrayList<Told>();
        for (var page = page(after); !page.isEmpty(); page = page(page.getLast().index())) {
            all.addAll(page);
        }
        return all;
    }

    private List<Told> page(long after) {
        return ann.events(after, Duration.ZERO);
    }

    void deploy(String service, String version) {
        ann.ask("deploy", asked(service, version, null));
    }

    /// The second operator agrees to what waits.
    void approve(String service) {
        var change = Objects.requireNonNull(service(service).changing());
        bob.ask("approve", asked(service, null, change.hash()));
    }

    /// The first operator takes on himself what waits.
    void takeOnOneself(String service) {
        var hash = Objects.requireNonNull(service(service).changing()).hash();
        ann.ask("approve", new Asked(service, null, hash, null, "a test", null, true, false));
    }

    /// The second operator looks at what the first took on himself.
    void reassess(String service, String rollout) {
        bob.ask(
                "reassess",
                new Asked(service, null, null, rollout, "it was right", null, false, false));
    }

    /// Whether the day may begin; when it may not, somebody is called.
    void open(boolean isDeadline) {
        ann.ask(isDeadline ? "open-deadline" : "open", asked(null, null, null));
    }

    void freeze() {
        ann.ask("freeze", asked(null, null, null));
    }

    void thaw() {
        ann.ask("thaw", asked(null, null, null));
    }

    /// It sees who is an operator now.
    void lookAtOperators() {
        ann.ask("operators", asked(null, null, null));
    }

    void abort(String service) {
        ann.ask("abort", asked(service, null, null));
    }

    /// A person has looked.
    void rearm(String service) {
        ann.ask("rearm", asked(service, null, null));
    }

    private static Asked asked(
            @Nullable String service, @Nullable String version, @Nullable String hash) {
        return new Asked(service, version, hash, null, "a test", null, false, false);
    }

    /// Waits until nothing is underway for the service any more: no rollout, no mend.
    void awaitRest(String service) {
        await(
                service + " is at rest",
                () -> {
                    var line = service(service);
                    return line.stuck() != null || isAtRest(line);
                });
    }

    /// Whether nothing is underway for the service, and as many serve as should.
    static boolean isAtRest(ServiceLine line) {
        var serving =
                line.instances().stream()
                        .filter(one -> one.version().equals(line.version()))
                        .filter(
                                one ->
                                        one.state() == DeskStatus.State.ACTIVE
                                                || one.state() == DeskStatus.State.READY)
                        .count();
        return line.changing() == null
                && line.mending().isEmpty()
                && serving >= (line.name().equals("gateway") ? 2 : 1);
    }

    void await(String what, BooleanSupplier condition) {
        Awaiting.until(
                what,
                LIMIT,
                condition,
                () -> process.isAlive() ? status().toString() : "the controller is dead");
    }

    @Override
    public void close() {
        ann.close();
        bob.close();
        process.destroyForcibly();
    }
}
