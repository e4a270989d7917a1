package dev.pitcrew.app.own;

import dev.pitcrew.app.own.View.Maker;
import dev.pitcrew.model.infra.Container;
import java.util.LinkedHashMap;
import java.util.Map;

/// How own checks see containers.
final class ContainerView {
    private static final View<Container.PortUse> PORT =
            new Maker<Container.PortUse>("Port")
                    .text("text", "as it is written", Container.PortUse::text)
                    .whole(
                            "inside",
                            "in the container; 0 for a range or a name",
                            p -> (long) p.inside())
                    .text("protocol", "`tcp` or `udp`", Container.PortUse::protocol)
                    .text(
                            "hostAddress",
                            "where it is published on the host",
                            p -> p.host().map(Container.HostPort::address).orElse(null))
                    .whole(
                            "hostPort",
                            "the port there; 0 when the engine picks one",
                            p -> p.host().map(h -> (long) h.port()).orElse(null))
                    .flag(
                            "open",
                            "whether others than this machine reach it",
                            Container.PortUse::isOpen)
                    .build();

    private static final View<Container.Mount> MOUNT =
            new Maker<Container.Mount>("Mount")
                    .text(
                            "kind",
                            "`host`, `volume`, `anonymous`, `memory`, `ephemeral`, `secret` or `config`",
                            m -> Pieces.word(m.kind()))
                    .text(
                            "source",
                            "the volume's name or the path on the host",
                            Container.Mount::source)
                    .text("target", "the path in the container", Container.Mount::target)
                    .flag("readOnly", "whether it can't be written", Container.Mount::isReadOnly)
                    .build();

    private static final View<Container.HealthCheck> HEALTH_CHECK =
            new Maker<Container.HealthCheck>("HealthCheck")
                    .text(
                            "kind",
                            "`health`, `liveness`, `readiness` or `startup`",
                            Container.HealthCheck::kind)
                    .text(
                            "test",
                            "what it does; empty when it was disabled",
                            h -> Seen.masked(h.test()))
                    .whole(
                            "intervalMillis",
                            "between two",
                            h -> h.interval().map(d -> d.toMillis()).orElse(null))
                    .whole(
                            "timeoutMillis",
                            "of one",
                            h -> h.timeout().map(d -> d.toMillis()).orElse(null))
                    .whole(
                            "retries",
                            "failures until it counts",
                            h -> h.retries().map(n -> (long) n).orElse(null))
                    .build();

    static final View<Seen<Container>> CONTAINER =
            Pieces.<Container>placed("Container", Container::place)
                    .text("name", "as its file calls it", s -> s.fact().name())
                    .text("format", "`compose`, `kubernetes`, …", s -> s.fact().format())
                    .text(
                            "unit",
                            "the Compose project's folder, or kind and name",
                            s -> s.fact().unit())
                    .text("image", "what it runs", s -> s.opt(Container::image))
                    .text(
                            "build",
                            "the Dockerfile that it is built from",
                            s -> s.opt(Container::build))
                    .texts("entrypoint", "as given here", s -> s.texts(s.fact().entrypoint()))
                    .texts("command", "as given here", s -> s.texts(s.fact().command()))
                    .byName(
                            "environment",
                            "variables with a value in the open",
                            ContainerView::environment)
                    .texts(
                            "variables",
                            "the names of all variables, secret ones as well",
                            s -> s.fact().environment().stream().map(v -> v.name()).toList())
                    .many("ports", PORT, "that it opens or publishes", s -> s.fact().ports())
                    .many("mounts", MOUNT, "volumes, folders and files", s -> s.fact().mounts())
                    .many("healthChecks", HEALTH_CHECK, "given here", s -> s.fact().healthChecks())
                    .whole(
                            "stopGraceMillis",
                            "until it is killed",
                            s -> s.fact().stopGrace().map(d -> d.value().toMillis()).orElse(null))
                    .text("restart", "`no`, `always`, …", s -> s.opt(Container::restart))
                    .whole(
                            "replicas",
                            "how many run",
                            s -> s.fact().replicas().map(n -> (long) n.value()).orElse(null))
                    .text(
                            "update",
                            "`start-first` or `stop-first`",
                            s -> s.fact().update().map(u -> Pieces.word(u.value())).orElse(null))
                    .whole(
                            "memoryMaxBytes",
                            "the limit",
                            s -> s.fact().memoryMax().map(b -> b.value().bytes()).orElse(null))
                    .number("cpusMax", "the limit in cores", s -> s.opt(Container::cpusMax))
                    .text("user", "if it is said", s -> s.opt(Container::user))
                    .texts(
                            "traits",
                            "`privileged`, `read-only`, `host-network`, `cap-add:NET_ADMIN`, …",
                            s -> s.texts(s.fact().traits()))
                    .texts(
                            "dependsOn",
                            "`NAME` or `NAME:healthy`",
                            s -> s.texts(s.fact().dependsOn()))
                    .texts("networks", "that it joins", s -> s.texts(s.fact().networks()))
                    .texts(
                            "profiles",
                            "under which alone it starts",
                            s -> s.texts(s.fact().profiles()))
                    .texts(
                            "labels",
                            "`key=value`, annotations as well",
                            s -> s.texts(s.fact().labels()))
                    .build();

    private ContainerView() {}

    private static Map<String, String> environment(Seen<Container> seen) {
        var values = new LinkedHashMap<String, String>();
        for (var one : seen.fact().environment()) {
            one.value().ifPresent(value -> values.put(one.name(), seen.text(one.name(), value)));
        }
        return values;
    }
}
