package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Template;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Combinations of a service's keys that can't work.
final class ServiceRules {
    private static final Set<String> SECRET_WORDS =
            Set.of(
                    "PASSWORD",
                    "PASSWD",
                    "PASSPHRASE",
                    "SECRET",
                    "TOKEN",
                    "KEY",
                    "APIKEY",
                    "CREDENTIAL",
                    "CREDENTIALS");

    /// At the end of a variable's name they say that it tells where or what the secret is, not the secret.
    private static final Set<String> ABOUT =
            Set.of("FILE", "PATH", "DIR", "FOLDER", "URL", "ID", "NAME");

    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?<name>-{0,2}[A-Za-z][A-Za-z0-9_-]*)=(?<value>.*)", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][A-Za-z0-9_-]*");
    private static final Pattern PATH = Pattern.compile("\\.{0,2}/"); // of a file with the secret
    private static final Pattern URL_WITH_PASSWORD =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/\\s:@]*:[^/\\s@]+@");

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
        strategy();
        service.at("singleActive").ifPresent(this::singleActive);
        hooks();
        httpNeedsAPort();
        fixedPorts();
        probesInTime();
        plainSecrets();
        sources();
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
            report(place, strategy + " is not built yet; use stop-start");
        }
        if (strategy.equals("stop-start") && isStateless()) {
            replicas();
        }
    }

    private boolean isStateless() {
        return service.scalarAt("role").filter(role -> role.text().equals("stateless")).isPresent();
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

    private void singleActive(Node single) {
        List<String> fences = single.scalarsAt("fence").stream().map(Scalar::text).toList();
        if (!fences.isEmpty() && fences.stream().allMatch("store"::equals)) {
            report(
                    single.at("fence").orElse(single).place(),
                    "a store stops no order on its way to the venue; add session, gateway or process");
        }
        sessionAlone(single, fences);
        standby(single);
        if (strategy.equals("handoff")) {
            handoff(single);
        } else if (hasHook("activate")) {
            needsProbes(single, "the hook activate of " + name, List.of("active", "token"));
        } else {
            active(single, fences);
        }
        latch();
        if (service.scalarAt("role")
                .filter(role -> role.text().equals("order-entry"))
                .isPresent()) {
            orders(single);
        }
    }

    private void handoff(Node single) {
        for (String hook : List.of("activate", "deactivate")) {
            if (!hasHook(hook)) {
                report(
                        service.at("hooks").orElse(single).place(),
                        "a handoff of %s needs the hook %s; without one use stop-start"
                                .formatted(name, hook));
            }
        }
        needsProbes(single, "a handoff of " + name, List.of("active", "token"));
    }

    /// Without a passive mode each instance may send from its start to its death.
    private void active(Node single, List<String> fences) {
        if (!fences.isEmpty() && !fences.contains("process")) {
            report(
                    single.at("fence").orElse(single).place(),
                    "%s has no hook activate, so it sends for as long as it lives and only its death is a fence; add process"
                            .formatted(name));
        }
        service.scalarAt("replicas")
                .filter(replicas -> !replicas.text().equals("1"))
                .ifPresent(
                        replicas ->
                                report(
                                        replicas.place(),
                                        "%s has no hook activate, so each of its instances would send; set replicas to 1, or add the hook"
                                                .formatted(name)));
        single.scalarAt("onFailure")
                .filter(onFailure -> onFailure.text().equals("standby"))
                .ifPresent(
                        onFailure ->
                                report(
                                        onFailure.place(),
                                        "%s has no hook activate, so none can stand by; use restart or person, or add the hook"
                                                .formatted(name)));
    }

    /// Where orders are entered, what nobody counts is not none.
    private void orders(Node single) {
        if (strategy.equals("handoff")) {
            needsProbes(
                    single, "a handoff of " + name, List.of("unanswered", "inDoubt", "openOrders"));
            return;
        }
        if (hasHook("drain")) {
            needsProbes(single, "the hook drain of " + name, List.of("unanswered", "openOrders"));
        }
        if (hasHook("activate")) {
            needsProbes(single, "the hook activate of " + name, List.of("inDoubt"));
        }
    }

    /// A latch that is set and that nobody can lift is the end of the service.
    private void latch() {
        if (!hasHook("rearm")) {
            service.at("hooks", "kill")
                    .ifPresent(
                            kill ->
                                    report(
                                            kill.place(),
                                            "%s has the hook kill and no hook rearm, so after a kill it could never begin again; add rearm"
                                                    .formatted(name)));
        }
    }

    private void needsProbes(Node single, String what, List<String> probes) {
        for (String probe : probes) {
            if (service.at("probes", probe).isEmpty()) {
                report(
                        service.at("probes").orElse(single).place(),
                        "%s needs the probe %s, since unknown means no; add it"
                                .formatted(what, probe));
            }
        }
    }

    private boolean hasHook(String hook) {
        return service.at("hooks", hook).isPresent();
    }

    /// A session that only says so itself, or that no venue has, confirms nobody's end.
    private void sessionAlone(Node single, List<String> fences) {
        if (!fences.contains("session") || !Set.of("session", "store").containsAll(fences)) {
            return;
        }
        Place place = single.at("fence").orElse(single).place();
        if (service.scalarsAt("venues").isEmpty()) {
            report(
                    place,
                    "the fence session is a venue's, and %s names none; name it in venues, or add gateway or process"
                            .formatted(name));
        }
        if (service.at("probes", "session").isEmpty()) {
            report(
                    place,
                    "nothing tells whether %s has logged out; add the probe session, or the fence process"
                            .formatted(name));
        }
    }

    private void standby(Node single) {
        boolean wantsOne =
                single.scalarAt("onFailure").filter(w -> w.text().equals("standby")).isPresent();
        if (wantsOne && hasHook("activate") && replicasText().equals("1")) {
            report(
                    single.at("onFailure").orElse(single).place(),
                    "onFailure standby needs a standby, and %s has 1 replica; set replicas 2, or use restart or person"
                            .formatted(name));
        }
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
        boolean beside = !replicasText().equals("1") || strategy.equals("handoff");
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

    private void plainSecrets() {
        for (Entry variable : service.entriesAt("env")) {
            if (!(variable.value() instanceof Scalar value)) {
                continue;
            }
            if (soundsSecret(variable.name()) && !literal(value).isEmpty()) {
                report(
                        value.place(),
                        "%s looks like a secret in plain text; move it to secrets, such as %s: {file: …}"
                                .formatted(variable.name(), variable.name()));
            } else {
                passwordInUrl(value);
            }
        }
        secretWords(service.scalarsAt("command"));
        for (String key : List.of("probes", "hooks")) {
            for (Entry entry : service.entriesAt(key)) {
                secretWords(entry.value().scalarsAt("command"));
            }
        }
    }

    /// `--password=…`, `PASSWORD=…`, or `--password` with the next word.
    private void secretWords(List<Scalar> words) {
        var option = "";
        for (Scalar word : words) {
            var given = ASSIGNMENT.matcher(word.text());
            if (!option.isEmpty() && !literal(word).startsWith("-")) {
                plainArgument(option, word, literal(word));
            } else if (given.matches()) {
                var value = new Template(given.group("value")).fill(_ -> "");
                plainArgument(given.group("name"), word, value);
            }
            passwordInUrl(word);
            option = OPTION.matcher(word.text()).matches() ? word.text() : "";
        }
    }

    private void plainArgument(String option, Scalar word, String value) {
        var bare = option.replaceFirst("^-+", "");
        if (soundsSecret(bare) && !value.isEmpty() && !PATH.matcher(value).lookingAt()) {
            report(
                    word.place(),
                    "the argument %s looks like a secret in plain text; hand it over by secrets, such as %s: {file: …}"
                            .formatted(option, bare.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
    }

    private void passwordInUrl(Scalar value) {
        if (URL_WITH_PASSWORD.matcher(literal(value)).find()) {
            report(
                    value.place(),
                    "a URL with a password in plain text; move it to secrets, such as URL: {file: …}");
        }
    }

    /// What stands there whatever the variables are.
    private static String literal(Scalar value) {
        return new Template(value.text()).fill(_ -> "");
    }

    private static boolean soundsSecret(String variable) {
        List<String> words = List.of(variable.toUpperCase(Locale.ROOT).split("[_-]", -1));
        return words.stream().anyMatch(SECRET_WORDS::contains) && !ABOUT.contains(words.getLast());
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
