package dev.pitcrew.runtime.process;

import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Tells of each process that ends, and keeps the logs short.
final class DeathWatch implements Processes.Watching {
    private static final long DISCOVER_MILLIS = 5000; // what we start ourselves we are told of

    private final Processes processes;
    private final BiConsumer<String, ProcessState> onDeath;
    private final Consumer<DeathWatch> onClose;
    private final Endings endings = Endings.open();
    private final Set<Identity> watched = new HashSet<>(); // as `reported`, under this one's lock
    private final Map<String, Identity> reported = new HashMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("processes-watch").unstarted(this::run);
    // Listing waits for supervisors, and a log takes long to copy: a death must not wait for
    // either.
    private final ScheduledExecutorService chores =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("processes-chores").factory());
    private volatile boolean isClosed;

    DeathWatch(
            Processes processes,
            BiConsumer<String, ProcessState> onDeath,
            Consumer<DeathWatch> onClose) {
        this.processes = processes;
        this.onDeath = onDeath;
        this.onClose = onClose;
        thread.start();
        var _ =
                chores.scheduleWithFixedDelay(
                        this::discover, 0, DISCOVER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Whoever started it, we find it in the registry.
    private void discover() {
        try {
            for (KnownProcess known : processes.known()) {
                if (known.state() instanceof Running(long pid, long ticks, _)) {
                    watch(new Identity(known.instance(), pid, ticks));
                }
                shorten(known);
            }
        } catch (RuntimeException e) {
            System.getLogger(DeathWatch.class.getName())
                    .log(System.Logger.Level.WARNING, "processes can't be listed; trying again", e);
        }
    }

    /// One log that can't be copied, such as on a full disk, must not keep others long.
    private static void shorten(KnownProcess known) {
        try {
            LogRotation.rotate(known.log());
        } catch (IOException e) {
            System.getLogger(DeathWatch.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the log of " + known.instance() + " can't be shortened; trying again",
                            e);
        }
    }

    /// To be watched from now on, however short its life.
    void started(String instance, Started.Runs process) {
        watch(new Identity(instance, process.pid(), process.startTicks()));
    }

    private synchronized void watch(Identity identity) {
        if (isClosed
                || watched.contains(identity)
                || identity.equals(reported.get(identity.instance()))) {
            return;
        }
        try {
            endings.add(identity);
            if (identity.holdsItsPid()) {
                watched.add(identity);
                return;
            }
            endings.remove(identity);
        } catch (IOException _) {
            // So short was its life.
        }
        report(identity);
    }

    private void run() {
        try {
            while (!isClosed) {
                endings.await().forEach(this::ended);
            }
        } catch (InterruptedException _) {
            // Closed.
        } finally {
            endings.close();
        }
    }

    private synchronized void ended(Identity identity) {
        if (watched.remove(identity) && !isClosed) {
            report(identity);
        }
    }

    /// On a thread of its own, because how one ended may take a moment to find out, and the next death must not wait for that.
    private void report(Identity identity) {
        String instance = identity.instance();
        reported.put(instance, identity);
        Thread.ofVirtual().name("death of " + instance).start(() -> tell(instance));
    }

    private void tell(String instance) {
        try {
            onDeath.accept(instance, processes.state(instance));
        } catch (RuntimeException e) { // whoever listens is at fault
            System.getLogger(DeathWatch.class.getName())
                    .log(System.Logger.Level.ERROR, "nobody took the death of " + instance, e);
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        chores.shutdownNow();
        isClosed = true;
        thread.interrupt();
    }
}
