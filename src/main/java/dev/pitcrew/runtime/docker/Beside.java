package dev.pitcrew.runtime.docker;

import dev.pitcrew.runtime.process.AdoptSpec;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessSpec;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.Processes;
import dev.pitcrew.runtime.process.ResourceUse;
import dev.pitcrew.runtime.process.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Containers, and beside them the one process of this host that Pitcrew itself needs: the built-in balancer.
public final class Beside implements Processes {
    private final Containers containers;
    private final Processes here;
    private final String name;

    /// @param name of the process that is one of this host's
    public Beside(Containers containers, Processes here, String name) {
        this.containers = containers;
        this.here = here;
        this.name = name;
    }

    private Processes of(String instance) {
        return instance.equals(name) ? here : containers;
    }

    /// Those that are containers.
    public Containers containers() {
        return containers;
    }

    @Override
    public Started start(ProcessSpec spec) {
        return of(spec.instance()).start(spec);
    }

    @Override
    public Started adopt(AdoptSpec spec) {
        return containers.adopt(spec);
    }

    @Override
    public ProcessState state(String instance) {
        return of(instance).state(instance);
    }

    @Override
    public ProcessState stop(String instance, Duration grace) {
        return of(instance).stop(instance, grace);
    }

    @Override
    public ProcessState kill(String instance) {
        return of(instance).kill(instance);
    }

    @Override
    public List<KnownProcess> known() {
        var all = new ArrayList<>(containers.known());
        here.known().stream().filter(one -> one.instance().equals(name)).forEach(all::add);
        all.sort(Comparator.comparing(KnownProcess::instance));
        return all;
    }

    @Override
    public Optional<ResourceUse> use(String instance) {
        return of(instance).use(instance);
    }

    @Override
    public void forget(String instance) {
        of(instance).forget(instance);
    }

    @Override
    public Watching watch(BiConsumer<String, ProcessState> onDeath) {
        var ours = here.watch(onDeath);
        var theirs = containers.watch(onDeath);
        return () -> {
            theirs.close();
            ours.close();
        };
    }
}
