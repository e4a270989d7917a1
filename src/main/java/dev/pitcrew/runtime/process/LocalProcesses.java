package dev.pitcrew.runtime.process;

import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import dev.pitcrew.runtime.process.Registry.Entry;
import dev.pitcrew.runtime.process.Registry.Exit;
import dev.pitcrew.runtime.process.Registry.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Processes on this machine. Needs Linux with a shell, `setsid` and `flock` (util-linux).
///
/// Each process runs under `supervise.sh`, a tiny shell in a session of its own, which writes down the pid and the start
/// time before the program's first instruction, and the exit code after its last. A process is known by pid *and* start
/// time, so a pid that was reused is never mistaken for it. Output is appended to a file, and the file is copied and
/// cut when it grows too long (while somebody [watches][#watch]); what is written between copy and cut is lost.
///
/// Killing reaches all processes of the session and all that inherited the launch's mark in their environment. A
/// descendant that left the session *and* cleaned its environment escapes; only a control group would hold it.
public final class LocalProcesses implements Processes {
    private static final Duration START_LIMIT = Duration.ofSeconds(5);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(2);
    private static final Duration SUPERVISOR_LIMIT = Duration.ofMillis(500);
    private static final long POLL_MILLIS = 2;
    private static final String MARK = "PITCREW_LAUNCH";
    private static final int NAME_IS_TAKEN = 75;

    private final Registry registry;
    private final String boot;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, Running> seen = new ConcurrentHashMap<>();
    private final List<DeathWatch> watches = new CopyOnWriteArrayList<>();

    /// @param folder where the registry is kept; made if missing, and shared by all who operate these processes
    /// @throws IOException when the folder can't be written
    public LocalProcesses(Path folder) throws IOException {
        this(Registry.forStarts(folder));
    }

    private LocalProcesses(Registry registry) throws IOException {
        this.registry = registry;
        boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
    }

    /// Processes that were started by somebody else, to look at and to kill: nothing is written, so it works with a full
    /// disk and where the folder is read-only.
    ///
    /// @throws IOException when this host can't be asked about processes
    public static LocalProcesses startedBefore(Path folder) throws IOException {
        return new LocalProcesses(new Registry(folder));
    }

