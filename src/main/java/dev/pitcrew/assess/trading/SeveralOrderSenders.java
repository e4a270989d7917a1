package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import java.util.regex.Pattern;

/// Two copies of an executor both act on the same signal.
public final class SeveralOrderSenders implements Check {
    private static final Id ID =
            new Id(
                    "TRD-001",
                    "several-order-senders",
                    Severity.CRITICAL,
                    "More than one copy of a service that sends orders runs at the same time");

    /// Copies that share the work, or elect one of them, say so in their environment or command.
    private static boolean isDivided(Container one) {
        return one.environment().stream().anyMatch(variable -> isWord(variable.name()))
                || one.command().stream().map(Located::value).anyMatch(SeveralOrderSenders::isWord);
    }

    private static final Pattern DIVIDED =
            Pattern.compile(
                    "(?i).*(shard|leader|election|lease|partition|standby|consumer_?group).*");

    private static boolean isWord(String text) {
        return DIVIDED.matcher(text).matches();
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            var copies = one.replicas().filter(count -> count.value() > 1);
            if (copies.isPresent() && subject.duty(one) == Duty.ORDER_ENTRY && !isDivided(one)) {
                report.finding(
                                copies.get().place(),
                                "%d copies of %s run at once, and each of them sends orders"
                                        .formatted(copies.get().value(), one.name()))
                        .about(one)
                        .confidence(Confidence.MEDIUM);
            }
        }
    }
}
