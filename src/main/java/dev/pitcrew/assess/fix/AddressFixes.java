package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.Within;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.PortUse;
import dev.pitcrew.model.infra.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fixes of who calls whom, and on which port.
final class AddressFixes {
    /// What a store is called in addresses, and in the names of its images.
    private static final Map<String, String> IMAGES =
            Map.of(
                    "redis", "redis|valkey",
                    "rediss", "redis|valkey",
                    "postgresql", "postgres|timescale",
                    "postgres", "postgres|timescale",
                    "mysql", "mysql|mariadb",
                    "mongodb", "mongo",
                    "amqp", "rabbitmq",
                    "nats", "nats");

    /// How a store says that it answers.
    private static final Map<String, String> ANSWERS =
            Map.of(
                    "redis", "[\"CMD\", \"redis-cli\", \"ping\"]",
                    "valkey", "[\"CMD\", \"valkey-cli\", \"ping\"]",
                    "postgres", "[\"CMD-SHELL\", \"pg_isready -U $${POSTGRES_USER:-postgres}\"]",
                    "rabbitmq", "[\"CMD\", \"rabbitmq-diagnostics\", \"-q\", \"ping\"]");

    static final Map<String, Fixer> ALL =
            Map.ofEntries(
                    Map.entry(
                            "SYS-001",
                            when("looks for (\\S+), and no service", AddressFixes::named)),
                    Map.entry(
                            "SYS-002",
                            when(
                                    "calls (\\S+) on port ([0-9]+), .* listens on ([0-9]+)$",
                                    AddressFixes::port)),
                    Map.entry(
                            "SYS-008",
                            when(
                                    "calls (\\S+) on port ([0-9]+); the Service has ([0-9]+)$",
                                    AddressFixes::port)),
                    Map.entry(
                            "SYS-003",
                            when("^(\\S+) starts as soon as (\\S+) has", AddressFixes::waits)),
                    Map.entry(
                            "SYS-004",
                            when(
                                    "at (\\S+), which is itself; the store is (\\S+)$",
                                    AddressFixes::store)),
                    Map.entry(
                            "SYS-006",
                            when(
                                    "maps (\\S+), but its image opens ([0-9]+)",
                                    AddressFixes::mapped)),
                    Map.entry(
                            "SYS-034",
                            when(
                                    "^(\\S+) is published to port [0-9]+ of \\S+, where it listens on ([0-9]+)",
                                    AddressFixes::mapped)),
                    Map.entry(
                            "SYS-007",
                            when(
                                    "to port \\S+, which (\\S+) does not have",
                                    AddressFixes::targetPort)),
                    Map.entry("SYS-011", when("leads to port (\\S+) of", AddressFixes::entrance)),
                    Map.entry(
                            "SYS-052",
                            when("is called (\\S+); there are", AddressFixes::behindProxy)),
                    Map.entry("SYS-053", always(AddressFixes::portBehindProxy)));

    private AddressFixes() {}

    private static List<Fix> named(Said said) {
        return said.container()
                .map(
                        one ->
                                Address.of(one).stream()
                                        .filter(at -> at.place().equals(said.place()))
                                        .map(Address::scheme)
                                        .flatMap(
                                                scheme ->
                                                        Optional.ofNullable(
                                                                IMAGES.get(
                                                                        scheme.replaceFirst(
                                                                                "\\+.*", "")))
                                                                .stream())
                                        .findFirst()
                                        .flatMap(images -> only(said, one, images))
                                        .map(
                                                name ->
                                                        List.of(
                                                                said.byDuty(
                                                                        "%s reaches %s."
                                                                                .formatted(
                                                                                        one.name(),
                                                                                        name),
                                                                        new Replace(
                                                                                said.place(),
                                                                                said.word(1),
                                                                                name))))
                                        .orElse(List.of()))
                .orElse(List.of());
    }

    /// The only container beside another whose image is one of some.
    private static Optional<String> only(Said said, Container beside, String images) {
        var names =
                said.all(Container.class).stream()
                        .filter(one -> one.unit().equals(beside.unit()))
                        .filter(one -> one.place().file().equals(beside.place().file()))
                        .filter(
                                one ->
                                        one.image()
                                                .map(Located::value)
                                                .filter(
                                                        image ->
                                                                image.matches(
                                                                        "(.*/)?(" + images + ").*"))
                                                .isPresent())
                        .map(Container::name)
                        .distinct()
                        .toList();
        return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
    }

    private static List<Fix> port(Said said) {
        return List.of(
                said.byDuty(
                        "Calls to %s reach the port that it listens on.".formatted(said.word(1)),
                        new Replace(said.place(), ":" + said.word(2), ":" + said.word(3))));
    }

    private static List<Fix> store(Said said) {
        return List.of(
                said.byDuty(
                        "It reaches %s.".formatted(said.word(2)),
                        new Replace(said.place(), said.word(1), said.word(2))));
    }

