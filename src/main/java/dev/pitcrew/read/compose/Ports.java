package dev.pitcrew.read.compose;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container.HostPort;
import dev.pitcrew.model.infra.Container.PortUse;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Quantities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The ports of a service, short and long forms.
final class Ports {
    private static final String EVERYWHERE = "0.0.0.0";

    private Ports() {}

    static List<PortUse> of(Service service) {
        var ports = new LinkedHashMap<String, PortUse>();
        for (Node item : service.items("ports")) {
            PortUse port =
                    switch (item) {
                        case Scalar one -> published(service.located(one));
                        case Mapping one -> published(service, one);
                        default -> null;
                    };
            if (port != null) {
                ports.put(key(port), port);
            }
        }
        var all = new ArrayList<>(ports.values());
        for (Located<String> one : service.texts("expose")) {
            String[] parts = one.value().split("/", 2);
            String protocol = parts.length > 1 ? parts[1] : "tcp";
            all.add(
                    new PortUse(
                            one.place(),
                            Optional.empty(),
                            number(parts[0]),
                            protocol,
                            one.value()));
        }
        return all;
    }

    private static String key(PortUse port) {
        return port.host()
                + "-"
                + port.inside()
                + port.protocol()
                + (port.inside() == 0 ? port.text() : "");
    }

    private static PortUse published(Located<String> one) {
        String text = one.value();
        int slash = text.lastIndexOf('/');
        String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
        String rest = slash < 0 ? text : text.substring(0, slash);
        int last = rest.lastIndexOf(':');
        String inside = rest.substring(last + 1);
        String host = last < 0 ? "" : rest.substring(0, last);
        int middle = host.lastIndexOf(':');
        String address = middle < 0 ? "" : host.substring(0, middle);
        String port = host.substring(middle + 1);
        if (middle < 0 && (port.contains(".") || port.startsWith("["))) {
            address = port; // an address and no port: the engine picks one
            port = "";
        }
        return use(one.place(), address, port, inside, protocol, text);
    }

    private static PortUse published(Service service, Mapping one) {
        String inside = text(service, one, "target");
        String port = text(service, one, "published");
        String address = text(service, one, "host_ip");
        String protocol = text(service, one, "protocol");
        return use(
                one.place(),
                address,
                port,
                inside,
                protocol.isEmpty() ? "tcp" : protocol,
                port + ":" + inside);
    }

    private static String text(Service service, Mapping one, String key) {
        return one.scalarAt(key).map(value -> service.fill(value.text())).orElse("");
    }

    private static PortUse use(
            Place place, String address, String port, String inside, String protocol, String text) {
        String bare = address.replace("[", "").replace("]", "");
        var host =
                new HostPort(bare.isEmpty() || bare.equals("::") ? EVERYWHERE : bare, number(port));
        return new PortUse(place, Optional.of(host), number(inside), protocol, text);
    }

    private static int number(String text) {
        return Quantities.whole(text).filter(one -> one > 0 && one < 65536).orElse(0);
    }
}
