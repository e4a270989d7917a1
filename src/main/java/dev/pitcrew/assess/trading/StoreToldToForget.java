package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import java.util.regex.Pattern;

/// A database that runs without its durability.
public final class StoreToldToForget implements Check {
    private static final Id ID =
            new Id(
                    "TRD-014",
                    "store-told-to-forget",
                    Severity.CRITICAL,
                    "A store is told to acknowledge what it has not written");
    private static final Pattern FORGETS =
            Pattern.compile(
                    "(?i)\\b(fsync|full_page_writes|synchronous_commit)\\s*=\\s*(off|false|0)\\b|innodb[-_]flush[-_]log[-_]at[-_]trx[-_]commit\\s*=\\s*[02]\\b|^--nojournal$");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            for (Located<String> word : one.command()) {
                if (FORGETS.matcher(word.value()).find()) {
                    report.finding(
                                    word.place(),
                                    "%s acknowledges what it has not written: %s"
                                            .formatted(one.name(), word.value().strip()))
                            .about(one);
                }
            }
        }
    }
}
