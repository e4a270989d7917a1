package dev.pitcrew.read;

import dev.pitcrew.model.CancelOnDisconnect;
import dev.pitcrew.model.DatabaseUrl;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Feed;
import dev.pitcrew.model.GateLimits;
import dev.pitcrew.model.MarketLimit;
import dev.pitcrew.model.SequenceNumbers;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Store;
import dev.pitcrew.model.StoreKind;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Venue;
import dev.pitcrew.model.Windows;
import dev.pitcrew.model.WitnessRef;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the model of a checked tree.
final class SystemMaker {
    private SystemMaker() {}

    static TradingSystem make(Mapping root, Path folder, Digest digest) {
        var s = new Settings(root, SystemSchema.SYSTEM);
        return new TradingSystem(
                s.text("system"),
                s.inIfGiven("owner").map(ServiceMaker::owner),
                s.optional("site"),
                s.text("host"),
                s.named("venues", SystemMaker::venue),
                root.entriesAt("services").stream()
                        .map(e -> ServiceMaker.make(e.name(), e.value()))
                        .toList(),
                s.named("stores", SystemMaker::store),
                s.named("feeds", SystemMaker::feed),
                s.named("environments", (name, e) -> environment(root, name, e)),
                folder,
                digest);
    }

    private static Venue venue(String name, Settings s) {
        var session = s.in("session");
        return new Venue(
                name,
                s.text("protocol"),
                s.template("address"),
                new Venue.Session(session.text("sender"), session.text("target")),
                switch (s.text("cancelOnDisconnect")) {
                    case "off" -> new CancelOnDisconnect.Off();
                    case "on" -> new CancelOnDisconnect.On(Duration.ZERO);
                    default -> new CancelOnDisconnect.On(s.duration("cancelOnDisconnect"));
                },
                s.optional("contact"),
                s.word("sequence", SequenceNumbers.Rule.class),
                s.texts("segments"));
    }

    private static Store store(String name, Settings s) {
        return new Store(
                name, s.word("kind", StoreKind.class), s.template("path"), s.texts("usedBy"));
    }

    private static Feed feed(String name, Settings s) {
        return new Feed(
                name,
                s.text("venue"),
                s.texts("lines"),
                s.duration("staleAfter"),
                s.texts("usedBy"));
    }

    private static Environment environment(Mapping root, String name, Settings s) {
        return new Environment(
                name,
                s.word("runtime", Environment.RuntimeName.class),
                s.word("kind", Environment.Kind.class),
                s.word("balancer", Environment.Balancer.class),
                Scalars.approval(s.text("approval")),
                s.duration("approvalExpires"),
                s.duration("reassessWithin"),
                windows(s),
                gates(s.in("gates")),
                ledger(s.in("ledger")),
                sections(s, "witnesses").map(SystemMaker::witness).toList(),
                overrides(root, s),
                OpeningMaker.opening(s.in("opening")),
                sections(s, "alarms").map(OpeningMaker::alarm).toList(),
                s.optional("follows"),
                s.inIfGiven("proxy").map(ProxyMaker::proxy),
                s.optional("engine").map(at -> EngineMaker.ref(at, s.inIfGiven("engineKeys"))),
                s.named("hosts", EngineMaker::host));
    }

    private static Environment.LedgerStore ledger(Settings s) {
        return switch (s.word("kind", Environment.LedgerKind.class)) {
            case SQLITE -> new Environment.SqliteLedger(s.template("path"));
            case POSTGRES ->
                    new Environment.PostgresLedger(
                            DatabaseUrl.parse(s.text("url")),
                            s.inIfGiven("password").map(ServiceMaker::secret));
        };
    }

    private static Map<String, Service> overrides(Mapping root, Settings s) {
        var overrides = new LinkedHashMap<String, Service>();
        for (Entry change : s.mapping().entriesAt("overrides")) {
            Node service = root.at("services", change.name()).orElseThrow();
            var changed = Merge.over(service, change.value(), ServiceSchema.SERVICE);
            overrides.put(change.name(), ServiceMaker.make(change.name(), changed));
        }
        return overrides;
    }

    private static Windows windows(Settings s) {
        List<Windows.Window> windows = sections(s, "windows").map(SystemMaker::window).toList();
        return windows.isEmpty() ? new Windows.Always() : new Windows.Weekly(windows);
    }

    private static Windows.Window window(Settings s) {
        return new Windows.Window(
                s.texts("days").stream().map(SystemMaker::day).collect(Collectors.toSet()),
                LocalTime.parse(s.text("from")),
                LocalTime.parse(s.text("to")),
                ZoneId.of(s.text("zone")));
    }

    private static DayOfWeek day(String word) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().startsWith(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    private static GateLimits gates(Settings s) {
        return new GateLimits(
                s.optional("clockOffset").map(Scalars::duration),
                s.optional("killTestedWithin").map(Scalars::duration),
                Scalars.size(s.text("diskFree")),
                s.optional("witnessedWithin").map(Scalars::duration),
                s.optional("openOrders").map(Long::parseLong),
                s.inIfGiven("market").map(SystemMaker::market),
                s.named(
                        "commands",
                        (name, gate) ->
                                new GateLimits.CommandGate(
                                        name,
                                        gate.templates("command"),
                                        Double.parseDouble(gate.text("atMost")),
                                        gate.duration("timeout"))));
    }

    private static MarketLimit market(Settings s) {
        return new MarketLimit(
                s.texts("venues"),
                s.duration("clear"),
                s.text("sessions").equals("allow"),
                s.optional("calendars").map(Path::of));
    }

    private static WitnessRef witness(Settings s) {
        if (s.has("folder")) {
            return new WitnessRef.FolderWitness(s.template("folder"));
        }
        return s.has("ssh")
                ? new WitnessRef.SshWitness(
                        s.text("ssh"), template(s, "identity"), template(s, "knownHosts"))
                : new WitnessRef.UrlWitness(URI.create(s.text("url")), s.text("key"));
    }

    private static Optional<Template> template(Settings s, String key) {
        return s.has(key) ? Optional.of(s.template(key)) : Optional.empty();
    }

    /// The sections of the list under the key; none when it is left out or a word.
    private static Stream<Settings> sections(Settings s, String key) {
        Shape shape = s.section().field(key).orElseThrow().shape();
        Shape list = shape instanceof Shape.Either either ? either.second() : shape;
        Shape item = ((Shape.Listing) list).item();
        return s.mapping().at(key).filter(Sequence.class::isInstance).stream()
                .flatMap(node -> ((Sequence) node).items().stream())
                .map(node -> new Settings((Mapping) node, (Shape.Section) item));
    }
}
