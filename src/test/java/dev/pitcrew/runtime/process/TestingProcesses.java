package dev.pitcrew.runtime.process;

import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Processes that exist only here, on the time given. Nothing blocks and no thread is started: deaths happen, and are
/// told, in [#tick] and in the calls that cause them. Only a look that is made to [stall][#stallOver] blocks.
///
/// Faults: a start that is [refused][#refuseStart], a host that is [cut off][#cutOff] so that every answer is unknown, a
/// process that [dies][#die], [freezes][#freeze] or [can't be killed][#makeImmortal].
public final class TestingProcesses implements Processes {
    private final InstantSource clock;
    private final Function<ProcessSpec, Program> programs;
    private final Map<String, Life> lives = new TreeMap<>();
    private final List<BiConsumer<String, ProcessState>> watchers = new ArrayList<>();
    private final Set<String> refusing = new HashSet<>();
    private final Set<String> immortal = new HashSet<>();
    private final Map<String, CountDownLatch> stalling = new ConcurrentHashMap<>();
    private boolean cutOff;
    private long lastPid = 100;

    /// How a program behaves.
    ///
    /// @param endsAfter how long it runs by itself; empty for ever
    /// @param code the exit code then
    /// @param obeys whether it ends with 0 when asked to
    public record Program(Optional<Duration> endsAfter, int code, boolean obeys) {
        /// Runs until it is told to end.
        public static Program service() {
            return new Program(Optional.empty(), 0, true);
        }
    }

    private record Life(ProcessSpec spec, Program program, Instant from, ProcessState state) {
        Life become(ProcessState next) {
            return new Life(spec, program, from, next);
        }
    }

    public TestingProcesses(InstantSource clock, Function<ProcessSpec, Program> programs) {
        this.clock = clock;
        this.programs = programs;
    }

    /// Lets programs end whose time is up.
    public void tick() {
        for (Map.Entry<String, Life> each : Map.copyOf(lives).entrySet()) {
            Life life = each.getValue();
            Optional<Instant> end = life.program().endsAfter().map(life.from()::plus);
            if (!life.state().dead() && end.isPresent() && !clock.instant().isBefore(end.get())) {
                end(each.getKey(), life.program().code());
            }
        }
    }

    /// The process ends now, by itself.
    public void die(String instance, int code) {
        if (lives.containsKey(instance) && !life(instance).state().dead()) {
            end(instance, code);
        }
    }

    public void freeze(String instance) {
        Life life = life(instance);
        if (life.state() instanceof Running(long pid, long ticks, _)) {
            lives.put(instance, life.become(new Running(pid, ticks, true)));
        }
    }

    /// It goes on, as after SIGCONT.
    public void thaw(String instance) {
        Life life = life(instance);
        if (life.state() instanceof Running(long pid, long ticks, _)) {
            lives.put(instance, life.become(new Running(pid, ticks, false)));
        }
    }

    /// The next start of this instance fails, once.
    public void refuseStart(String instance) {
        refusing.add(instance);
    }

    /// Neither a stop nor a kill ends it from now on.
    public void makeImmortal(String instance) {
        immortal.add(instance);
    }

    /// Whoever looks at the state of this instance waits until the latch is open.
    public void stallOver(String instance, CountDownLatch until) {
        stalling.put(instance, until);
    }

    /// While cut off nothing can be told and nothing can be done.
    public void cutOff(boolean now) {
        cutOff = now;
    }

    private Life life(String instance) {
        return Objects.requireNonNull(lives.get(instance), instance);
    }

    private void end(String instance, int code) {
        ProcessState end = new Exited(code, clock.instant());
        lives.put(instance, life(instance).become(end));
        List.copyOf(watchers).forEach(watcher -> watcher.accept(instance, end));
    }

    @Override
    public Started start(ProcessSpec spec) {
        String instance = spec.instance();
        if (cutOff || refusing.remove(instance)) {
            return new Started.Refused(instance + " can't be started: a fault of the test");
        }
        if (state(instance) instanceof Running(long pid, long ticks, _)) {
            return new Started.Runs(pid, ticks, true);
        }
        long pid = ++lastPid;
        long ticks = clock.instant().toEpochMilli() / 10;
        Running running = new Running(pid, ticks, false);
        lives.put(instance, new Life(spec, programs.apply(spec), clock.instant(), running));
        return new Started.Runs(pid, ticks, false);
    }

    @Override
    public ProcessState state(String instance) {
        stall(instance);
        if (cutOff) {
            return new Unknown("the host of " + instance + " is cut off");
        }
        return lives.containsKey(instance)
                ? life(instance).state()
                : new Gone(instance + " was never started here");
    }

    private void stall(String instance) {
        var latch = stalling.get(instance);
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public ProcessState stop(String instance, Duration grace) {
        if (state(instance) instanceof Running(_, _, boolean stopped)
                && !stopped
                && !immortal.contains(instance)
                && life(instance).program().obeys()) {
            end(instance, 0);
        }
        return kill(instance);
    }

    @Override
    public ProcessState kill(String instance) {
        if (state(instance) instanceof Running && !immortal.contains(instance)) {
            end(instance, 137);
        }
        return state(instance);
    }

    @Override
    public List<KnownProcess> known() {
        return lives.values().stream()
                .map(
                        life ->
                                new KnownProcess(
                                        life.spec().instance(),
                                        life.spec().service(),
                                        life.spec().version(),
                                        life.spec().argv(),
                                        life.spec().ports(),
                                        life.spec().log(),
                                        state(life.spec().instance()),
                                        KnownProcess.LOOPBACK))
                .toList();
    }

    @Override
    public void forget(String instance) {
        if (state(instance).dead()) {
            lives.remove(instance);
        }
    }

    @Override
    public Watching watch(BiConsumer<String, ProcessState> onDeath) {
        watchers.add(onDeath);
        return () -> watchers.remove(onDeath);
    }
}
