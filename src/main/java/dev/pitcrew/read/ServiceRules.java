package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Combinations of a service's keys that can't work.
final class ServiceRules {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final String name;
    private final Node service;
    private final Consumer<Problem> problems;
    private final String strategy;

    ServiceRules(String name, Node service, Consumer<Problem> problems) {
        this.name = name;
        this.service = service;
        this.problems = problems;
        this.strategy =
                service.scalarAt("rollout", "strategy").map(Scalar::text).orElse("stop-start");
    }

    void check() {
        program();
        strategy();
        service.at("singleActive")
                .ifPresent(
                        single ->
                                new SingleActiveRules(name, service, single, strategy, problems)
                                        .check());
        hooks();
        httpNeedsAPort();
        fixedPorts();
        probesInTime();
        new SecretRules(service, problems).check();
        sources();
        service.at("rollout", "judge").ifPresent(this::judge);
    }

    private void program() {
        if (service instanceof Mapping
                && service.at("command").isEmpty()
                && service.at("container").isEmpty()) {
            report(
                    service.place(),
                    name + " needs command: The program and its arguments, without a shell.");
        }
        service.at("container")
                .filter(one -> one.at("image").isEmpty() && one.at("build").isEmpty())
                .ifPresent(
                        one ->
                                report(
                                        one.place(),
                                        name + " needs an image, or build to make one; add image"));
        for (Entry port : service.entriesAt("container", "ports")) {
            if (service.at("ports", port.name()).isEmpty()) {
                report(
                        port.key().place(),
                        "%s has no port named %s outside; add ports: {%s: auto}"
                                .formatted(name, port.name(), port.name()));
            }
        }
    }

    private void judge(Node judge) {
        for (String level : List.of("alpha", "alphaPass")) {
            judge.scalarAt(level)
                    .filter(share -> Pattern.matches("(0|100)+(\\.0*)?%", share.text()))
                    .ifPresent(
                            share ->
                                    report(
                                            share.place(),
                                            "%s lies between 0%% and 100%%, such as 1%%, is %s"
                                                    .formatted(level, share.text())));
        }
        for (Entry metric : judge.entriesAt("metrics")) {
            judged(metric);
        }
        if (judge.at("prometheus").isEmpty() && service.at("ports", "http").isEmpty()) {
            report(
                    judge.place(),
                    name + " has no port named http to read numbers from; add ports: {http: auto}");
        }
    }

    private void judged(Entry metric) {
        Node value = metric.value();
        boolean hasWhole = value.at("of").isPresent() || value.at("per").isPresent();
        if (value.at("of").isPresent() && value.at("per").isPresent()) {
            report(
                    value.place(),
                    "%s has both of and per; say of where the events are a part, else per"
                            .formatted(metric.name()));
        }
        // What is counted over time depends on the hour, so the past is nothing to compare it with.
        // In shadow both run at once.
        if (value.at("events").isPresent()
                && !hasWhole
                && service.at("singleActive").isPresent()
                && !strategy.equals("shadow")) {
            report(
                    value.place(),
                    "%s is counted over time, and of %s only one version is active at a time, so there is nothing to compare it with; say of or per"
                            .formatted(metric.name(), name));
        }
    }

    private void strategy() {
        Place place = service.at("rollout", "strategy").orElse(service).place();
        boolean single = service.at("singleActive").isPresent();
        if (strategy.equals("handoff") && !single) {
            report(
                    place,
                    "handoff is for single-active services; say singleActive, or use stop-start");
        }
        boolean overlaps = Set.of("rolling", "blue-green", "canary").contains(strategy);
        if (overlaps && single) {
            report(
                    place,
                    "%s has two versions active at once, which singleActive forbids; use handoff or"
                                    .formatted(strategy)
                            + " stop-start");
        } else if (overlaps) {
            ofMany(place);
        }
        shares();
        if (strategy.equals("stop-start") && isStateless()) {
            replicas();
        }
    }

    /// Two versions are at work at once.
    private void ofMany(Place place) {
        if (isRole("order-entry")) {
            if (service.at("rollout", "sticky", "order").isEmpty()) {
                report(
                        place,
                        "with %s an amend or a cancel has to find the instance of %s that owns the order; say rollout: sticky: {key: …, order: {header: …}}"
                                .formatted(strategy, name));
            }
            if (service.at("probes", "openOrders").isEmpty()) {
                report(
                        service.at("probes").orElse(service).place(),
                        "with %s an instance of %s ends once it has no open order; add the probe openOrders"
                                .formatted(strategy, name));
            }
        }
        if (strategy.equals("canary")) {
            canary(place);
        }
    }

