package dev.pitcrew.runtime.docker;

import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.docker.EngineAnswer.Missing;
import dev.pitcrew.runtime.docker.EngineAnswer.Refused;
import dev.pitcrew.runtime.docker.EngineAnswer.Silent;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.Started;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Makes containers of instances and starts them: one of a name at most, each a new one.
final class Starting {
    private static final Duration CREATE_LIMIT = Duration.ofSeconds(5);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(2);

    private final Engine engine;
    private final Ours ours;
    private final Kernel kernel;
    private final Networks networks;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    Starting(Engine engine, Ours ours, Kernel kernel) {
        this.engine = engine;
        this.ours = ours;
        this.kernel = kernel;
        networks = new Networks(engine, ours.owner());
    }

    Started start(ProcessSpec spec) {
        if (spec.contained().isEmpty()) {
            return new Started.Refused(
                    spec.service() + " names no image, so Docker can't start " + spec.instance());
        }
        var lock = locks.computeIfAbsent(spec.instance(), _ -> new ReentrantLock());
        lock.lock();
        try {
            var taken = takenOver(spec);
            if (taken.isPresent()) {
                return taken.get();
            }
            var deadline = System.nanoTime() + CREATE_LIMIT.toNanos();
            do {
                var tried = tryToStart(spec);
                if (tried.isPresent()) {
                    return tried.get();
                }
            } while (System.nanoTime() < deadline && Waiting.aMoment());
            return refused(spec, "somebody else removes its container again and again");
        } finally {
            lock.unlock();
        }
    }

    /// Empty: things changed meanwhile, so try again.
    private Optional<Started> tryToStart(ProcessSpec spec) {
        return switch (engine.container(ours.owner().name(spec.instance()))) {
            case Missing<Container> _ -> launch(spec);
            case Got<Container>(var one) when !ours.owner().owns(one) ->
                    Optional.of(refused(spec, one.name() + " is not one of Pitcrew's containers"));
            case Got<Container>(var one) when one.state().lives() -> Optional.of(runs(one, true));
            case Got<Container>(var one) -> replace(spec, one);
            case Refused<Container>(_, var what) -> Optional.of(refused(spec, what));
            case Silent<Container>(var why) -> Optional.of(refused(spec, why));
        };
    }

    private Optional<Started> replace(ProcessSpec spec, Container old) {
        // Another controller may be about to start what it made; then the name is its.
        if (isUnstarted(old) && Waiting.until(KILL_LIMIT, () -> !isStillUnstarted(old.id()))) {
            return Optional.empty();
        }
        return remove(old.id()) instanceof Silent<?>(var why)
                ? Optional.of(refused(spec, why))
                : Optional.empty();
    }

    private boolean isStillUnstarted(String id) {
        return engine.container(id) instanceof Got<Container>(var now) && isUnstarted(now);
    }

    /// Made, and perhaps about to be started.
    static boolean isUnstarted(Container one) {
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
                        ours.owner().name(spec.instance()),
                        imageId,
                        ours.owner().labels(spec, UUID.randomUUID().toString()),
                        ours.address(),
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

    /// A name that was given to what was taken over is nobody else's while that lives.
    private Optional<Started> takenOver(ProcessSpec spec) {
        var one = ours.adopted().of(spec.instance());
        if (one.isEmpty()) {
            return Optional.empty();
        }
        return switch (engine.container(one.get().container())) {
            case Got<Container>(var it) when it.state().lives() -> Optional.of(runs(it, true));
            case Got<Container> _, Missing<Container> _ -> {
                ours.forget(spec.instance());
                yield Optional.empty();
            }
            case Refused<Container>(_, var what) -> Optional.of(refused(spec, what));
            case Silent<Container>(var why) -> Optional.of(refused(spec, why));
        };
    }

    private EngineAnswer<String> remove(String id) {
        return remove(engine, id);
    }

    /// With the volumes that only it has.
    static EngineAnswer<String> remove(Engine engine, String id) {
        return engine.call(
                CREATE_LIMIT,
                client -> {
                    client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
                    return id;
                });
    }
}
