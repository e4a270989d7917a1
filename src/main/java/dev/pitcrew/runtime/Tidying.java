package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.Processes;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What is done again and again beside the loop, on one thread: the spool is taken in, snapshots are kept, and what nobody needs is dropped.
final class Tidying implements AutoCloseable {
    private static final long SPOOL_MILLIS = 500;
    private static final long TIDY_MILLIS = 10_000;

    private final Processes processes;
    private final Optional<DockerRuntime> docker;
    private final Supplier<Desk> desk;
    private final Leadership leadership;
    private final SpoolTaking spool;
    private final PastKeeper pastKeeper;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("controller").factory());

    /// @param processes of all hosts
    /// @param docker empty where instances are processes
    Tidying(
            Processes processes,
            Optional<DockerRuntime> docker,
            Supplier<Desk> desk,
            Leadership leadership,
            SpoolTaking spool,
            PastKeeper pastKeeper) {
        this.processes = processes;
        this.docker = docker;
        this.desk = desk;
        this.leadership = leadership;
        this.spool = spool;
        this.pastKeeper = pastKeeper;
    }

    void start() {
        again(spool::run, 0, SPOOL_MILLIS);
        again(this::tidy, TIDY_MILLIS, TIDY_MILLIS);
        again(pastKeeper::look, 0, TIDY_MILLIS);
    }

    private void again(Runnable task, long firstMillis, long everyMillis) {
        var _ =
                timer.scheduleWithFixedDelay(
                        guarded(task), firstMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) { // else it would never run again
                System.getLogger(Tidying.class.getName())
                        .log(System.Logger.Level.WARNING, "tidying up failed; trying again", e);
            }
        };
    }

    /// Drops what is stored about processes that no roster lists any more: of the dead, and of those that a busy engine made once their start
    /// was given up.
    private void tidy() {
        if (!leadership.holds()) {
            return;
        }
        var now = desk.get();
        processes.known().stream()
                .map(KnownProcess::instance)
                .filter(one -> !one.equals(BalancerKeeper.NAME) && !Residents.isListed(now, one))
                .forEach(processes::forget);
        docker.ifPresent(one -> one.tidy(now));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
