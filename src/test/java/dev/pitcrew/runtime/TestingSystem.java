package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Variants;
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
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Port;
import dev.pitcrew.model.Probe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Probes;
import dev.pitcrew.model.Reconciliation;
import dev.pitcrew.model.Resources;
import dev.pitcrew.model.RestartLimit;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.RolloutSettings;
import dev.pitcrew.model.SecretRef;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.SingleActive;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Windows;
import dev.pitcrew.model.WitnessRef;
import dev.pitcrew.simulation.TestingServices;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A desk of a single-active `gateway` and a `books` service, both made of [TestingService].
public final class TestingSystem {
    private TestingSystem() {}

    /// @param folder where `versions/VERSION.conf` are
    public static TradingSystem in(Path folder, List<WitnessRef> witnesses) {
        return in(folder, environment(witnesses));
    }

    /// Three instances of `prices`, which change by such a strategy.
    static TradingSystem many(Path folder, StrategyName strategy) {
        var one = in(folder, List.of());
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                List.of(prices(strategy)),
                one.stores(),
                one.feeds(),
                one.environments(),
                folder,
                one.digest());
    }

    /// Whose gateway is judged after its handoff.
    static TradingSystem judgedGateway(Path folder, Judging judging) {
        var one = in(folder, List.of());
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                List.of(Variants.judged(gateway(), judging), books()),
                one.stores(),
                one.feeds(),
                one.environments(),
                folder,
                one.digest());
    }

    /// One instance of `prices`, which changes by a canary that is judged.
    static TradingSystem judged(Path folder, Judging judging, Canary canary, Duration bake) {
        var one = many(folder, StrategyName.CANARY);
        var prices = one.service("prices");
        var rollout =
                new RolloutSettings(
                        StrategyName.CANARY,
                        prices.rollout().readyLimit(),
                        prices.rollout().holdLimit(),
                        bake,
                        prices.rollout().keepWarm(),
                        1,
                        Optional.of(canary),
                        prices.rollout().sticky(),
                        Optional.of(judging),
                        Optional.empty());
        var single = TestingServices.with(prices, 1, rollout);
        return new TradingSystem(
                one.name(),
                one.owner(),
                one.site(),
                one.host(),
                one.venues(),
                List.of(single),
                one.stores(),
                one.feeds(),
                one.environments(),
                folder,
                one.digest());
    }

    static TradingSystem in(Path folder, Environment environment) {
        return new TradingSystem(
                "desk",
                Optional.empty(),
                Optional.empty(),
                "localhost",
                List.of(),
                List.of(gateway(), books()),
                List.of(),
                List.of(),
                List.of(environment),
                folder,
                new Digest("a".repeat(64)));
    }

    static Environment environment(List<WitnessRef> witnesses) {
        return environment(
                witnesses, new Environment.SqliteLedger(new Template("${dir}/ledger.db")));
    }

    static Environment environment(List<WitnessRef> witnesses, Environment.LedgerStore ledger) {
        return new Environment(
                "demo",
                Environment.RuntimeName.LOCAL,
                Environment.Kind.DEMO,
                Environment.Balancer.BUILT_IN,
                new Approval.None(),
                Duration.ofHours(1),
                Duration.ofDays(3),
                new Windows.Always(),
                new GateLimits(
                        Optional.empty(),
                        Optional.empty(),
                        new ByteSize(1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                ledger,
                witnesses,
                Map.of());
    }

    private static Service gateway() {
        var probes = new EnumMap<ProbeName, Probe>(ProbeName.class);
        probes.put(ProbeName.READY, new Probe.HttpProbe("/ready", Optional.empty()));
        probes.put(ProbeName.ACTIVE, status("/active"));
        probes.put(ProbeName.TOKEN, status("/highestToken"));
        probes.put(ProbeName.DIGEST, status("/digest/binary"));
        probes.put(ProbeName.KILLED, status("/killed"));
        probes.put(ProbeName.SESSION, status("/session/loggedOn"));
        probes.put(ProbeName.UNANSWERED, status("/unanswered"));
        probes.put(ProbeName.IN_DOUBT, status("/inDoubt"));
        probes.put(ProbeName.OPEN_ORDERS, status("/openOrders"));
        var hooks = new EnumMap<HookName, Hook>(HookName.class);
        for (var name : HookName.values()) {
            hooks.put(name, new Hook.HttpHook("/hooks/" + name.key(), Duration.ofSeconds(2)));
        }
        var single =
                new SingleActive(
                        Set.of(Fence.SESSION, Fence.PROCESS),
                        new Drain(DrainPolicy.HAND_OVER, Duration.ofSeconds(5)),
                        OnFailure.STANDBY,
                        Duration.ofMillis(500),
                        Duration.ofMillis(1));
        var reconcile =
                new Reconciliation(
                        new Reconciliation.Source("gateway", "/books"),
                        new Reconciliation.Source("books", "/books"));
        return service(
                "gateway",
                Role.ORDER_ENTRY,
                2,
                Optional.of(single),
                probes,
                hooks,
                Optional.of(reconcile));
    }

    private static Service prices(StrategyName strategy) {
        var one = books();
        return new Service(
                "prices",
                one.place(),
                Role.STATELESS,
                one.venues(),
                one.command(),
                one.artifact(),
                one.configuration(),
                one.flags(),
                3,
                one.ports(),
                Map.of(
                        "PORT",
                        new Template("${port.http}"),
                        "INSTANCE",
                        new Template("${instance}"),
                        "DESK_DIR",
                        new Template("${dir}"),
                        "SERVICE",
                        new Template("prices"),
                        "VERSION_FILE",
                        new Template("${config}/versions/${version}.conf")),
                one.secrets(),
                one.resources(),
                one.singleActive(),
                one.probes(),
                one.hooks(),
                one.reconcile(),
                new RolloutSettings(
                        strategy,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(300),
                        Duration.ofHours(1),
                        1,
                        Optional.of(
                                new Canary(
                                        List.of(new Fraction(0.2), new Fraction(0.6)),
                                        Canary.Limits.NONE)),
                        Optional.of(
                                new Sticky(new Sticky.Part.Header("X-Client"), Optional.empty()))),
                one.objectives(),
                one.state(),
                one.versions(),
                one.restarts(),
                one.dependsOn(),
                one.owner(),
                one.container());
    }

    private static Service books() {
        var probes =
                Map.<ProbeName, Probe>of(
                        ProbeName.READY,
                        new Probe.HttpProbe("/ready", Optional.empty()),
                        ProbeName.DIGEST,
                        status("/digest/binary"));
        return service(
                "books", Role.DROP_COPY, 1, Optional.empty(), probes, Map.of(), Optional.empty());
    }

    private static Service service(
            String name,
            Role role,
            int replicas,
            Optional<SingleActive> single,
            Map<ProbeName, Probe> probes,
            Map<HookName, Hook> hooks,
            Optional<Reconciliation> reconcile) {
        return new Service(
                name,
                new Place("pitcrew.yaml", 1, 1),
                role,
                List.of(),
                command(),
                List.of(new Template("versions/${version}.conf")),
                List.of(),
                List.of(),
                replicas,
                Map.of("http", new Port.Auto()),
                Map.of(
                        "PORT",
                        new Template("${port.http}"),
                        "INSTANCE",
                        new Template("${instance}"),
                        "DESK_DIR",
                        new Template("${dir}"),
                        "BOOKS",
                        new Template("${instance-of.books}"),
                        "VERSION_FILE",
                        new Template("${config}/versions/${version}.conf")),
                Map.of("SECRET", new SecretRef.EnvSecret("DESK_SECRET")),
                new Resources(Optional.empty()),
                single,
                new Probes(
                        Duration.ofMillis(100),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(2),
                        probes),
                hooks,
                reconcile,
                new RolloutSettings(
                        single.isPresent() ? StrategyName.HANDOFF : StrategyName.STOP_START,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(300),
                        Duration.ofHours(1),
                        1,
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new RestartLimit(5, Duration.ofMinutes(10)),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Template> command() {
        try {
            var classes =
                    Path.of(
                            TestingService.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            return List.of(
                            java.toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx32m",
                            "-cp",
                            classes.toString(),
                            TestingService.class.getName())
                    .stream()
                    .map(Template::new)
                    .toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Probe status(String pointer) {
        return new Probe.HttpProbe("/status", Optional.of(pointer));
    }
}
