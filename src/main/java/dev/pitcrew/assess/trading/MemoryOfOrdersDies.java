package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.model.infra.Duty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A FIX store or a SQLite file in no volume.
public final class MemoryOfOrdersDies implements Check {
    private static final Id ID =
            new Id(
                    "TRD-020",
                    "memory-of-orders-dies",
                    Severity.CRITICAL,
                    "A service that sends orders keeps its sequence numbers or open trades where they die with its container");
    private static final Pattern STORE =
            Pattern.compile(
                    "(?i)(.*_)?(FIX|SESSION|SEQ(UENCE)?S?|JOURNAL|FILE|ORDER)_?(STORE|LOG|JOURNAL)?_?(PATH|DIR|DIRECTORY|FOLDER|STORE)");
    private static final Pattern FILE =
            Pattern.compile("(?i).*(LOG|CONFIG|CERT|KEY|TEMP|TMP|PLUGIN|DICT|UPLOAD|PROFILE).*");
    private static final Pattern SQLITE =
            Pattern.compile("sqlite(\\+[a-z]+)?:///(/[A-Za-z0-9_./-]+)");

    private static List<Located<String>> stores(Container one) {
        var stores = new ArrayList<Located<String>>();
        for (var variable : one.environment()) {
            variable.value()
                    .ifPresent(
                            value -> {
                                boolean isPath =
                                        STORE.matcher(variable.name()).matches()
                                                && !FILE.matcher(variable.name()).matches()
                                                && value.value().matches("/[A-Za-z0-9_./-]+");
                                if (isPath) {
                                    stores.add(value);
                                }
                                sqlite(value).ifPresent(stores::add);
                            });
        }
        one.command().forEach(word -> sqlite(word).ifPresent(stores::add));
        return stores;
    }

    private static Optional<Located<String>> sqlite(Located<String> text) {
        var match = SQLITE.matcher(text.value());
        return match.find() ? Optional.of(text.as(match.group(2))) : Optional.empty();
    }

    private static boolean isKept(Container one, String path) {
        return one.mounts().stream()
                .filter(at -> at.kind() == MountKind.HOST || at.kind() == MountKind.VOLUME)
                .map(at -> at.target().replaceFirst("/$", ""))
                .anyMatch(at -> path.equals(at) || path.startsWith(at + "/"));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            if (subject.duty(one) != Duty.ORDER_ENTRY) {
                continue;
            }
            stores(one).stream()
                    .filter(at -> !isKept(one, at.value()))
                    .findFirst()
                    .ifPresent(
                            at ->
                                    report.finding(
                                                    at.place(),
                                                    "%s keeps its state in %s, which no volume holds"
                                                            .formatted(one.name(), at.value()))
                                            .about(one)
                                            .confidence(Confidence.MEDIUM));
        }
    }
}