    @Override
    public Started start(ProcessSpec spec) {
        ReentrantLock lock = locks.computeIfAbsent(spec.instance(), _ -> new ReentrantLock());
        lock.lock();
        try {
            return switch (state(spec.instance())) {
                case Running running -> new Started.Runs(running.pid(), running.startTicks(), true);
                case Unknown unknown -> new Started.Refused(unknown.why());
                case Exited _, Gone _ -> launch(spec);
            };
        } catch (IOException e) {
            return new Started.Refused(spec.instance() + " can't be started: " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private Started launch(ProcessSpec spec) throws IOException {
        Path log = spec.log().toAbsolutePath();
        Entry entry =
                new Entry(
                        UUID.randomUUID().toString(),
                        spec.instance(),
                        spec.service(),
                        spec.version(),
                        spec.argv(),
                        spec.ports(),
                        log.toString());
        Files.createDirectories(spec.folder());
        Files.createDirectories(log.getParent());
        registry.propose(entry);
        try {
            return await(entry, supervise(entry, spec, log));
        } finally {
            registry.withdraw(entry);
        }
    }

    private Process supervise(Entry entry, ProcessSpec spec, Path log) throws IOException {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                "setsid",
                                "sh",
                                registry.supervisor().toString(),
                                registry.folder().toString(),
                                entry.instance(),
                                entry.launch(),
                                log.toString()));
        argv.addAll(spec.argv());
        ProcessBuilder builder = new ProcessBuilder(argv).directory(spec.folder().toFile());
        OwnEnvironment.strip(builder);
        builder.environment().putAll(spec.environment());
        builder.environment().put(MARK, entry.launch());
        return builder.redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
    }

    private Started await(Entry entry, Process supervisor) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            boolean ended = !supervisor.isAlive(); // asked first: what it wrote is there afterwards
            Optional<Run> run = registry.run(entry);
            if (run.isPresent()) {
                Started.Runs runs =
                        new Started.Runs(run.get().pid(), run.get().startTicks(), false);
                watches.forEach(watch -> watch.started(entry.instance(), runs));
                return runs;
            }
            if (ended) {
                return withoutUs(entry.instance(), supervisor.exitValue(), entry.log());
            }
            sleep();
        }
        return new Started.Refused(
                entry.instance() + " did not start in " + START_LIMIT + "; kill it and try again");
    }

    private Started withoutUs(String instance, int code, String log) {
        if (code != NAME_IS_TAKEN) {
            return new Started.Refused(
                    instance
                            + " was not started, its supervisor ended with "
                            + code
                            + "; see "
                            + log);
        }
        return state(instance) instanceof Running(long pid, long ticks, _)
                ? new Started.Runs(pid, ticks, true)
                : new Started.Refused(
                        instance + " left processes behind that still live; kill it first");
    }

    /// While the process that was seen last lives, it is the instance's: its lock keeps every other from that name. So the registry is only
    /// read when it doesn't.
    @Override
    public ProcessState state(String instance) {
        Running last = seen.get(instance);
        if (last != null) {
            Optional<ProcStat> process = process(last.pid(), last.startTicks());
            if (process.isPresent()) {
                return new Running(last.pid(), last.startTicks(), process.get().stopped());
            }
            seen.remove(instance, last);
        }
        try {
            Optional<Entry> entry = registry.entry(instance);
            ProcessState found =
                    entry.isEmpty()
                            ? new Gone(instance + " was never started here")
                            : state(entry.get());
            if (found instanceof Running running) {
                seen.put(instance, running);
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            return new Unknown(instance + " can't be looked at: " + e.getMessage());
        }
    }

    @Override
    public Optional<ResourceUse> use(String instance) {
        return state(instance) instanceof Running running
                ? ResourceUse.of(running.pid())
                : Optional.empty();
    }

    private ProcessState state(Entry entry) throws IOException {
        Optional<Run> found = registry.run(entry);
        if (found.isEmpty()) {
            return isLocked(entry.instance())
                    ? new Unknown(entry.instance() + " is starting")
                    : new Gone("the start of " + entry.instance() + " was cut short");
        }
        Run run = found.get();
        if (run.boot().equals(boot)) {
            Optional<ProcStat> process = process(run.pid(), run.startTicks());
            if (process.isPresent()) {
                return new Running(run.pid(), run.startTicks(), process.get().stopped());
            }
            // It is dead, and its supervisor is about to write the code, which takes a moment.
            waitFor(
                    SUPERVISOR_LIMIT,
                    () -> process(run.supervisorPid(), run.supervisorTicks()).isEmpty());
        }
        Optional<Exit> exit = registry.exit(entry);
        return exit.isPresent()
                ? new Exited(exit.get().code(), exit.get().at())
                : new Gone(entry.instance() + " ended, and nobody was there to see how");
    }

    /// The very process, if it lives; not another one that got its pid.
    private static Optional<ProcStat> process(long pid, long startTicks) {
        return ProcStat.of(pid)
                .filter(ProcStat::alive)
                .filter(stat -> stat.startTicks() == startTicks);
    }

    private boolean isLocked(String instance) throws IOException {
        Process probe =
                new ProcessBuilder("flock", "-n", registry.lock(instance).toString(), "true")
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
        try {
            return !probe.waitFor(1, TimeUnit.SECONDS) || probe.exitValue() != 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public ProcessState stop(String instance, Duration grace) {
        if (state(instance) instanceof Running(long pid, long ticks, _)) {
            signal(pid, ticks, ProcessHandle::destroy);
            waitFor(grace, () -> process(pid, ticks).isEmpty());
        }
        return kill(instance); // what it started may have outlived it
    }

    @Override
    public ProcessState kill(String instance) {
        try {
            Optional<Entry> entry = registry.entry(instance);
            if (entry.isEmpty()) {
                return new Gone(instance + " was never started here");
            }
            Optional<Run> run = registry.run(entry.get());
            boolean confirmed = killAll(entry.get(), run);
            return confirmed
                    ? state(entry.get())
                    : new Unknown(instance + " was killed, and some of it still lives");
        } catch (IOException | UncheckedIOException e) {
            return new Unknown(instance + " can't be killed: " + e.getMessage());
        }
    }

    private boolean killAll(Entry entry, Optional<Run> run) {
        long supervisor = run.map(Run::supervisorPid).orElse(-1L);
        // In rounds, because what we kill may be forking. The supervisor goes last: it writes down
        // how it ended.
        boolean dead =
                waitFor(
                        KILL_LIMIT,
                        () -> {
                            List<ProcStat> members = members(entry, run, supervisor);
                            members.forEach(LocalProcesses::kill);
                            return members.isEmpty();
                        });
        run.filter(r -> r.boot().equals(boot))
                .ifPresent(
                        r -> {
                            BooleanSupplier gone =
                                    () -> process(r.supervisorPid(), r.supervisorTicks()).isEmpty();
                            if (!waitFor(SUPERVISOR_LIMIT, gone)) { // it is stopped, too
                                process(r.supervisorPid(), r.supervisorTicks())
                                        .ifPresent(LocalProcesses::kill);
                                waitFor(SUPERVISOR_LIMIT, gone);
                            }
                        });
        return dead;
    }

    private List<ProcStat> members(Entry entry, Optional<Run> run, long supervisor) {
        // The session's number is the supervisor's pid, which is ours for as long as one of the two
        // lives.
        boolean sessionIsOurs =
                run.isPresent()
                        && run.get().boot().equals(boot)
                        && (process(run.get().supervisorPid(), run.get().supervisorTicks())
                                        .isPresent()
                                || process(run.get().pid(), run.get().startTicks()).isPresent());
        String mark = MARK + "=" + entry.launch();
        long main = run.map(Run::pid).orElse(-1L);
        return ProcStat.all(
                stat ->
                        stat.pid() != supervisor
                                // The supervisor's other children help it to write down how the
                                // program ended.
                                && (stat.parent() != supervisor || stat.pid() == main)
                                && ((sessionIsOurs && stat.session() == supervisor)
                                        || stat.startedWith(mark)));
    }

    private static void kill(ProcStat stat) {
        signal(stat.pid(), stat.startTicks(), ProcessHandle::destroyForcibly);
    }

    private static void signal(long pid, long startTicks, Consumer<ProcessHandle> signal) {
        // The handle remembers the start time; once it is ours, no later process of that pid can be
        // hit through it.
        ProcessHandle.of(pid).filter(_ -> process(pid, startTicks).isPresent()).ifPresent(signal);
    }

    @Override
    public List<KnownProcess> known() {
        try {
            List<KnownProcess> known = new ArrayList<>();
            for (String instance : registry.instances()) {
                known(instance).ifPresent(known::add);
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException("the registry of processes can't be read", e);
        }
    }

    private Optional<KnownProcess> known(String instance) {
        try {
            return registry.entry(instance)
                    .map(
                            entry ->
                                    new KnownProcess(
                                            instance,
                                            entry.service(),
                                            entry.version(),
                                            entry.argv(),
                                            entry.ports(),
                                            Path.of(entry.log()),
                                            state(instance),
                                            KnownProcess.LOOPBACK));
        } catch (IOException e) { // one that can't be read must not hide the others
            return Optional.of(KnownProcess.unreadable(instance, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void forget(String instance) {
        if (state(instance).dead()) {
            try {
                registry.drop(instance);
            } catch (IOException e) {
                throw new UncheckedIOException(instance + " can't be forgotten", e);
            }
        }
    }

    @Override
    public Watching watch(BiConsumer<String, ProcessState> onDeath) {
        DeathWatch watch = new DeathWatch(this, onDeath, watches::remove);
        watches.add(watch);
        return watch;
    }

    private static boolean waitFor(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline || !sleep()) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /// The kernel tells nobody but the parent, and that is the supervisor; so we look again soon.
    private static boolean sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
