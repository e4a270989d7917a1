package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.docker.EngineAnswer.Missing;
import dev.pitcrew.runtime.docker.EngineAnswer.Refused;
import dev.pitcrew.runtime.docker.EngineAnswer.Silent;
import dev.pitcrew.runtime.process.AdoptSpec;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.ProcessState.Exited;
import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import dev.pitcrew.runtime.process.ResourceUse;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
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
    private static final Duration KILL_LIMIT = Duration.ofSeconds(2);
    private static final Duration WORD_LIMIT = Duration.ofMillis(500);
    private static final Duration AT_ONCE = Duration.ofMillis(250); // a probe waits for it

    private final Engine engine;
    private final Ours ours;
    private final Map<String, Seen> images = new ConcurrentHashMap<>();
    private final Kernel kernel;
    private final Starting starting;
    private final Adopting adopting;
    private volatile @Nullable List<KnownProcess> listed; // null until the engine has listed them

    /// Of an owner who takes none over.
    ///
    /// @param owner whose containers: others are neither listed nor touched
    public DockerProcesses(Engine engine, Owner owner) {
        this(engine, new Ours(owner, AdoptedFile.none(), KnownProcess.LOOPBACK));
    }

    /// @param address under which others reach what runs at this engine; ports are published there
    /// @param adopted the file in which those stand that were taken over there
    /// @throws IOException when that can't be read
    DockerProcesses(Engine engine, Owner owner, String address, Path adopted) throws IOException {
        this(engine, new Ours(owner, AdoptedFile.at(adopted), address));
    }

    /// @param adopted the file in which those stand that were started by somebody else and taken over
    /// @throws IOException when that can't be read
    public DockerProcesses(Engine engine, Owner owner, Path adopted) throws IOException {
        this(engine, new Ours(owner, AdoptedFile.at(adopted), KnownProcess.LOOPBACK));
    }

    private DockerProcesses(Engine engine, Ours ours) {
        this.engine = engine;
        this.ours = ours;
        kernel = new Kernel(engine.place().isLocal());
        starting = new Starting(engine, ours, kernel);
        adopting = new Adopting(engine, ours, kernel);
    }

    @Override
    public Started start(ProcessSpec spec) {
        return starting.start(spec);
    }

    @Override
    public Started adopt(AdoptSpec spec) {
        return adopting.adopt(spec);
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
            var state = state(instance, engine.container(ours.reference(instance)));
            if (!(state instanceof Running running)
                    || kernel.running(instance).isPresent()
                    || !kernel.isSurelyDead(running)) {
                return state;
            }
            // The kernel says that it is dead, and the engine has not heard of it yet.
            if (System.nanoTime() >= deadline || !Waiting.aMoment()) {
                return new Unknown(instance + " has ended, and the engine does not say so yet");
            }
        }
    }

    private ProcessState state(String instance, EngineAnswer<Container> answer) {
        return switch (answer) {
            case Got<Container>(var one) when !ours.owns(one) ->
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
        if (Starting.isUnstarted(one)) {
            return new Unknown(instance + " was made and is not started; kill it to start over");
        }
        if (kernel.hasProcessOf(one.id())) {
            return new Unknown(
                    "%s is %s, the engine says, and a process of it lives"
                            .formatted(instance, state.status()));
        }
        return state.isOver()
                ? new Exited(
                        state.exitCode(),
                        state.finishedAt().or(state::startedAt).orElse(Instant.EPOCH),
                        state.isOutOfMemory()
                                ? "the kernel ended it at its memory limit"
                                : state.error())
                : new Unknown(instance + " is " + state.status());
    }

    @Override
    public ProcessState stop(String instance, Duration grace) {
        if (engine.container(ours.reference(instance)) instanceof Got<Container>(var one)
                && ours.owns(one)
                && one.state().lives()) {
            var signal = one.stopSignal().isEmpty() ? "SIGTERM" : one.stopSignal();
            signal(one.id(), signal);
            var own = one.stopGrace().orElse(Duration.ZERO);
            Waiting.until(own.compareTo(grace) > 0 ? own : grace, () -> state(instance).dead());
        }
        return kill(instance);
    }

    @Override
    public ProcessState kill(String instance) {
        var deadline = System.nanoTime() + KILL_LIMIT.toNanos();
        while (true) {
            var answer = engine.container(ours.reference(instance));
            if (!(answer instanceof Got<Container>(var one)) || !ours.owns(one)) {
                return state(instance, answer);
            }
            if (Starting.isUnstarted(one)) {
                Starting.remove(engine, one.id()); // then no late start reaches it
            } else if (!one.state().lives()) {
                var state = state(instance, answer);
                if (state.dead()) {
                    return state;
                }
            } else {
                signal(one.id(), "SIGKILL");
            }
            if (System.nanoTime() >= deadline || !Waiting.aMoment()) {
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

    /// While the engine is silent, those that it listed last: what became of each is then unknown, or what the kernel says.
    @Override
    public List<KnownProcess> known() {
        var answer = ours.ids(engine);
        if (answer instanceof Got<List<String>>(var ids)) {
            var known = new ArrayList<KnownProcess>();
            for (var id : ids) {
                if (engine.container(id) instanceof Got<Container>(var one) && ours.owns(one)) {
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
        var it = ours.identity(one);
        var argv = new ArrayList<>(one.entrypoint());
        argv.addAll(one.command());
        return new KnownProcess(
                it.instance(),
                it.service(),
                it.version(),
                argv,
                it.ports(),
                Path.of(one.id() + "-json.log"), // the engine's own, and its to read
                described(it.instance(), one),
                it.host());
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
        if (engine.container(ours.reference(instance)) instanceof Got<Container>(var one)
                && ours.owns(one)
                && (described(instance, one).dead() || Starting.isUnstarted(one))) {
            if (ours.owner().owns(one)) {
                Starting.remove(engine, one.id());
            } else {
                ours.forget(instance); // what somebody else started is his to remove
            }
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
        return engine.container(ours.reference(instance), AT_ONCE)
                                instanceof Got<Container>(var one)
                        && ours.owns(one)
                        && one.state().lives()
                ? Optional.of(one)
                : Optional.empty();
    }

    @Override
    public List<String> log(String instance, int lines) {
        return engine.log(ours.reference(instance), lines).found().orElse(List.of());
    }

    @Override
    public AutoCloseable follow(String instance, Consumer<String> line) {
        return engine.follow(ours.reference(instance), line);
    }

    /// A container, whosever it is; empty when the engine has none of that id, or is silent.
    Optional<Container> described(String id) {
        return engine.container(id).found();
    }

    /// Whether the engine says anything at all now.
    boolean answers() {
        return ours.ids(engine) instanceof Got<?>;
    }

    @Override
    public Watching watch(BiConsumer<String, ProcessState> onDeath) {
        return new ContainerWatch(engine, ours, this, onDeath);
    }
}
