package dev.pitcrew.deploy;

import dev.pitcrew.model.Fence;
import dev.pitcrew.model.Hook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Probes;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.SingleActive;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Services that differ from those of the simulation in one thing.
public final class Variants {
    private Variants() {}

    static Service fencedBy(Service one, Set<Fence> fences) {
        var single = one.singleActive().orElseThrow();
        var other =
                new SingleActive(
                        fences,
                        single.drain(),
                        single.onFailure(),
                        single.hangLimit(),
                        single.twiceWithin());
        return with(one, one.replicas(), other, one.hooks(), one.probes());
    }

    /// One instance that sends from its start to its death, and that can be told nothing.
    static Service withoutPassiveMode(Service one) {
        var single = one.singleActive().orElseThrow();
        var other =
                new SingleActive(
                        Set.of(Fence.PROCESS),
                        single.drain(),
                        OnFailure.RESTART,
                        single.hangLimit(),
                        single.twiceWithin());
        return with(one, 1, other, Map.of(), one.probes());
    }

    /// It can't be told to stop sending, only to be passive.
    public static Service withoutDrain(Service one) {
        var fewer = new EnumMap<HookName, Hook>(one.hooks());
        fewer.remove(HookName.DRAIN);
        return with(one, one.replicas(), one.singleActive().orElseThrow(), fewer, one.probes());
    }

    /// It is judged while it bakes.
    public static Service judged(Service one, Judging judging) {
        return new Service(
                one.name(),
                one.place(),
                one.role(),
                one.venues(),
                one.command(),
                one.artifact(),
                one.configuration(),
                one.flags(),
                one.replicas(),
                one.ports(),
                one.env(),
                one.secrets(),
                one.resources(),
                one.singleActive(),
                one.probes(),
                one.hooks(),
                one.reconcile(),
                one.rollout().judgedBy(judging),
                one.objectives(),
                one.state(),
                one.versions(),
                one.restarts(),
                one.dependsOn(),
                one.owner(),
                one.container());
    }

    static Service without(Service one, ProbeName probe) {
        var probes = new EnumMap<ProbeName, Probe>(one.probes().byName());
        probes.remove(probe);
        var fewer =
                new Probes(
                        one.probes().every(), one.probes().timeout(), one.probes().limit(), probes);
        return with(one, one.replicas(), one.singleActive().orElseThrow(), one.hooks(), fewer);
    }

    private static Service with(
            Service one,
            int replicas,
            SingleActive single,
            Map<HookName, Hook> hooks,
            Probes probes) {
        return new Service(
                one.name(),
                one.place(),
                one.role(),
                one.venues(),
                one.command(),
                one.artifact(),
                one.configuration(),
                one.flags(),
                replicas,
                one.ports(),
                one.env(),
                one.secrets(),
                one.resources(),
                Optional.of(single),
                probes,
                hooks,
                one.reconcile(),
                one.rollout(),
                one.objectives(),
                one.state(),
                one.versions(),
                one.restarts(),
                one.dependsOn(),
                one.owner(),
                one.container());
    }
}
