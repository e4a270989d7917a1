package dev.pitcrew.deploy;

import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Strategies, ways back and recoveries, each a list of steps. A step that a service has no use for is left out, so that a plan shows what will really be done.
public final class Strategies {
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Service service;
    private final List<Step> steps = new ArrayList<>();

    private Strategies(Service service) {
        this.service = service;
    }

    /// Exactly one active: the new one starts passive and warms, the old one drains and is deactivated, confirmed, and the new one is activated with a newer token.
    ///
    /// @param isFirst whether nothing runs yet, so that nobody has to give up its place
    public static List<Step> handoff(Service service, List<Gate> gates, boolean isFirst) {
        var plan = new Strategies(service).check(gates).start().warm();
        if (!isFirst) {
            plan.check(gates).hold().drain().deactivate().fence();
        }
        return plan.activate().reconcile().route(false).bake(isFirst).steps;
    }

    /// Never two: the old one ends before the new one starts.
    ///
    /// @param isFirst whether nothing runs yet, so that nobody has to end
    public static List<Step> stopStart(Service service, List<Gate> gates, boolean isFirst) {
        var plan = new Strategies(service).check(gates);
        if (!isFirst) {
            plan.hold().drain().deactivate().stop().fence();
        }
        return plan.start().warm().activate().reconcile().route(false).bake(isFirst).steps;
    }

    /// Back to the release before, once it was touched.
    public static List<Step> back(Service service) {
        return new Strategies(service)
                .hold()
                .deactivate()
                .fence()
                .start()
                .warm()
                .activate()
                .reconcile()
                .route(true)
                .stop()
                .steps;
    }

    /// Takes a new instance away when there is nobody to give its place back to, or the old one was not touched.
    ///
    /// @param old the instance before, when one of an approved release served
    static List<Step> withdraw(Service service, Course forward, Optional<String> old) {
        var plan = new Strategies(service);
        if (old.isPresent()) {
            return (forward.hasReached(Step.Hold.class) ? plan.route(true) : plan)
                    .stop(started(forward))
                    .steps;
        }
        // Nobody is there to send traffic to, so what comes is held, and answered 503 in the end.
        var mayServe =
                forward.hasReached(Step.Activate.class) || forward.hasReached(Step.Route.class);
        return (mayServe ? plan.hold().drain().deactivate() : plan).stop(forward.to()).steps;
    }

    /// What was there before the course stays: above all the last good version, which an operator could not go back to yet.
    private static Optional<String> started(Course forward) {
        return forward.hasReached(Step.Start.class) ? forward.to() : Optional.empty();
    }

    /// Puts a standby, or a new instance, in the place of an active one that died or hangs.
    public static List<Step> failover(Service service) {
        return new Strategies(service)
                .hold()
                .fence()
                .start()
                .warm()
                .activate()
                .reconcile()
                .route(false)
                .steps;
    }

    /// Begins again after a kill, with everybody else out of the way and the books compared.
    public static List<Step> rearm(Service service, List<Gate> gates) {
        return new Strategies(service)
                .check(gates)
                .deactivate()
                .fence()
                .start()
                .warm()
                .lift()
                .activate()
                .reconcile()
                .route(false)
                .steps;
    }

    /// Lets held orders go to where they went before.
    static List<Step> letGo(Service service) {
        return new Strategies(service).route(false).steps;
    }

    /// Makes one instance send nothing any more, whatever it takes.
    static List<Step> silence() {
        return List.of(new Step.Deactivate(SHORT.multipliedBy(2)));
    }

    /// Has new orders held, for as long as nobody lets them go.
    static List<Step> hold(Service service) {
        return new Strategies(service).hold().steps;
    }

    /// Starts one more instance. One that knows no passive mode takes the place of all others, since it sends as soon as it runs.
    static List<Step> fill(Service service) {
        if (!service.knowsPassiveMode()) {
            return failover(service);
        }
        var plan = new Strategies(service).start();
        return service.singleActive().isPresent() ? plan.steps : plan.warm().route(false).steps;
    }

    /// Ends one instance.
    static List<Step> retire(Service service) {
        return new Strategies(service).stop().steps;
    }

    private Strategies check(List<Gate> gates) {
        return gates.isEmpty() ? this : add(new Step.Check(gates, Duration.ofSeconds(30)));
    }

    private Strategies start() {
        return add(
                service.knowsPassiveMode() ? new Step.Start(SHORT) : new Step.StartActive(SHORT));
    }

    private Strategies warm() {
        return add(new Step.Warm(service.rollout().readyLimit()));
    }

    private Strategies hold() {
        return service.takesTraffic()
                ? add(new Step.Hold(service.rollout().holdLimit(), SHORT))
                : this;
    }

    private Strategies drain() {
        return service.singleActive()
                .filter(_ -> service.hooks().containsKey(HookName.DRAIN))
                .map(one -> add(new Step.Drain(one.drain().limit())))
                .orElse(this);
    }

    private Strategies deactivate() {
        return service.hooks().containsKey(HookName.DEACTIVATE)
                ? add(new Step.Deactivate(SHORT))
                : this;
    }

    private Strategies fence() {
        return service.singleActive().isPresent() ? add(new Step.Fence(SHORT)) : this;
    }

    private Strategies lift() {
        return service.hooks().containsKey(HookName.REARM) ? add(new Step.Rearm(SHORT)) : this;
    }

    private Strategies activate() {
        return service.hooks().containsKey(HookName.ACTIVATE)
                ? add(new Step.Activate(SHORT.multipliedBy(2)))
                : this;
    }

    private Strategies reconcile() {
        return service.reconcile().isPresent() ? add(new Step.Reconcile(SHORT)) : this;
    }

    private Strategies route(boolean back) {
        return service.takesTraffic() ? add(new Step.Route(back, SHORT)) : this;
    }

    /// A first start is not watched: there is nothing to compare it with, and nothing to go back to.
    private Strategies bake(boolean isFirst) {
        if (isFirst) {
            return this;
        }
        var atLeast = service.rollout().bake();
        return add(new Step.Bake(atLeast, atLeast.multipliedBy(3)));
    }

    private Strategies stop() {
        return add(new Step.Stop(SHORT.multipliedBy(2)));
    }

    private Strategies stop(Optional<String> instance) {
        return instance.isPresent() ? stop() : this;
    }

    private Strategies add(Step step) {
        steps.add(step);
        return this;
    }
}
