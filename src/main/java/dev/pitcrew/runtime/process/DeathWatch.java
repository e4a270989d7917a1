package dev.pitcrew.runtime.process;

import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Looks at every process that runs each 20 ms, at about one microsecond each, and keeps the logs short.
///
/// It keeps `/proc/PID/statm` open: an open file belongs to that very process, and reading it fails once it is gone,
/// whoever gets the pid next. A zombie has no memory any more, which costs a quarter of asking for its state: the kernel
/// adds up all threads for that.
final class DeathWatch implements Processes.Watching {
    private static final long LOOK_MILLIS = 20;
    private static final long DISCOVER_MILLIS = 5000; // what we start ourselves we are told of

    private final Processes processes;
    private final BiConsumer<String, ProcessState> onDeath;
    private final Consumer<DeathWatch> onClose;
    private final Map<Identity, RandomAccessFile> watched = new HashMap<>();
    private final Map<String, Identity> reported = new HashMap<>();
    private final byte[] buffer = new byte[128];
    private final ScheduledExecutorService thread = daemon("processes-watch");
    // Listing waits for supervisors, and a log takes long to copy: a death must not wait for
    // either.
    private final ScheduledExecutorService chores = daemon("processes-chores");

    /// The instance and which of its processes.
    private record Identity(String instance, long pid, long startTicks) {}

    DeathWatch(
            Processes processes,
            BiConsumer<String, ProcessState> onDeath,
            Consumer<DeathWatch> onClose) {
        this.processes = processes;
        this.onDeath = onDeath;
        this.onClose = onClose;
        var _ =
                chores.scheduleWithFixedDelay(
                        this::discover, 0, DISCOVER_MILLIS, TimeUnit.MILLISECONDS);
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Whoever started it, we find it in the registry.
    private void discover() {
        try {
            for (KnownProcess known : processes.known()) {
                if (known.state() instanceof Running(long pid, long ticks, _)) {
                    tellWatch(new Identity(known.instance(), pid, ticks));
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
        tellWatch(new Identity(instance, process.pid(), process.startTicks()));
    }

    private void tellWatch(Identity identity) {
        try {
            thread.execute(() -> watch(identity));
        } catch (RejectedExecutionException _) {
            // Closed meanwhile: nobody listens.
        }
    }

    private void watch(Identity identity) {
        if (watched.containsKey(identity) || identity.equals(reported.get(identity.instance()))) {
            return;
        }
        try {
            watched.put(
                    identity, new RandomAccessFile(ProcStat.memory(identity.pid()).toFile(), "r"));
            if (!isThatOne(identity)) { // its pid is another's by now, and so is the file
                close(watched.remove(identity));
                report(identity);
            }
        } catch (FileNotFoundException _) { // so short was its life
            report(identity);
        }
    }

    private static boolean isThatOne(Identity identity) {
        return ProcStat.of(identity.pid())
                .filter(now -> now.startTicks() == identity.startTicks())
                .isPresent();
    }

    private void look() {
        Iterator<Map.Entry<Identity, RandomAccessFile>> each = watched.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Identity, RandomAccessFile> entry = each.next();
            if (!lives(entry.getValue())) {
                each.remove();
                close(entry.getValue());
                report(entry.getKey());
            }
        }
    }

    private boolean lives(RandomAccessFile memory) {
        try {
            memory.seek(0);
            return memory.read(buffer) > 0 && buffer[0] != '0';
        } catch (IOException _) { // no such process any more
            return false;
        }
    }

    private void report(Identity identity) {
        String instance = identity.instance();
        reported.put(instance, identity);
        try {
            onDeath.accept(instance, processes.state(instance));
        } catch (RuntimeException e) { // a listener's fault must not end the watch
            System.getLogger(DeathWatch.class.getName())
                    .log(System.Logger.Level.ERROR, "nobody took the death of " + instance, e);
        }
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    private static void close(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException _) {
            // It was only read.
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        chores.shutdownNow();
        thread.execute(
                () -> {
                    watched.values().forEach(DeathWatch::close);
                    watched.clear();
                });
        thread.shutdown();
    }
}
