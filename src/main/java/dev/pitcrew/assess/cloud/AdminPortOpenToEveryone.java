package dev.pitcrew.assess.cloud;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.assess.support.Ports;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;
import java.util.Map;
import java.util.TreeMap;

/// A door for administrators or stores that is open to the whole internet.
final class AdminPortOpenToEveryone implements Check {
    private static final Id ID =
            new Id(
                    "CLD-002",
                    "admin-port-open-to-everyone",
                    Severity.HIGH,
                    "A firewall lets the whole internet reach a port of administrators or of a store");

    private static final int SSH = 22;

    /// More of them than this, and nobody has chosen them.
    private static final int SOME = 4;

    private static final Map<Integer, String> DOORS =
            new TreeMap<>(
                    Map.of(
                            22, "where administrators log in",
                            2375, "where Docker takes orders from anyone",
                            3306, "where MySQL listens",
                            3389, "where administrators log in",
                            5432, "where PostgreSQL listens",
                            6379, "where Redis listens, often without a password",
                            9092, "where Kafka listens",
                            9200, "where Elasticsearch listens, often without a password",
                            27017, "where MongoDB listens"));

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (CloudResource one : Clouds.all(subject, CloudKind.FIREWALL)) {
            one.setting("source")
                    .filter(source -> Ports.isEveryone(source.value()))
                    .ifPresent(source -> look(subject, one, source.place(), report));
        }
    }

    private static void look(Subject subject, CloudResource one, Place place, Report report) {
        String ports = one.setting("ports").map(Located::value).orElse("");
        var open = DOORS.keySet().stream().filter(port -> Ports.has(ports, port)).toList();
        if (ports.equals("all") || open.size() > SOME) {
            if (!Clouds.sends(subject, one) && !Clouds.isBalancer(one)) {
                report.finding(
                        place,
                        "%s lets everybody on the internet reach every port"
                                .formatted(Clouds.named(one)));
            }
            return;
        }
        for (int port : open) {
            var finding =
                    report.finding(
                            place,
                            "%s lets everybody on the internet reach port %d, %s"
                                    .formatted(Clouds.named(one), port, DOORS.get(port)));
            if (port == SSH) {
                finding.severity(Severity.MEDIUM); // it asks for a key, mostly
            }
        }
    }
}
