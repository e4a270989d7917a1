package dev.pitcrew.runtime;

import dev.pitcrew.model.Environment;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.balancer.BalancerFile;
import dev.pitcrew.runtime.balancer.BalancerMain;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.Processes;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Keeps the built-in balancer running and answering, as a process of its own that outlives us. It comes back with the ports, routes
/// and holds of its file, so its death costs open connections and nothing else. One that lives and does not answer holds every order
/// without saying so, which is worse than its death: it is killed, and begun again.
final class BalancerKeeper implements AutoCloseable {
    /// The balancer's name among the processes.
    static final String NAME = "balancer";

    private static final Duration START_LIMIT = Duration.ofSeconds(15);
    private static final Duration SILENCE_MAX =
            Duration.ofSeconds(3); // above what a busy host delays an answer
    private static final long LOOK_MILLIS = 500;
    private static final long TIMING_MILLIS = 10; // between two looks while it begins again
    private static final long BACK_OFF_MILLIS = 100;
    private static final int BACK_OFF_DOUBLINGS = 8;
    private static final Duration STEADY =
            Duration.ofSeconds(30); // having run so long, its deaths are forgotten

    private final Processes processes;
    private final BooleanSupplier mayAct;
    private final ProcessSpec spec;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("balancer-keeper").factory());
    private int deaths; // touched by the timer's thread alone
    private long startedNanos;
    private long answeredNanos; // and its first moment, before it has answered
    private Duration patience = START_LIMIT;
    private Runnable look = () -> {};
    private Optional<Long> awayNanos = Optional.empty(); // since when; only while it is
    private volatile Optional<Duration> restart = Optional.empty();

    /// @param mayAct whether we are the controller that keeps it
    BalancerKeeper(
            TradingSystem system,
            Environment environment,
            Path dataFolder,
            Path file,
            Processes processes,
            BooleanSupplier mayAct)
            throws IOException {
        this.processes = processes;
        this.mayAct = mayAct;
        prepare(system, file);
        this.spec =
                new ProcessSpec(
                        NAME,
                        NAME,
                        "built-in",
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx96m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BalancerMain.class.getName(),
                                "--kind",
                                Words.of(environment.kind()),
                                "--state",
                                file.toString()),
                        Map.of(),
                        dataFolder,
                        dataFolder.resolve("logs").resolve(NAME + ".log"),
                        Map.of());
    }

    /// Adds the services that the file has not yet; what it knows of the others stays.
    private static void prepare(TradingSystem system, Path file) throws IOException {
        var state = Files.exists(file) ? BalancerFile.read(file) : new BalancerFile(0, Map.of());
        var complete = state;
        for (var service : system.services()) {
            if (service.takesTraffic() && !state.services().containsKey(service.name())) {
                complete = complete.with(service.name(), BalancerFile.Service.closed(0));
            }
        }
        if (!complete.equals(state) || !Files.exists(file)) {
            complete.write(file);
        }
    }

    /// Starts or adopts it, and waits until it answers.
    ///
    /// @throws OperationFailed with `NOT_STARTED` when it does not answer in time
    void start(TradingSystem system, Traffic client) throws InterruptedException {
        timer.execute(this::run);
        var first = system.services().stream().filter(Service::takesTraffic).findFirst();
        if (first.isEmpty()) {
            return; // nobody's orders go through it
        }
        timer.execute(() -> look = () -> look(first.get().name(), client));
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> look.run(), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!(client.state(first.get().name()) instanceof TrafficAnswer.Stands)) {
            if (System.nanoTime() > deadline) {
                throw new OperationFailed(
                        Code.NOT_STARTED, "the balancer does not answer; see " + spec.log(), null);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// It died: begin it again, soon at first and later if it goes on dying.
    void died() {
        if (!timer.isShutdown()) {
            timer.execute(
                    () -> {
                        awayNanos = awayNanos.or(() -> Optional.of(System.nanoTime()));
                        var ran = Duration.ofNanos(System.nanoTime() - startedNanos);
                        deaths =
                                ran.compareTo(STEADY) > 0
                                        ? 1
                                        : Math.min(deaths + 1, BACK_OFF_DOUBLINGS);
                        var delay = deaths == 1 ? 0 : BACK_OFF_MILLIS << (deaths - 2);
                        var _ = timer.schedule(this::run, delay, TimeUnit.MILLISECONDS);
                    });
        }
    }

    /// How long it was away when it last began again: from its death until it answered. Empty while it never did under us.
    Optional<Duration> restart() {
        return restart;
    }

    private void run() {
        if (!mayAct.getAsBoolean()) {
            if (!timer.isShutdown()) {
                var _ = timer.schedule(this::run, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            return;
        }
        startedNanos = System.nanoTime();
        answeredNanos = startedNanos;
        switch (processes.start(spec)) {
            case Started.Runs(_, _, var already) -> {
                patience = already ? SILENCE_MAX : START_LIMIT;
                lookUntilBack();
            }
            case Started.Refused(var why) -> {
                warn("the balancer does not start: {0}", why);
                died();
            }
        }
    }

    private void lookUntilBack() {
        look.run();
        if (awayNanos.isPresent()
                && !timer.isShutdown()
                && processes.state(NAME) instanceof ProcessState.Running) {
            var _ = timer.schedule(this::lookUntilBack, TIMING_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Asks it something, and kills it when it has said nothing for too long. Its death is told to us like any other.
    private void look(String service, Traffic client) {
        if (!mayAct.getAsBoolean() || !(processes.state(NAME) instanceof ProcessState.Running)) {
            return;
        }
        var answer = client.state(service);
        if (!(answer instanceof TrafficAnswer.Unreachable(var why))) {
            answeredNanos = System.nanoTime();
            patience = SILENCE_MAX;
            awayNanos.ifPresent(this::isBack);
        } else if (System.nanoTime() - answeredNanos > patience.toNanos()) {
            warn("the balancer is killed and begun again: {0}", why);
            var end = processes.kill(NAME); // by pid and start time, so never another process
            if (!end.dead()) {
                warn("the balancer can''t be confirmed dead: {0}", end.toString());
            }
            answeredNanos = System.nanoTime();
            patience = START_LIMIT;
        }
    }

    private void isBack(long since) {
        var took = Duration.ofNanos(answeredNanos - since);
        awayNanos = Optional.empty();
        restart = Optional.of(took);
        warn("the balancer died, and answered again after {0} ms", "" + took.toMillis());
    }

    private static void warn(String message, String detail) {
        System.getLogger(BalancerKeeper.class.getName())
                .log(System.Logger.Level.WARNING, message, detail);
    }

    /// Stops keeping, once a start that is underway has come to its end; the balancer goes on.
    @Override
    public void close() {
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.shutdown();
        try {
            var _ = timer.awaitTermination(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }
}