    private void canary(Place place) {
        if (!isRole("order-entry") && !isStateless()) {
            if (!isRole("strategy")) { // of which ShadowRules tells more
                report(
                        place,
                        "a canary takes a share of requests, and %s takes none; use rolling"
                                .formatted(name));
            }
            return;
        }
        if (service.at("rollout", "canary").isEmpty()) {
            report(
                    place,
                    "a canary needs its shares; say rollout: canary: {shares: [5%, 25%, 50%]}");
        }
        if (service.at("rollout", "sticky").isEmpty()) {
            report(
                    place,
                    "a canary is sticky, so that no client changes sides with each request; say rollout: sticky: {key: {header: …}}");
        }
        var limits =
                service.scalarAt("rollout", "canary", "limits").map(Scalar::text).orElse("none");
        var where = service.at("rollout", "canary", "limits").map(Node::place).orElse(place);
        if (limits.equals("per-process")) {
            report(
                    where,
                    "%s holds limits in each process, so two versions at once may use twice as much; share them or scale them with the share, or use blue-green"
                            .formatted(name));
        } else if (limits.equals("none") && isRole("order-entry")) {
            report(
                    where,
                    "%s enters orders, so its limits have to hold over both versions; say rollout: canary: {limits: shared} or {limits: scaled}"
                            .formatted(name));
        }
    }

    /// Shares grow, from above nothing to below everything.
    private void shares() {
        var before = BigDecimal.ZERO;
        for (Scalar share : service.scalarsAt("rollout", "canary", "shares")) {
            if (!Pattern.matches(Kind.SHARE.pattern(), share.text())) {
                continue; // which is reported already
            }
            var percent = new BigDecimal(share.text().substring(0, share.text().length() - 1));
            if (percent.compareTo(before) <= 0 || percent.compareTo(WHOLE) >= 0) {
                report(
                        share.place(),
                        "shares grow, each above the one before and below 100%%; %s follows %s%%"
                                .formatted(share.text(), before.toPlainString()));
            }
            before = percent;
        }
        service.at("rollout", "sticky")
                .filter(_ -> service.at("singleActive").isPresent())
                .ifPresent(
                        sticky ->
                                report(
                                        sticky.place(),
                                        "all requests of a single-active service go to one instance; leave sticky out"));
    }

    private boolean isRole(String wanted) {
        return service.scalarAt("role").filter(role -> role.text().equals(wanted)).isPresent();
    }

    private boolean isStateless() {
        return isRole("stateless");
    }

    /// A stop-start ends one instance and starts one, and all traffic goes to that.
    private void replicas() {
        service.scalarAt("replicas")
                .filter(replicas -> !replicas.text().equals("1"))
                .ifPresent(
                        replicas ->
                                report(
                                        replicas.place(),
                                        "a stop-start of %s leaves all traffic to one instance while it lasts, which is less than %s; set replicas to 1"
                                                .formatted(name, replicas.text())));
    }

    private String replicasText() {
        return service.scalarAt("replicas").map(Scalar::text).orElse("1");
    }

    private void hooks() {
        for (String hook : List.of("activate", "rearm")) {
            service.at("hooks", hook, "signal")
                    .ifPresent(
                            signal ->
                                    report(
                                            signal.place(),
                                            hook
                                                    + " can't be a signal, which carries no token; use"
                                                    + " http or command"));
        }
    }

    private void httpNeedsAPort() {
        if (service.at("ports", "http").isPresent()) {
            return;
        }
        for (String key : List.of("probes", "hooks")) {
            for (Entry entry : service.entriesAt(key)) {
                entry.value()
                        .at("http")
                        .ifPresent(
                                http ->
                                        report(
                                                http.place(),
                                                name
                                                        + " has no port named http to ask; add ports:"
                                                        + " {http: auto}"));
            }
        }
    }

    private void fixedPorts() {
        boolean beside =
                !replicasText().equals("1")
                        || Set.of("handoff", "rolling", "blue-green", "canary").contains(strategy);
        for (Entry port : service.entriesAt("ports")) {
            if (beside && port.value() instanceof Scalar number && !number.text().equals("auto")) {
                report(
                        number.place(),
                        "several instances of %s can't share port %s; set auto"
                                .formatted(name, number.text()));
            }
        }
    }

    private void probesInTime() {
        Optional<Duration> every = duration("every");
        Optional<Duration> limit = duration("limit");
        if (every.isPresent() && limit.isPresent() && limit.get().compareTo(every.get()) <= 0) {
            report(
                    service.at("probes", "limit").orElse(service).place(),
                    "the limit is not above every, so each fact would be unknown before the next");
        }
    }

    private Optional<Duration> duration(String key) {
        return service.scalarAt("probes", key)
                .map(Scalar::text)
                .filter(text -> Pattern.matches(Kind.POSITIVE.pattern(), text))
                .map(Scalars::duration);
    }

    private void sources() {
        var ours = service.at("reconcile", "ours");
        var theirs = service.at("reconcile", "theirs");
        if (ours.isPresent()
                && theirs.isPresent()
                && service(ours.get()).equals(service(theirs.get()))) {
            report(
                    theirs.get().place(),
                    "both sources are %s, which proves nothing; name another service in theirs"
                            .formatted(service(ours.get())));
        }
    }

    private String service(Node source) {
        return source.scalarAt("service").map(Scalar::text).orElse(name);
    }

    private void report(Place place, String message) {
        problems.accept(new Problem(place, message));
    }
}
