package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.Trading;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A broker whose retention is days, and a topic whose records must be kept for years.
public final class AuditStreamForgets implements Check {
    private static final Id ID =
            new Id(
                    "TRD-021",
                    "audit-stream-forgets",
                    Severity.HIGH,
                    "The broker that carries the audit stream or the orders deletes them after days");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Pattern RETENTION =
            Pattern.compile("(?i)KAFKA_(?:CFG_)?LOG_RETENTION_(HOURS|MINUTES|MS)");
    private static final Pattern TOPIC =
            Pattern.compile(
                    "(?i)(.*[._-])?(audit(-?log|-?trail|-?events)?|order-?events|executions|fills|ledger)([._-](v[0-9]+|events|log|stream|topic))?");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container broker : subject.all(Container.class)) {
            for (EnvVariable variable : broker.environment()) {
                var kept = variable.value().flatMap(value -> kept(variable.name(), value));
                if (kept.filter(time -> time.compareTo(WEEK) <= 0).isEmpty()
                        || subject.trading(broker) == Trading.TEST) {
                    continue;
                }
                topic(subject, broker)
                        .ifPresent(
                                topic ->
                                        report.finding(
                                                        variable.value().orElseThrow().place(),
                                                        "%s deletes records after %d h, those of topic %s as well, and nothing here says that they are kept elsewhere"
                                                                .formatted(
                                                                        broker.name(),
                                                                        kept.get().toHours(),
                                                                        topic.value()))
                                                .about(broker)
                                                .also(topic.place(), "the topic")
                                                .confidence(Confidence.MEDIUM));
            }
        }
    }

    private static Optional<Duration> kept(String name, Located<String> value) {
        var match = RETENTION.matcher(name);
        if (!match.matches() || !value.value().matches("[0-9]{1,15}")) {
            return Optional.empty();
        }
        long count = Long.parseLong(value.value());
        return Optional.of(
                switch (match.group(1).toUpperCase(Locale.ROOT)) {
                    case "HOURS" -> Duration.ofHours(Math.min(count, 1_000_000));
                    case "MINUTES" -> Duration.ofMinutes(Math.min(count, 100_000_000));
                    default -> Duration.ofMillis(count);
                });
    }

    /// A topic of records to keep that a service started with the broker names; none where a connector or archive takes them out.
    private static Optional<Located<String>> topic(Subject subject, Container broker) {
        var together =
                subject.all(Container.class).stream()
                        .filter(
                                one ->
                                        one.format().equals(broker.format())
                                                && one.unit().equals(broker.unit()))
                        .toList();
        boolean isArchived =
                together.stream()
                        .anyMatch(
                                one ->
                                        one.name()
                                                .matches("(?i).*(connect|sink|archiv|recorder).*"));
        return isArchived
                ? Optional.empty()
                : together.stream()
                        .flatMap(one -> one.environment().stream())
                        .filter(one -> one.name().matches("(?i).*TOPIC.*"))
                        .flatMap(one -> one.value().stream())
                        .filter(
                                value ->
                                        value.value().length() < 200
                                                && TOPIC.matcher(value.value()).matches())
                        .findFirst();
    }
}
