package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The rules of one environment's `proxy` that span several keys.
///
/// @param root of the system file
record ProxyRules(Node root, Node environment, Consumer<Problem> problems) {
    private static final Duration CLOSE_MAX =
            Duration.ofSeconds(10); // an effect has no more than 15 s
    private static final List<String> WITH_TRAFFIC = List.of("order-entry", "stateless");

    void check() {
        var proxy = environment.at("proxy");
        if (proxy.isEmpty()) {
            return; // a controller that needs it says so when it begins
        }
        switch (environment.scalarAt("balancer").map(Scalar::text).orElse("built-in")) {
            case "haproxy" -> haproxy(proxy.get());
            case "nginx" -> nginx(proxy.get());
            default ->
                    report(
                            proxy.get().place(),
                            "proxy says where HAProxy or nginx is; name one as the balancer, or leave it out");
        }
        fronts(proxy.get());
    }

    private void haproxy(Node proxy) {
        if (proxy.at("sockets").isEmpty()) {
            report(proxy.place(), "haproxy needs sockets: where its Runtime API answers");
        }
        unused(proxy, "pid", "haproxy");
        unused(proxy, "configuration", "haproxy");
    }

    private void nginx(Node proxy) {
        if (proxy.at("pid").isEmpty()) {
            report(proxy.place(), "nginx needs pid: the file that names its master process");
        }
        unused(proxy, "sockets", "nginx");
        for (Entry front : proxy.entriesAt("fronts")) {
            unused(front.value(), "closeAfter", "nginx");
            front.value()
                    .scalarAt("mode")
                    .filter(one -> one.text().equals("tcp"))
                    .ifPresent(
                            one ->
                                    report(
                                            one.place(),
                                            "with nginx only http is driven; put HAProxy in front of this one"));
        }
    }

    private void unused(Node node, String key, String balancer) {
        node.at(key)
                .ifPresent(
                        one ->
                                report(
                                        one.place(),
                                        "%s has no %s; leave it out".formatted(balancer, key)));
    }

    private void fronts(Node proxy) {
        var listening = new HashSet<String>();
        for (Entry front : proxy.entriesAt("fronts")) {
            var service = root.at("services", front.name());
            if (service.filter(ProxyRules::takesTraffic).isEmpty()) {
                report(
                        front.value().place(),
                        "no service called %s takes requests through a balancer"
                                .formatted(front.name()));
            }
            front.value()
                    .scalarAt("listen")
                    .filter(one -> !listening.add(one.text()))
                    .ifPresent(
                            one -> report(one.place(), one.text() + " is another front's already"));
            front.value()
                    .scalarAt("closeAfter")
                    .filter(one -> Pattern.matches(Kind.POSITIVE.pattern(), one.text()))
                    .filter(one -> Scalars.duration(one.text()).compareTo(CLOSE_MAX) > 0)
                    .ifPresent(
                            one ->
                                    report(
                                            one.place(),
                                            "a change waits for these connections; closeAfter is at most 10s"));
            front.value()
                    .scalarAt("mode")
                    .filter(one -> one.text().equals("tcp"))
                    .filter(_ -> service.flatMap(one -> one.at("rollout", "sticky")).isPresent())
                    .ifPresent(
                            one ->
                                    report(
                                            one.place(),
                                            "with tcp nobody reads a request, so nobody finds a key; leave out rollout.sticky of "
                                                    + front.name()));
        }
        for (Entry service : root.entriesAt("services")) {
            if (takesTraffic(service.value()) && proxy.at("fronts", service.name()).isEmpty()) {
                report(
                        proxy.at("fronts").orElse(proxy).place(),
                        "clients reach %s through the balancer; say in fronts where"
                                .formatted(service.name()));
            }
        }
    }

    private static boolean takesTraffic(Node service) {
        return service.scalarAt("role")
                .map(Scalar::text)
                .filter(WITH_TRAFFIC::contains)
                .isPresent();
    }

    private void report(Place place, String message) {
        problems.accept(new Problem(place, message));
    }
}
