package dev.pitcrew.read;

import dev.pitcrew.model.Approval;
import dev.pitcrew.model.DatabaseUrl;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The rules of a system file that span several keys. They work on the tree and not on the model, so that they hold for
/// a file with other problems as well: what is missing or of a wrong type is not theirs to report.
final class SystemRules {
    private static final List<String> LIVE_GATES =
            List.of("clockOffset", "killTestedWithin", "witnessedWithin");

    private static final String EXPIRES =
            SystemSchema.ENVIRONMENT.field("approvalExpires").orElseThrow().ifAbsent();

    private final Node root;
    private final Consumer<Problem> problems;

    private SystemRules(Node root, Consumer<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    static void check(Node root, Consumer<Problem> problems) {
        new SystemRules(root, problems).check();
    }

    private void check() {
        var references = new References(root, problems);
        references.check();
        var plain = new HashMap<String, Node>();
        for (Entry service : root.entriesAt("services")) {
            plain.put(service.name(), service.value());
        }
        checkServices(plain, references);
        for (Entry environment : root.entriesAt("environments")) {
            environment(environment.value());
            new ProxyRules(root, environment.value(), problems).check();
            new EngineRules(environment.value(), problems).check();
            environment.value().at("ledger").ifPresent(this::ledger);
            var killTested = environment.value().at("gates", "killTestedWithin");
            var changed = new HashMap<>(plain);
            for (Entry change : environment.value().entriesAt("overrides")) {
                changed.computeIfPresent(
                        change.name(), (_, base) -> laidOver(base, change.value()));
            }
            if (!changed.equals(plain)) {
                checkServices(changed, references);
            }
            if (killTested.isPresent()) {
                changed.forEach(this::tellsItsLatch);
            }
        }
    }

    private void checkServices(Map<String, Node> services, References references) {
        for (Entry named : root.entriesAt("services")) {
            Node service = services.getOrDefault(named.name(), named.value());
            checkService(named.name(), service, services, references);
            for (Entry change : service.entriesAt("versions")) {
                checkService(named.name(), laidOver(service, change.value()), services, references);
            }
        }
        ports(services);
        circles(services);
    }

    /// A test of the kill counts when it is seen, and what tells of no latch is never seen.
    private void tellsItsLatch(String name, Node service) {
        var isTried =
                service.at("singleActive").isPresent() && service.at("hooks", "kill").isPresent();
        if (isTried && service.at("probes", "killed").isEmpty()) {
            report(
                    service.at("probes").orElse(service).place(),
                    "killTestedWithin counts tests that are seen, and %s doesn't tell its kill latch; add the probe killed"
                            .formatted(name));
        }
    }

    private void checkService(
            String name, Node service, Map<String, Node> services, References references) {
        // What was laid over may lack what its own declaration could not demand.
        new Validation(problems).check(name, service, ServiceSchema.SERVICE);
        references.checkService(name, service, services);
        new ServiceRules(name, service, problems).check();
        new ShadowRules(name, service, services, problems).check();
    }

    private static Node laidOver(Node base, Node change) {
        return Merge.over(base, change, ServiceSchema.SERVICE);
    }

    private void environment(Node environment) {
        delay(environment);
        for (Entry gate : environment.entriesAt("gates", "commands")) {
            if (GateName.of(gate.name()).isPresent()) {
                report(
                        gate.value().place(),
                        "%s is a gate of Pitcrew's own; give the command another name"
                                .formatted(gate.name()));
            }
        }
        boolean live =
                environment.scalarAt("kind").filter(k -> k.text().equals("live")).isPresent();
        opening(environment);
        if (!live) {
            return;
        }
        for (Scalar row : environment.scalarsAt("opening", "without")) {
            report(row.place(), "in live every row of the start of day counts; leave it out");
        }
        String balancer = environment.scalarAt("balancer").map(Scalar::text).orElse("built-in");
        if (balancer.equals("built-in")) {
            report(
                    environment.at("balancer").orElse(environment).place(),
                    "the built-in balancer is for demo and paper, since in live Pitcrew is never in"
                            + " the order path; name haproxy or nginx");
        }
        environment
                .scalarAt("approval")
                .filter(approval -> approval.text().equals("none"))
                .ifPresent(
                        approval ->
                                report(
                                        approval.place(),
                                        "approval none is not for live; set two-people, or a delay"
                                                + " such as delay 5m for a one-person desk"));
        var gates = environment.at("gates");
        for (String key : LIVE_GATES) {
            if (gates.flatMap(one -> one.at(key)).isEmpty()) {
                report(
                        gates.orElse(environment).place(),
                        "a live environment needs the gate %s; set its limit".formatted(key));
            }
        }
    }

    /// A deadline that nobody can tell is none.
    private void opening(Node environment) {
        environment
                .scalarAt("opening", "by")
                .filter(
                        by ->
                                isOne(Kind.OPENING, by.text())
                                        && OpeningMaker.deadline(by.text()).isEmpty())
                .ifPresent(
                        by -> report(by.place(), "'%s' names no time zone".formatted(by.text())));
    }

    private void ledger(Node ledger) {
        var isShared =
                ledger.scalarAt("kind").filter(one -> one.text().equals("postgres")).isPresent();
        for (String key : isShared ? List.of("path") : List.of("url", "password")) {
            ledger.at(key)
                    .ifPresent(
                            node ->
                                    report(
                                            node.place(),
                                            "a ledger of kind %s has no %s; leave it out"
                                                    .formatted(
                                                            isShared ? "postgres" : "sqlite",
                                                            key)));
        }
        if (!isShared) {
            return;
        }
        var url = ledger.scalarAt("url");
        if (ledger.at("url").isEmpty()) {
            report(
                    ledger.place(),
                    "a ledger of kind postgres needs url: a database of its own, such as postgresql://pitcrew@db:5432/ledger");
        }
        url.filter(one -> isOne(Kind.DATABASE, one.text())).ifPresent(this::ownDatabase);
    }

    /// What takes the desk's database away must not take the ledger as well, nor the other way round.
    private void ownDatabase(Scalar url) {
        DatabaseUrl database;
        try {
            database = DatabaseUrl.parse(url.text());
        } catch (IllegalArgumentException e) {
            report(url.place(), String.valueOf(e.getMessage()));
            return;
        }
        for (String key : List.of("services", "stores")) {
            for (Entry named : root.entriesAt(key)) {
                DatabaseUses.of(named.value())
                        .filter(one -> one.isOf(database))
                        .findFirst()
                        .ifPresent(
                                one ->
                                        report(
                                                url.place(),
                                                "%s uses this database as well, in line %d; give the ledger one of its own, best on another server"
                                                        .formatted(
                                                                named.name(), one.place().line())));
            }
        }
    }

    /// Whoever waits for longer than an approval lives never begins.
    private void delay(Node environment) {
        var approval = environment.scalarAt("approval");
        var expires = environment.scalarAt("approvalExpires").map(Scalar::text).orElse(EXPIRES);
        if (approval.filter(one -> isOne(Kind.APPROVAL, one.text())).isPresent()
                && isOne(Kind.POSITIVE, expires)
                && Scalars.approval(approval.get().text()) instanceof Approval.Delay(var delay)
                && delay.compareTo(Scalars.duration(expires)) >= 0) {
            report(
                    approval.get().place(),
                    "%s is not shorter than approvalExpires, %s, so nothing would ever begin; raise approvalExpires"
                            .formatted(approval.get().text(), expires));
        }
    }

    private static boolean isOne(Kind kind, String text) {
        return Pattern.matches(kind.pattern(), text);
    }

    private void ports(Map<String, Node> services) {
        var taken = new HashMap<String, String>();
        for (Entry named : root.entriesAt("services")) {
            Node service = services.getOrDefault(named.name(), named.value());
            for (Entry port : service.entriesAt("ports")) {
                if (!(port.value() instanceof Scalar number) || number.text().equals("auto")) {
                    continue;
                }
                String owner = named.name() + "'s " + port.name();
                String other = taken.putIfAbsent(number.text(), owner);
                if (other != null) {
                    report(number.place(), "port %s is %s already".formatted(number.text(), other));
                }
            }
        }
    }

    private void circles(Map<String, Node> services) {
        var done = new HashSet<String>();
        for (Entry named : root.entriesAt("services")) {
            follow(named.name(), new ArrayList<>(), done, services);
        }
    }

    private void follow(
            String name, List<String> path, Set<String> done, Map<String, Node> services) {
        if (!services.containsKey(name) || done.contains(name)) {
            return;
        }
        path.add(name);
        for (Scalar next : services.get(name).scalarsAt("dependsOn")) {
            int start = path.indexOf(next.text());
            if (start >= 0) {
                String circle = String.join(" -> ", path.subList(start, path.size()));
                report(
                        next.place(),
                        "dependsOn goes in a circle, so nothing could start first: %s -> %s"
                                .formatted(circle, next.text()));
            } else {
                follow(next.text(), path, done, services);
            }
        }
        path.removeLast();
        done.add(name);
    }

    private void report(Place place, String message) {
        problems.accept(new Problem(place, message));
    }
}