    private static List<Fix> mapped(Said said) {
        String text = said.word(1);
        String right = text.replaceFirst(":[0-9]+(/\\w+)?$", ":" + said.word(2) + "$1");
        return right.equals(text)
                ? List.of()
                : List.of(
                        said.byDuty(
                                "Who calls the published port is heard; nobody was until now.",
                                new Replace(said.place(), text, right)));
    }

    private static List<Fix> waits(Said said) {
        var waiting =
                said.named(said.word(1)).stream()
                        .filter(one -> one.format().equals("compose"))
                        .findFirst();
        var store =
                said.related("the store")
                        .flatMap(
                                at ->
                                        said.all(Container.class).stream()
                                                .filter(one -> one.place().equals(at))
                                                .findFirst());
        if (waiting.isEmpty() || store.isEmpty()) {
            return List.of();
        }
        var answers = new ArrayList<Change>();
        if (store.get().healthChecks().isEmpty()) {
            String image = store.get().image().map(Located::value).orElse("");
            var test =
                    ANSWERS.entrySet().stream()
                            .filter(one -> image.matches("(.*/)?" + one.getKey() + "([:@].*)?"))
                            .map(Map.Entry::getValue)
                            .findFirst();
            if (test.isEmpty()) {
                return List.of();
            }
            answers.add(
                    new SetKey(
                            store.get().place(),
                            Within.SERVICE,
                            List.of("healthcheck"),
                            "{test: " + test.get() + "}",
                            ""));
        }
        String name = store.get().name();
        var one =
                new SetKey(
                        said.place(),
                        Within.SERVICE,
                        List.of("depends_on", name, "condition"),
                        "service_healthy",
                        "");
        String all =
                waiting.get().dependsOn().stream()
                        .map(Located::value)
                        .map(before -> before.equals(name) ? name + ":healthy" : before)
                        .map(AddressFixes::condition)
                        .collect(Collectors.joining(", ", "{", "}"));
        var list = new SetKey(said.place(), Within.SERVICE, List.of("depends_on"), all, "");
        String effect =
                "%s starts once %s answers; the store itself is asked every 30 s and never restarted for it."
                        .formatted(said.word(1), name);
        return Stream.of(one, list)
                .map(
                        how ->
                                new Fix(
                                        effect,
                                        Fix.Reach.SAFE,
                                        Stream.concat(Stream.of(how), answers.stream()).toList()))
                .toList();
    }

    private static String condition(String before) {
        String name = before.replaceFirst(":(healthy|completed)$", "");
        String how =
                before.endsWith(":healthy")
                        ? "service_healthy"
                        : before.endsWith(":completed")
                                ? "service_completed_successfully"
                                : "service_started";
        return name + ": {condition: " + how + "}";
    }

    private static List<Fix> targetPort(Said said) {
        var ports =
                said.named(said.word(1)).stream()
                        .flatMap(one -> one.ports().stream())
                        .map(PortUse::inside)
                        .filter(port -> port > 0)
                        .distinct()
                        .toList();
        return ports.size() == 1
                ? List.of(
                        said.byDuty(
                                "Calls to the Service reach port %d of its pods."
                                        .formatted(ports.getFirst()),
                                new SetKey(
                                        said.place(),
                                        Within.ITEM,
                                        List.of("targetPort"),
                                        Integer.toString(ports.getFirst()),
                                        "")))
                : List.of();
    }

    private static List<Fix> entrance(Said said) {
        var service =
                said.related("the Service")
                        .flatMap(
                                at ->
                                        said.all(Endpoint.class).stream()
                                                .filter(one -> one.place().equals(at))
                                                .findFirst())
                        .filter(one -> one.ports().size() == 1)
                        .map(one -> one.ports().getFirst());
        if (service.isEmpty()) {
            return List.of();
        }
        boolean isNumber = said.word(1).matches("[0-9]+");
        String port = isNumber ? Integer.toString(service.get().number()) : service.get().name();
        return port.isEmpty()
                ? List.of()
                : List.of(
                        said.byDuty(
                                "Who comes in by this way reaches the Service.",
                                new SetKey(
                                        said.place(),
                                        Within.BACKEND,
                                        List.of("service", "port", isNumber ? "number" : "name"),
                                        port,
                                        "")));
    }

    private static List<Fix> behindProxy(Said said) {
        var names = said.all(Container.class).stream().map(Container::name).distinct().toList();
        return Alike.one(said.word(1), names).stream()
                .map(
                        name ->
                                said.byDuty(
                                        "Requests reach %s.".formatted(name),
                                        new Replace(said.place(), said.word(1), name)))
                .toList();
    }

    private static List<Fix> portBehindProxy(Said said) {
        var hostPort =
                Told.in(said.finding(), "listens on ([0-9]+) inside the network; ([0-9]+) is");
        var other =
                hostPort.or(
                        () ->
                                Told.in(
                                        said.finding(),
                                        "opens port ([0-9]+), and requests go to ([0-9]+)"));
        return other.stream()
                .map(
                        ports ->
                                said.byDuty(
                                        "Requests reach the port that it listens on.",
                                        new Replace(
                                                said.place(),
                                                ":" + ports.group(2),
                                                ":" + ports.group(1))))
                .toList();
    }
}
