package dev.pitcrew.simulation;

import dev.pitcrew.model.Approval;
import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.Canary;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Drain;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.GateLimits;
import dev.pitcrew.model.Hook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Objectives;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Probes;
import dev.pitcrew.model.Reconciliation;
import dev.pitcrew.model.Resources;
import dev.pitcrew.model.RestartLimit;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.RolloutSettings;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Shadow;
import dev.pitcrew.model.SingleActive;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Services as tests want them: an order gateway, a strategy, a stateless API.
public final class TestingServices {
    private TestingServices() {}

    /// The three of them, with an environment that approves by itself.
    public static TradingSystem system() {
        return system(OnFailure.STANDBY);
    }

    /// The three of them, and prices: several instances that change by such a strategy.
    static TradingSystem with(StrategyName ofPrices, int replicas) {
        return with(ofPrices, replicas, OnFailure.STANDBY);
    }

    /// The same, with a strategy whose loss leads to this.
    static TradingSystem with(StrategyName ofPrices, int replicas, OnFailure ofStrategy) {
        var one = system(ofStrategy);
        var more = new ArrayList<>(one.services());
        more.add(prices(ofPrices, replicas));
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                more,
                one.stores(),
                one.feeds(),
                one.environments(),
                one.folder(),
                Digest.of(new byte[] {(byte) replicas}));
    }

    /// The three of them, with a strategy that is compared in shadow first.
    static TradingSystem shadowing(Shadow.Then then) {
        var one = system();
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                List.of(gateway(), shadowed(then), quotes()),
                one.stores(),
                one.feeds(),
                one.environments(),
                one.folder(),
                Digest.of(new byte[] {7}));
    }

    /// A strategy that is compared in shadow first.
    public static Service shadowed(Shadow.Then then) {
        var one = strategy();
        var shadow =
                new Shadow(
                        Map.of("GATEWAY", new Template("http://127.0.0.1:1")),
                        Duration.ofSeconds(6),
                        then);
        return with(one, one.rollout().shadowedBy(shadow));
    }

    /// The same service with another way of changing.
    static Service with(Service one, RolloutSettings rollout) {
        return with(one, one.replicas(), rollout);
    }

    /// The same service with another number of instances.
    public static Service with(Service one, int replicas, RolloutSettings rollout) {
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
                one.singleActive(),
                one.probes(),
                one.hooks(),
                one.reconcile(),
                rollout,
                one.objectives(),
                one.state(),
                one.versions(),
                one.restarts(),
                one.dependsOn(),
                one.owner(),
                one.container());
    }

    /// The three of them, with a strategy whose loss leads to this.
    static TradingSystem system(OnFailure ofStrategy) {
        var limits =
                new GateLimits(
                        Optional.empty(),
                        Optional.empty(),
                        new ByteSize(1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        var environment =
                new Environment(
                        "demo",
                        Environment.RuntimeName.LOCAL,
                        Environment.Kind.DEMO,
                        Environment.Balancer.BUILT_IN,
                        new Approval.None(),
                        Duration.ofSeconds(20),
                        Duration.ofDays(3),
                        new Windows.Always(),
                        limits,
                        new Environment.SqliteLedger(new Template("ledger.db")),
                        List.of(),
                        Map.of());
        return new TradingSystem(
                "desk",
                Optional.empty(),
                Optional.empty(),
                "localhost",
                List.of(),
                List.of(gateway(), strategy(ofStrategy), quotes()),
                List.of(),
                List.of(),
                List.of(environment),
                Path.of("."),
                Digest.of(new byte[0]));
    }

    /// A gateway by handoff, fenced by its FIX session or its process.
    public static Service gateway() {
        return gateway(Set.of(Fence.SESSION, Fence.PROCESS), OnFailure.STANDBY);
    }

    /// The same, with other fences, and somebody else who takes over.
    public static Service gateway(Set<Fence> fences, OnFailure onFailure) {
        return gateway(single(fences, DrainPolicy.HAND_OVER, onFailure));
    }

    /// The same, where something else becomes of open orders.
    public static Service gateway(DrainPolicy drain) {
        var fences = Set.of(Fence.SESSION, Fence.PROCESS);
        return gateway(single(fences, drain, OnFailure.STANDBY));
    }

    private static Service gateway(SingleActive single) {
        return service(
                "gateway",
                Role.ORDER_ENTRY,
                2,
                StrategyName.HANDOFF,
                Optional.of(single),
                Optional.of(
                        new Reconciliation(
                                new Reconciliation.Source("gateway", "/books"),
                                new Reconciliation.Source("drop-copy", "/books"))),
                Optional.of(new Objectives(new Fraction(0.01), new Fraction(0.02), 20)));
    }

    /// A strategy by stop-start, fenced by the gateway or its process.
    public static Service strategy() {
        return strategy(OnFailure.STANDBY);
    }

    private static Service strategy(OnFailure onFailure) {
        return service(
                "strategy",
                Role.STRATEGY,
                2,
                StrategyName.STOP_START,
                Optional.of(
                        single(
                                Set.of(Fence.GATEWAY, Fence.PROCESS),
                                DrainPolicy.HAND_OVER,
                                onFailure)),
                Optional.empty(),
                Optional.empty());
    }

    /// A stateless API.
    public static Service quotes() {
        return service(
                "quotes",
                Role.STATELESS,
                1,
                StrategyName.STOP_START,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// A stateless API of several instances.
    public static Service prices(StrategyName strategy, int replicas) {
        return service(
                "prices",
                Role.STATELESS,
                replicas,
                strategy,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Objectives(new Fraction(0.01), new Fraction(0.02), 20)));
    }

    private static SingleActive single(Set<Fence> fences, DrainPolicy drain, OnFailure onFailure) {
        return new SingleActive(
                fences,
                new Drain(drain, Duration.ofSeconds(5)),
                onFailure,
                Duration.ofMillis(500),
                Duration.ofSeconds(20));
    }

    private static Service service(
            String name,
            Role role,
            int replicas,
            StrategyName strategy,
            Optional<SingleActive> single,
            Optional<Reconciliation> reconcile,
            Optional<Objectives> objectives) {
        var probes = new EnumMap<ProbeName, Probe>(ProbeName.class);
        probes.put(ProbeName.READY, new Probe.HttpProbe("/ready", Optional.empty()));
        var hooks = new EnumMap<HookName, Hook>(HookName.class);
        if (single.isPresent()) {
            for (var probe :
                    List.of(
                            ProbeName.ACTIVE,
                            ProbeName.TOKEN,
                            ProbeName.UNANSWERED,
                            ProbeName.IN_DOUBT,
                            ProbeName.OPEN_ORDERS)) {
                probes.put(probe, new Probe.HttpProbe("/status", Optional.of("/" + probe.key())));
            }
            for (var hook : HookName.values()) {
                hooks.put(hook, new Hook.HttpHook("/hooks/" + hook, Duration.ofSeconds(1)));
            }
        }
        return new Service(
                name,
                new Place("pitcrew.yaml", 1, 1),
                role,
                List.of(),
                List.of(new Template("run")),
                List.of(),
                List.of(),
                List.of(),
                replicas,
                Map.of(),
                Map.of(),
                Map.of(),
                new Resources(Optional.empty()),
                single,
                new Probes(
                        Duration.ofMillis(100),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        probes),
                hooks,
                reconcile,
                new RolloutSettings(
                        strategy,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofHours(1),
                        1,
                        strategy == StrategyName.CANARY
                                ? Optional.of(
                                        new Canary(
                                                List.of(new Fraction(0.1), new Fraction(0.5)),
                                                Canary.Limits.NONE))
                                : Optional.empty(),
                        strategy == StrategyName.CANARY
                                ? Optional.of(
                                        new Sticky(
                                                new Sticky.Part.Header("X-Client"),
                                                Optional.empty()))
                                : Optional.empty()),
                objectives,
                Optional.of(new StateFormats("orders-1", Set.of("orders-1"))),
                Map.of(),
                new RestartLimit(3, Duration.ofMinutes(10)),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
