package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.Processes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Tells of each container that ends, by the engine's events, and by a look at all of them now and then, since a stream of events breaks
/// without a word.
final class ContainerWatch implements Processes.Watching {
    private static final System.Logger LOG = System.getLogger(ContainerWatch.class.getName());
    private static final long LOOK_MILLIS = 2000;

    private final Engine engine;
    private final Ours ours;
    private final DockerProcesses processes;
    private final BiConsumer<String, ProcessState> onDeath;
    private final Map<String, String> alive = new HashMap<>(); // container by instance
    private final Set<String> told = new HashSet<>(); // containers; those of forgotten ones too
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("containers-watch").factory());
    private @Nullable Events events;
    private volatile boolean isClosed;

    ContainerWatch(
            Engine engine,
            Ours ours,
            DockerProcesses processes,
            BiConsumer<String, ProcessState> onDeath) {
        this.engine = engine;
        this.ours = ours;
        this.processes = processes;
        this.onDeath = onDeath;
        listen();
        look();
        var _ =
                looks.scheduleWithFixedDelay(
                        this::lookAgain, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private final class Events extends ResultCallback.Adapter<Event> {
        private volatile boolean hasEnded;

        @Override
        public void onNext(Event event) {
            var actor = event.getActor();
            var action = event.getAction();
            if (actor == null || action == null || actor.getAttributes() == null) {
                return;
            }
            var id = actor.getId();
            if (id == null) {
                return;
            }
            ours.instance(id, actor.getAttributes())
                    .ifPresent(instance -> told(action, instance, id));
        }

        private void told(String action, String instance, String id) {
            switch (action) {
                case "start" -> started(instance, id);
                case "die" -> died(instance, id);
                case "oom" ->
                        LOG.log(Level.WARNING, instance + " is at its memory limit (" + id + ")");
                case "health_status: unhealthy" ->
                        LOG.log(Level.WARNING, instance + " is unhealthy by its own check");
                default -> {}
            }
        }

        @Override
        public void onError(Throwable cause) {
            hasEnded = true; // it is opened again at the next look
        }

        @Override
        public void onComplete() {
            hasEnded = true;
        }
    }

    private void lookAgain() {
        try {
            var current = events;
            if (current == null || current.hasEnded) {
                listen();
            }
            look();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "containers can't be looked at; trying again", e);
        }
    }

    private void listen() {
        var answer =
                engine.call(
                        Engine.READ_LIMIT,
                        client ->
                                client.eventsCmd()
                                        .withEventFilter("start", "die", "oom", "health_status")
                                        .exec(new Events()));
        events = answer instanceof Got<Events>(var open) ? open : null;
    }

    /// What the events may have missed.
    private void look() {
        if (!(ours.ids(engine) instanceof Got<?>)) {
            return; // nothing is confirmed
        }
        for (KnownProcess one : processes.known()) {
            var id = one.log().toString();
            if (one.state() instanceof Running) {
                started(one.instance(), id.substring(0, id.indexOf('-')));
            }
        }
        Map<String, String> before;
        synchronized (this) {
            before = Map.copyOf(alive);
        }
        before.forEach(
                (instance, id) -> {
                    if (processes.state(instance).dead()) {
                        died(instance, id);
                    }
                });
    }

    private synchronized void started(String instance, String id) {
        if (!told.contains(id)) {
            alive.put(instance, id);
        }
    }

    private void died(String instance, String id) {
        synchronized (this) {
            alive.remove(instance, id);
            if (isClosed || !told.add(id)) {
                return;
            }
        }
        // On a thread of its own: how it ended takes a moment to find out.
        Thread.ofVirtual().name("death of " + instance).start(() -> tell(instance));
    }

    private void tell(String instance) {
        try {
            var state = processes.state(instance);
            if (!(state instanceof Running)) { // else it was started again meanwhile
                onDeath.accept(instance, state);
            }
        } catch (RuntimeException e) { // whoever listens is at fault
            LOG.log(Level.ERROR, "nobody took the death of " + instance, e);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        looks.shutdownNow();
        var current = events;
        if (current != null) {
            try {
                current.close();
            } catch (IOException _) { // it has ended already
            }
        }
    }
}
