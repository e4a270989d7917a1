package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.docker.EngineAnswer.Missing;
import dev.pitcrew.runtime.docker.EngineAnswer.Refused;
import dev.pitcrew.runtime.docker.EngineAnswer.Silent;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import dev.pitcrew.runtime.process.ResourceUse;
import dev.pitcrew.runtime.process.Started;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Instances as containers of one Docker engine.
///
/// A container is named after its instance, so the engine itself has at most one of it; what it is, is in its labels, so whoever comes next
/// finds it. While a container's first process is one of this host's, the kernel is asked whether it lives, and not the engine. That it is
/// dead takes the engine's word: one that hangs, that may still do what it was asked to, or whom the kernel contradicts, confirms nothing.
///
/// A container that was made and never started is in doubt, since its start may be under way; to end it is to remove it, and then no start
/// reaches it any more.
public final class DockerProcesses implements Containers {
    private static final Duration CREATE_LIMIT = Duration.ofSeconds(5);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(2);
    private static final Duration WORD_LIMIT = Duration.ofMillis(500);
    private static final Duration AT_ONCE = Duration.ofMillis(250); // a probe waits for it
    private static final long POLL_MILLIS = 10;

    private final Engine engine;
    private final Owner owner;
    private final String address;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, Seen> images = new ConcurrentHashMap<>();
    private final Kernel kernel;
    private final Networks networks;
    private volatile @Nullable List<KnownProcess> listed; // null until the engine has listed them

    /// @param owner whose containers: others are neither listed nor touched
    public DockerProcesses(Engine engine, Owner owner) {
        this(engine, owner, KnownProcess.LOOPBACK);
    }

    /// @param address under which others reach what runs at this engine; ports are published there
    DockerProcesses(Engine engine, Owner owner, String address) {
        this.engine = engine;
        this.owner = owner;
        this.address = address;
        kernel = new Kernel(engine.place().isLocal());
        networks = new Networks(engine, owner);
    }

    @Override
    public Started start(ProcessSpec spec) {
        if (spec.contained().isEmpty()) {
            return new Started.Refused(
                    spec.service() + " names no image, so Docker can't start " + spec.instance());
        }
        var lock = locks.computeIfAbsent(spec.instance(), _ -> new ReentrantLock());
        lock.lock();
        try {
            var deadline = System.nanoTime() + CREATE_LIMIT.toNanos();
            do {
                var tried = tryToStart(spec);
                if (tried.isPresent()) {
                    return tried.get();
                }
            } while (System.nanoTime() < deadline && sleep());
            return refused(spec, "somebody else removes its container again and again");
        } finally {
            lock.unlock();
        }
    }

    /// Empty: things changed meanwhile, so try again.
    private Optional<Started> tryToStart(ProcessSpec spec) {
        return switch (engine.container(owner.name(spec.instance()))) {
            case Missing<Container> _ -> launch(spec);
            case Got<Container>(var one) when !owner.owns(one) ->
                    Optional.of(refused(spec, one.name() + " is not one of Pitcrew's containers"));
            case Got<Container>(var one) when one.state().lives() -> Optional.of(runs(one, true));
            case Got<Container>(var one) -> replace(spec, one);
            case Refused<Container>(_, var what) -> Optional.of(refused(spec, what));
            case Silent<Container>(var why) -> Optional.of(refused(spec, why));
        };
    }

    private Optional<Started> replace(ProcessSpec spec, Container old) {
        // Another controller may be about to start what it made; then the name is its.
        if (isUnstarted(old) && waitFor(KILL_LIMIT, () -> !isStillUnstarted(old.id()))) {
            return Optional.empty();
        }
        return remove(old.id()) instanceof Silent<?>(var why)
                ? Optional.of(refused(spec, why))
                : Optional.empty();
    }

    private boolean isStillUnstarted(String id) {
        return engine.container(id) instanceof Got<Container>(var now) && isUnstarted(now);
    }

    private static boolean isUnstarted(Container one) {
        return one.state().status().equals("created") && one.state().exitCode() == 0;
    }

    private Optional<Started> launch(ProcessSpec spec) {
        var image = spec.contained().orElseThrow().image();
        return switch (engine.image(image)) {
            case Got<Image>(var found) ->
                    networks.objection(spec.contained().orElseThrow())
                            .map(why -> Optional.of(refused(spec, why)))
                            .orElseGet(() -> create(spec, found.id()));
            case Missing<Image> _ ->
                    Optional.of(
                            refused(
                                    spec,
                                    "the engine has no image " + image + "; pull or build it"));
            case Refused<Image>(_, var what) -> Optional.of(refused(spec, what));
            case Silent<Image>(var why) -> Optional.of(refused(spec, why));
        };
    }

