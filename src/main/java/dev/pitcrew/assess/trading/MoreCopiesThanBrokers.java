package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import java.util.regex.Pattern;

/// Replication above the number of brokers.
public final class MoreCopiesThanBrokers implements Check {
    private static final Id ID =
            new Id(
                    "TRD-017",
                    "more-copies-than-brokers",
                    Severity.HIGH,
                    "A broker is told to keep more copies than there are brokers");
    private static final Pattern COPIES =
            Pattern.compile("KAFKA_.*(REPLICATION_FACTOR|MIN_ISR|MIN_INSYNC_REPLICAS)");

    private static final Pattern BROKER =
            Pattern.compile("KAFKA_.*(BROKER_ID|NODE_ID|LOG_DIRS|LISTENERS)");

    private static boolean isBroker(Container one) {
        return one.environment().stream().anyMatch(at -> BROKER.matcher(at.name()).matches());
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            if (!isBroker(one)) {
                continue;
            }
            int brokers =
                    subject.all(Container.class).stream()
                            .filter(other -> Pods.areTogether(one, other) && isBroker(other))
                            .mapToInt(other -> other.replicas().map(Located::value).orElse(1))
                            .sum();
            one.environment().stream()
                    .filter(at -> COPIES.matcher(at.name()).matches())
                    .flatMap(
                            at ->
                                    at
                                            .value()
                                            .filter(of -> of.value().matches("[0-9]{1,3}"))
                                            .filter(of -> Integer.parseInt(of.value()) > brokers)
                                            .map(
                                                    of ->
                                                            of.as(
                                                                    "%s=%s of %s asks for more than the brokers that there are, %d"
                                                                            .formatted(
                                                                                    at.name(),
                                                                                    of.value(),
                                                                                    one.name(),
                                                                                    brokers)))
                                            .stream())
                    .findFirst()
                    .ifPresent(
                            at ->
                                    report.finding(at.place(), at.value())
                                            .about(one)
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
