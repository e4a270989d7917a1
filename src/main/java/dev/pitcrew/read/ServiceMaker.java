package dev.pitcrew.read;

import dev.pitcrew.model.Canary;
import dev.pitcrew.model.Drain;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.Hook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Objectives;
import dev.pitcrew.model.OnFailure;
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
import dev.pitcrew.model.Shadow;
import dev.pitcrew.model.SingleActive;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/// Makes a service of its checked mapping.
final class ServiceMaker {
    private ServiceMaker() {}

    static Service make(String name, Node node) {
        var versions = new LinkedHashMap<Version, Service>();
        for (Entry change : node.entriesAt("versions")) {
            var changed = Merge.over(node, change.value(), ServiceSchema.SERVICE);
            versions.put(new Version(change.name()), one(name, changed, Map.of()));
        }
        return one(name, node, versions);
    }

    private static Service one(String name, Node node, Map<Version, Service> versions) {
        var s = new Settings((Mapping) node, ServiceSchema.SERVICE);
        return new Service(
                name,
                node.place(),
                s.word("role", Role.class),
                s.texts("venues"),
                s.templates("command"),
                s.templates("artifact"),
                s.templates("configuration"),
                s.templates("flags"),
                s.whole("replicas"),
                s.map("ports", ServiceMaker::port),
                s.map("env", value -> new Template(((Scalar) value).text())),
                s.named("secrets", (key, secret) -> Map.entry(key, secret(secret))).stream()
                        .collect(inOrder()),
                new Resources(s.in("resources").optional("memory").map(Scalars::size)),
                s.inIfGiven("singleActive").map(ServiceMaker::singleActive),
                probes(s.in("probes")),
                hooks(s.in("hooks")),
                s.inIfGiven("reconcile").map(r -> reconciliation(name, r)),
                rollout(s.in("rollout")),
                s.inIfGiven("objectives").map(ServiceMaker::objectives),
                s.inIfGiven("state")
                        .map(
                                st ->
                                        new StateFormats(
                                                st.text("writes"), Set.copyOf(st.texts("reads")))),
                versions,
                new RestartLimit(
                        s.in("restarts").whole("limit"), s.in("restarts").duration("within")),
                s.texts("dependsOn"),
                s.inIfGiven("owner").map(ServiceMaker::owner),
                s.inIfGiven("container").map(Containers::make));
    }

    static TradingSystem.Owner owner(Settings s) {
        return new TradingSystem.Owner(s.text("desk"), s.optional("strategy"));
    }

    private static Port port(Node node) {
        String text = ((Scalar) node).text();
        return text.equals("auto") ? new Port.Auto() : new Port.Fixed(Integer.parseInt(text));
    }

    static SecretRef secret(Settings s) {
        if (s.has("file")) {
            return new SecretRef.FileSecret(s.template("file"));
        }
        if (s.has("text")) {
            return new SecretRef.TextSecret(
                    s.template("text"), s.optional("lines").map(Template::new));
        }
        return s.has("env")
                ? new SecretRef.EnvSecret(s.text("env"))
                : new SecretRef.CommandSecret(s.templates("command"));
    }

    private static SingleActive singleActive(Settings s) {
        var fences =
                s.texts("fence").stream()
                        .map(word -> Settings.word(Fence.class, word))
                        .collect(Collectors.toSet());
        var drain = s.in("drain");
        return new SingleActive(
                fences,
                new Drain(drain.word("policy", DrainPolicy.class), drain.duration("limit")),
                s.word("onFailure", OnFailure.class),
                s.duration("hangLimit"),
                s.duration("twiceWithin"));
    }

    private static Probes probes(Settings s) {
        var byName = new EnumMap<ProbeName, Probe>(ProbeName.class);
        for (ProbeName name : ProbeName.values()) {
            s.inIfGiven(name.key()).ifPresent(probe -> byName.put(name, probe(probe)));
        }
        return new Probes(s.duration("every"), s.duration("timeout"), s.duration("limit"), byName);
    }

    private static Probe probe(Settings s) {
        if (s.has("http")) {
            return new Probe.HttpProbe(s.text("http"), s.optional("pointer"));
        }
        if (s.has("metric")) {
            return new Probe.MetricProbe(s.text("metric"));
        }
        return s.has("sql")
                ? new Probe.SqlProbe(s.text("store"), s.text("sql"))
                : new Probe.CommandProbe(s.templates("command"));
    }

    private static Map<HookName, Hook> hooks(Settings s) {
        var hooks = new EnumMap<HookName, Hook>(HookName.class);
        for (HookName name : HookName.values()) {
            s.inIfGiven(name.key()).ifPresent(hook -> hooks.put(name, hook(hook)));
        }
        return hooks;
    }

    private static Hook hook(Settings s) {
        var timeout = s.duration("timeout");
        if (s.has("http")) {
            return new Hook.HttpHook(s.text("http"), timeout);
        }
        return s.has("signal")
                ? new Hook.SignalHook(Hook.Signal.valueOf(s.text("signal")), timeout)
                : new Hook.CommandHook(s.templates("command"), timeout);
    }

    private static Reconciliation reconciliation(String self, Settings s) {
        return new Reconciliation(source(self, s.in("ours")), source(self, s.in("theirs")));
    }

    private static Reconciliation.Source source(String self, Settings s) {
        return new Reconciliation.Source(s.optional("service").orElse(self), s.text("http"));
    }

    private static RolloutSettings rollout(Settings s) {
        return new RolloutSettings(
                s.word("strategy", StrategyName.class),
                s.duration("readyLimit"),
                s.in("hold").duration("limit"),
                s.duration("bake"),
                s.duration("keepWarm"),
                s.whole("batch"),
                s.inIfGiven("canary").map(ServiceMaker::canary),
                s.inIfGiven("sticky").map(ServiceMaker::sticky),
                s.inIfGiven("judge").map(JudgingMaker::make),
                s.inIfGiven("shadow").map(ServiceMaker::shadow));
    }

    private static Shadow shadow(Settings s) {
        return new Shadow(
                s.map("env", value -> new Template(((Scalar) value).text())),
                s.duration("limit"),
                s.word("then", Shadow.Then.class));
    }

    private static Canary canary(Settings s) {
        return new Canary(
                s.texts("shares").stream().map(Scalars::share).toList(),
                s.word("limits", Canary.Limits.class));
    }

    private static Sticky sticky(Settings s) {
        return new Sticky(part(s.in("key")), s.inIfGiven("order").map(ServiceMaker::part));
    }

    private static Sticky.Part part(Settings s) {
        return s.has("header")
                ? new Sticky.Part.Header(s.text("header"))
                : new Sticky.Part.Query(s.text("query"));
    }

    private static Objectives objectives(Settings s) {
        return new Objectives(
                Scalars.share(s.text("errors")),
                Scalars.share(s.text("slow")),
                s.whole("minRequests"));
    }

    private static <V> Collector<Map.Entry<String, V>, ?, Map<String, V>> inOrder() {
        return Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new);
    }
}
