package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.SecretText;
import java.util.Locale;
import java.util.Optional;

/// Whoever reaches the Grafana may change its alerts: without a login, or with the password that everybody knows.
final class ConsoleOpenToAll implements Check {
    private static final Id ID =
            new Id(
                    "OBS-014",
                    "console-open-to-all",
                    Severity.HIGH,
                    "Whoever reaches the Grafana may change its alerts: without a login, or with the password that everybody knows");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container console : Consoles.all(subject)) {
            var port = console.ports().stream().filter(Container.PortUse::isOpen).findFirst();
            if (port.isEmpty()) {
                continue;
            }
            anonymous(subject, console)
                    .ifPresent(
                            role ->
                                    report.finding(
                                                    role.place(),
                                                    "whoever reaches %s is %s without a login, and may silence every alert and ask every data source"
                                                            .formatted(
                                                                    console.name(),
                                                                    role.value()
                                                                            .toLowerCase(
                                                                                    Locale.ROOT)))
                                            .also(port.get().place(), "where others reach it")
                                            .about(console));
            Consoles.setting(subject, console, "security", "admin_password")
                    .filter(one -> one.value().equals("admin") && !isTold(subject, one))
                    .ifPresent(
                            one ->
                                    report.finding(
                                                    one.place(),
                                                    "the admin of %s has the password that every Grafana begins with, and who logs in may silence every alert and ask every data source"
                                                            .formatted(console.name()))
                                            .also(port.get().place(), "where others reach it")
                                            .about(console));
        }
    }

    private static Optional<Located<String>> anonymous(Subject subject, Container console) {
        return Consoles.isTrue(Consoles.setting(subject, console, "auth.anonymous", "enabled"))
                ? Consoles.setting(subject, console, "auth.anonymous", "org_role")
                        .filter(role -> role.value().matches("(?i)admin|editor"))
                : Optional.empty();
    }

    /// Whether another check tells the same of the same line.
    private static boolean isTold(Subject subject, Located<String> password) {
        return subject.all(SecretText.class).stream()
                .anyMatch(
                        one ->
                                one.shape() == SecretText.Shape.DEFAULT
                                        && one.place().file().equals(password.place().file())
                                        && one.place().line() == password.place().line());
    }
}
