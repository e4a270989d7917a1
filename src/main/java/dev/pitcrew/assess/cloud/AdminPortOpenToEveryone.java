package dev.pitcrew.assess.cloud;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Clouds;
import dev.pitcrew.assess.support.Ports;
import dev.pitcrew.model.Located;
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
            boolean isOpen = one.setting("source").filter(source -> Ports.isEveryone(source.value())).isPresent();
            String ports = one.setting("ports").map(Located::value).orElse("");
            DOORS.forEach((port, what) -> {
                if (isOpen && !ports.equals("all") && Ports.has(ports, port)) {
                    report.finding(one.setting("source").orElseThrow().place(), "%s lets everybody on the internet reach port %d, %s".formatted(Clouds.named(one), port, what));
                }
            });
        }
    }
}
