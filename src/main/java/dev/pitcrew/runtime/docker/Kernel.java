package dev.pitcrew.runtime.docker;

import dev.pitcrew.runtime.process.ProcStat;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which containers' first processes are processes of this host, by pid and start time, as its kernel says: an engine in a virtual machine
/// has pids that mean nothing here.
final class Kernel {
    private static final Path PROC = Path.of("/proc");

    private final boolean mayBeLocal;
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private volatile boolean isLocal; // one of its containers was found here

    private record Seen(long pid, long ticks, boolean isPaused) {}

    /// @param mayBeLocal whether the engine may run on this host
    Kernel(boolean mayBeLocal) {
        this.mayBeLocal = mayBeLocal;
    }

    /// The instance's process, if it was seen before and lives; takes microseconds.
    Optional<Running> running(String instance) {
        var last = seen.get(instance);
        if (last == null) {
            return Optional.empty();
        }
        var now =
                ProcStat.of(last.pid())
                        .filter(ProcStat::alive)
                        .filter(one -> one.startTicks() == last.ticks());
        if (now.isEmpty()) {
            seen.remove(instance, last);
        }
        return now.map(
                one -> new Running(last.pid(), last.ticks(), one.stopped() || last.isPaused()));
    }

    /// The engine says that it runs.
    Running saw(String instance, Container one) {
        var pid = one.state().pid();
        var isPaused = one.state().status().equals("paused");
        var here = here(one);
        here.ifPresent(stat -> seen.put(instance, new Seen(pid, stat.startTicks(), isPaused)));
        return new Running(
                pid,
                here.map(ProcStat::startTicks).orElseGet(() -> started(one)),
                isPaused || here.map(ProcStat::stopped).orElse(false));
    }

    /// Whether its pid, from an engine on this host, is nobody's by now.
    boolean isSurelyDead(Running running) {
        return isLocal && ProcStat.of(running.pid()).filter(ProcStat::alive).isEmpty();
    }

    /// What with the pid names one process: clock ticks since boot, or milliseconds since 1970 where the kernel is another.
    long ticks(Container one) {
        return here(one).map(ProcStat::startTicks).orElseGet(() -> started(one));
    }

    /// Whether a process of the container lives on this host, whatever the engine says of it. Looks at all of the host's, so it is remembered of
    /// one that has none: a container never runs again.
    boolean hasProcessOf(String id) {
        if (!mayBeLocal || ended.contains(id)) {
            return false;
        }
        try (var processes = Files.list(PROC)) {
            var lives =
                    processes
                            .map(path -> path.getFileName().toString())
                            .filter(name -> Character.isDigit(name.charAt(0)))
                            .anyMatch(pid -> isOf(pid, id));
            if (!lives) {
                ended.add(id);
            }
            return lives;
        } catch (IOException e) {
            throw new UncheckedIOException("/proc can't be listed", e);
        }
    }

    private static boolean isOf(String pid, String id) {
        try {
            return Files.readString(PROC.resolve(pid).resolve("cgroup")).contains(id)
                    && ProcStat.of(Long.parseLong(pid)).filter(ProcStat::alive).isPresent();
        } catch (IOException _) { // it has ended
            return false;
        }
    }

    void forget(String instance) {
        seen.remove(instance);
    }

    private Optional<ProcStat> here(Container one) {
        if (!mayBeLocal || one.state().pid() == 0) {
            return Optional.empty();
        }
        try {
            var groups = PROC.resolve(Long.toString(one.state().pid())).resolve("cgroup");
            if (!Files.readString(groups).contains(one.id())) {
                return Optional.empty();
            }
        } catch (IOException _) { // it has ended
            return Optional.empty();
        }
        isLocal = true;
        return ProcStat.of(one.state().pid()).filter(ProcStat::alive);
    }

    private static long started(Container one) {
        return one.state().startedAt().map(at -> at.toEpochMilli()).orElse(0L);
    }
}
