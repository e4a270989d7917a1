package dev.pitcrew.deploy;

import dev.pitcrew.model.Canary;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Shadow;
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

    /// Compared first: the new one runs on the same inputs while its orders are recorded and never sent; then another instance of it takes over
    /// as by a handoff, or nobody does.
    ///
    /// @param isFirst whether nothing runs yet, so that there is nobody to compare with
    public static List<Step> shadow(Service service, List<Gate> gates, boolean isFirst) {
        var handoff = handoff(service, gates, isFirst);
        if (isFirst || service.rollout().shadow().isEmpty()) {
            return handoff;
        }
        var shadow = service.rollout().shadow().get();
        var plan =
                new Strategies(service)
                        .check(gates)
                        .add(new Step.Shadow(SHORT))
                        .warm()
                        .add(new Step.Compare(service.rollout().bake(), shadow.limit()))
                        .add(new Step.EndShadow(SHORT.multipliedBy(2)));
        if (shadow.then() == Shadow.Then.HANDOFF) {
            plan.steps.addAll(handoff);
        }
        return plan.steps;
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

    /// Some at a time: new ones get ready and are watched among the old ones before as many old ones end. The last old ones are left to the
    /// keeper, which keeps one warm as the way back.
    ///
    /// @param isFirst whether nothing runs yet
    public static List<Step> rolling(Service service, List<Gate> gates, boolean isFirst) {
        if (isFirst) {
            return first(service, gates);
        }
        var plan = new Strategies(service).check(gates);
        var all = service.replicas();
        var batch = service.rollout().batch();
        for (int there = Math.min(batch, all); ; there = Math.min(there + batch, all)) {
            plan.grow(Side.TO, there).warmAll().join().bake(false);
            if (there == all) {
                return plan.route(false).steps;
            }
            plan.shrink(Side.FROM, all - there);
        }
    }

    /// All new ones get ready, then all traffic goes to them at once. The old ones stay, all of them, for as long as the keeper keeps them
    /// warm: so the way back is the same switch.
    ///
    /// @param isFirst whether nothing runs yet
    public static List<Step> blueGreen(Service service, List<Gate> gates, boolean isFirst) {
        return isFirst
                ? first(service, gates)
                : new Strategies(service)
                        .check(gates)
                        .grow(Side.TO, service.replicas())
                        .warmAll()
                        .check(gates)
                        .route(false)
                        .bake(false)
                        .steps;
    }

    /// A share of clients first, and a larger one, and then everybody. All old ones stay until then, so each step back is a word to the
    /// balancer.
    ///
    /// @param isFirst whether nothing runs yet
    /// @param canCompare whether fresh instances of the release before can be started, to compare the new ones with others as young
    public static List<Step> canary(
            Service service, List<Gate> gates, boolean isFirst, boolean canCompare) {
        if (isFirst) {
            return first(service, gates);
        }
        var plan = new Strategies(service).check(gates);
        var shares = service.rollout().canary().map(Canary::shares).orElse(List.of());
        for (var share : shares) {
            plan.grow(Side.TO, canaries(service, share));
            if (canCompare && share.equals(shares.getFirst())) {
                plan.grow(Side.FROM, canaries(service, share));
            }
            plan.warmAll().add(new Step.Share(share, SHORT)).bake(false);
        }
        return plan.check(gates)
                .grow(Side.TO, service.replicas())
                .warmAll()
                .route(false)
                .bake(false)
                .steps;
    }

    /// As many as carry the share, and one at least.
    private static int canaries(Service service, Fraction share) {
        return Math.max(1, (int) Math.ceil(share.value() * service.replicas() - 1e-9));
    }

    private static List<Step> first(Service service, List<Gate> gates) {
        return new Strategies(service)
                .check(gates)
                .grow(Side.TO, service.replicas())
                .warmAll()
                .route(false)
                .steps;
    }

    /// What runs already becomes the service's instances, one after the other, and traffic goes to them; nobody is started, ended or told anything.
    ///
    /// @param containers their ids
    static List<Step> adopt(Service service, List<Gate> gates, List<String> containers) {
        var plan = new Strategies(service).check(gates);
        containers.forEach(one -> plan.add(new Step.Adopt(one, service.rollout().readyLimit())));
        return plan.route(false).steps;
    }

    /// Whether two versions of the service are at work at once while it changes.
    public static boolean isOfMany(Service service) {
        return switch (service.rollout().strategy()) {
            case HANDOFF, STOP_START, SHADOW -> false;
            case ROLLING, BLUE_GREEN, CANARY -> true;
        };
    }

    /// Back to the release before, once it was touched.
    public static List<Step> back(Service service) {
        if (isOfMany(service)) {
            // Never at once to what is cold: as many of the old ones as there were are ready first.
            return new Strategies(service)
                    .grow(Side.TO, service.replicas())
                    .warmAll()
                    .route(true)
                    .shrink(Side.FROM, 0)
                    .steps;
        }
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

    /// Takes the new ones away of which nobody has anything yet; or those of a first start, after which there is nobody.
    static List<Step> withdrawMany(Service service, Course forward, Plan plan) {
        var back = new Strategies(service);
        if (plan.from().isPresent()) {
            return back.shrink(Side.FROM, 0).steps;
        }
        return (forward.hasSteered() ? back.hold() : back).shrink(Side.TO, 0).steps;
    }

    /// What was there before the course stays: above all the last good version, which an operator could not go back to yet.
    private static Optional<String> started(Course forward) {
        return forward.hasReached(Step.Start.class) || forward.hasReached(Step.Shadow.class)
                ? forward.to()
                : Optional.empty();
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

    /// The same while a change is underway, which decides where traffic goes.
    static List<Step> refill(Service service) {
        var plan = new Strategies(service).start().warm();
        return service.takesTraffic() ? plan.add(new Step.Rejoin(SHORT)).steps : plan.steps;
    }

    /// Ends one instance, to which no traffic goes any more.
    static List<Step> retire(Service service) {
        var plan = new Strategies(service);
        return service.singleActive().isEmpty() && service.takesTraffic()
                ? plan.add(new Step.Leave(SHORT)).stop().steps
                : plan.stop().steps;
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

    private Strategies grow(Side side, int instances) {
        return add(new Step.Grow(side, instances, SHORT.multipliedBy(instances)));
    }

    private Strategies warmAll() {
        return add(new Step.WarmAll(service.rollout().readyLimit()));
    }

    private Strategies join() {
        return service.takesTraffic() ? add(new Step.Join(SHORT)) : this;
    }

    private Strategies shrink(Side side, int left) {
        return add(new Step.Shrink(side, left, SHORT.multipliedBy(2L * service.replicas())));
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

    /// Without a kill hook the ledger alone has a latch, and it is lifted there.
    private Strategies lift() {
        var hooks = service.hooks();
        return hooks.containsKey(HookName.REARM) || !hooks.containsKey(HookName.KILL)
                ? add(new Step.Rearm(SHORT))
                : this;
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