    private Optional<Started> create(ProcessSpec spec, String imageId) {
        var creation =
                new Creation(
                        owner.name(spec.instance()),
                        imageId,
                        owner.labels(spec, UUID.randomUUID().toString()),
                        address,
                        spec);
        return switch (engine.call(
                CREATE_LIMIT, client -> creation.command(client).exec().getId())) {
            case Got<String>(var id) -> {
                var missed = networks.join(id, spec.contained().orElseThrow());
                if (missed.isPresent()) {
                    remove(id); // it was never started
                    yield Optional.of(refused(spec, missed.get()));
                }
                yield begin(spec, id);
            }
            case Refused<String>(int status, _) when status == 409 -> Optional.empty();
            case Missing<String>(var what) -> Optional.of(refused(spec, what));
            case Refused<String>(_, var what) -> Optional.of(refused(spec, what));
            case Silent<String>(var why) -> Optional.of(refused(spec, why));
        };
    }

    private Optional<Started> begin(ProcessSpec spec, String id) {
        var begun =
                engine.call(
                        CREATE_LIMIT,
                        client -> {
                            client.startContainerCmd(id).exec();
                            return id;
                        });
        return switch (begun) {
            case Missing<String> _ when engine.container(id) instanceof Missing<Container> ->
                    Optional.empty(); // somebody removed it
            case Missing<String>(var what) -> Optional.of(refused(spec, what));
            case Refused<String>(_, var what) -> Optional.of(refused(spec, what));
            case Silent<String>(var why) -> Optional.of(refused(spec, why));
            case Got<String> _ ->
                    switch (engine.container(id)) {
                        case Got<Container>(var one) -> Optional.of(runs(one, false));
                        case Missing<Container> _ -> Optional.empty();
                        case Refused<Container>(_, var what) -> Optional.of(refused(spec, what));
                        case Silent<Container>(var why) -> Optional.of(refused(spec, why));
                    };
        };
    }

    /// One that is dead already has no pid, and did run.
    private Started runs(Container one, boolean already) {
        return new Started.Runs(one.state().pid(), kernel.ticks(one), already);
    }

    private static Started refused(ProcessSpec spec, String why) {
        return new Started.Refused(spec.instance() + " can't be started: " + why);
    }

    @Override
    public ProcessState state(String instance) {
        return kernel.running(instance)
                .<ProcessState>map(one -> one)
                .orElseGet(() -> asked(instance));
    }

    private ProcessState asked(String instance) {
        var deadline = System.nanoTime() + WORD_LIMIT.toNanos();
        while (true) {
            var state = state(instance, engine.container(owner.name(instance)));
            if (!(state instanceof Running running)
                    || kernel.running(instance).isPresent()
                    || !kernel.isSurelyDead(running)) {
                return state;
            }
            // The kernel says that it is dead, and the engine has not heard of it yet.
            if (System.nanoTime() >= deadline || !sleep()) {
                return new Unknown(instance + " has ended, and the engine does not say so yet");
            }
        }
    }

    private ProcessState state(String instance, EngineAnswer<Container> answer) {
        return switch (answer) {
            case Got<Container>(var one) when !owner.owns(one) ->
                    new Unknown(one.name() + " is not one of Pitcrew's containers");
            case Got<Container>(var one) -> described(instance, one);
            case Missing<Container> _ -> {
                kernel.forget(instance);
                yield new Gone(instance + " was never started here");
            }
            case Refused<Container>(_, var what) -> new Unknown(what);
            case Silent<Container>(var why) -> new Unknown(why);
        };
    }

    private ProcessState described(String instance, Container one) {
        var state = one.state();
        if (state.lives()) {
            return kernel.saw(instance, one);
        }
        kernel.forget(instance);
        if (isUnstarted(one)) {
            return new Unknown(instance + " was made and is not started; kill it to start over");
        }
        if (kernel.hasProcessOf(one.id())) {
            return new Unknown(
                    "%s is %s, the engine says, and a process of it lives"
                            .formatted(instance, state.status()));
        }
        return switch (state.status()) {
            case "created", "exited", "dead" ->
                    new Exited(
                            state.exitCode(),
                            state.finishedAt().or(state::startedAt).orElse(Instant.EPOCH),
                            state.isOutOfMemory()
                                    ? "the kernel ended it at its memory limit"
                                    : state.error());
            default -> new Unknown(instance + " is " + state.status());
        };
    }

    @Override
    public ProcessState stop(String instance, Duration grace) {
        if (engine.container(owner.name(instance)) instanceof Got<Container>(var one)
                && owner.owns(one)
                && one.state().lives()) {
            var signal = one.stopSignal().isEmpty() ? "SIGTERM" : one.stopSignal();
            signal(one.id(), signal);
            var own = one.stopGrace().orElse(Duration.ZERO);
            waitFor(own.compareTo(grace) > 0 ? own : grace, () -> state(instance).dead());
        }
        return kill(instance);
    }

    @Override
    public ProcessState kill(String instance) {
        var deadline = System.nanoTime() + KILL_LIMIT.toNanos();
        while (true) {
            var answer = engine.container(owner.name(instance));
            if (!(answer instanceof Got<Container>(var one)) || !owner.owns(one)) {
                return state(instance, answer);
            }
            if (isUnstarted(one)) {
                remove(one.id()); // then no late start reaches it
            } else if (!one.state().lives()) {
                var state = state(instance, answer);
                if (state.dead()) {
                    return state;
                }
            } else {
                signal(one.id(), "SIGKILL");
            }
            if (System.nanoTime() >= deadline || !sleep()) {
                return new Unknown(
                        instance + " was killed, and the engine does not say that it ended");
            }
        }
    }

    private void signal(String id, String signal) {
        var _ =
                engine.call(
                        KILL_LIMIT,
                        client -> {
                            client.killContainerCmd(id).withSignal(signal).exec();
                            return id;
                        });
    }

    private EngineAnswer<String> remove(String id) {
        return engine.call(
                CREATE_LIMIT,
                client -> {
                    client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
                    return id;
                });
    }

    /// While the engine is silent, those that it listed last: what became of each is then unknown, or what the kernel says.
    @Override
    public List<KnownProcess> known() {
        var answer = engine.containers(owner.labels());
        if (answer instanceof Got<List<String>>(var ids)) {
            var known = new ArrayList<KnownProcess>();
            for (var id : ids) {
                if (engine.container(id) instanceof Got<Container>(var one) && owner.owns(one)) {
                    known.add(known(one));
                }
            }
            known.sort(Comparator.comparing(KnownProcess::instance));
            listed = List.copyOf(known);
            return known;
        }
        var last = listed;
        if (last == null) {
            throw new OperationFailed(Code.UNREACHABLE, answer.why(), null);
        }
        return last.stream().map(this::now).toList();
    }

    private KnownProcess known(Container one) {
        var labels = one.labels();
        var instance = labels.getOrDefault(Owner.INSTANCE, "");
        var argv = new ArrayList<>(one.entrypoint());
        argv.addAll(one.command());
        return new KnownProcess(
                instance,
                labels.getOrDefault(Owner.SERVICE, ""),
                labels.getOrDefault(Owner.VERSION, ""),
                argv,
                Owner.ports(one),
                Path.of(one.id() + "-json.log"), // the engine's own, and its to read
                described(instance, one),
                address);
    }

    private KnownProcess now(KnownProcess last) {
        return new KnownProcess(
                last.instance(),
                last.service(),
                last.version(),
                last.argv(),
                last.ports(),
                last.log(),
                state(last.instance()),
                last.host());
    }

    @Override
    public void forget(String instance) {
        if (engine.container(owner.name(instance)) instanceof Got<Container>(var one)
                && owner.owns(one)
                && described(instance, one).dead()) {
            remove(one.id());
        }
    }

    /// Of a process of this host the engine is asked once, since a container has one image for ever.
    @Override
    public Optional<String> image(String instance) {
        var process = kernel.running(instance).map(one -> new Life(one.pid(), one.startTicks()));
        var last = images.get(instance);
        if (last != null && process.filter(last.life()::equals).isPresent()) {
            return Optional.of(last.image());
        }
        var found = running(instance);
        found.ifPresent(
                one -> {
                    var now = kernel.saw(instance, one);
                    images.put(
                            instance,
                            new Seen(new Life(now.pid(), now.startTicks()), one.imageId()));
                });
        return found.map(Container::imageId);
    }

    @Override
    public Optional<ResourceUse> use(String instance) {
        return state(instance) instanceof Running
                ? kernel.running(instance).flatMap(one -> ResourceUse.of(one.pid()))
                : Optional.empty();
    }

    private record Life(long pid, long ticks) {}

    private record Seen(Life life, String image) {}

    @Override
    public Optional<String> health(String instance) {
        return running(instance)
                .map(one -> one.state().health())
                .filter(health -> !health.isEmpty());
    }

    private Optional<Container> running(String instance) {
        return engine.container(owner.name(instance), AT_ONCE) instanceof Got<Container>(var one)
                        && owner.owns(one)
                        && one.state().lives()
                ? Optional.of(one)
                : Optional.empty();
    }

    @Override
    public List<String> log(String instance, int lines) {
        return engine.log(owner.name(instance), lines).found().orElse(List.of());
    }

    @Override
    public AutoCloseable follow(String instance, Consumer<String> line) {
        return engine.follow(owner.name(instance), line);
    }

    /// Whether the engine says anything at all now.
    boolean answers() {
        return engine.containers(owner.labels()) instanceof Got<?>;
    }

    @Override
    public Watching watch(BiConsumer<String, ProcessState> onDeath) {
        return new ContainerWatch(engine, owner, this, onDeath);
    }

    private static boolean waitFor(Duration limit, BooleanSupplier condition) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline || !sleep()) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

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
