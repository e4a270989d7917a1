package dev.pitcrew.assess.secret;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Report.Draft;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.SecretText;
import dev.pitcrew.model.infra.SecretText.Shape;
import java.util.HashMap;
import java.util.regex.Pattern;

/// A secret has a default that works, so nobody notices that it was never set.
public final class SecretWithWorkingDefault implements Check {
    @Override
    public Id id() {
        return new Id(
                "SEC-002",
                "secret-with-working-default",
                Severity.HIGH,
                "A secret has a default that works, so nobody notices that it was never set");
    }

    private static final Pattern FOR_DEVELOPERS =
            Pattern.compile(
                    "(?i)(.*[/._-])?(dev|development|local|test|tests|ci|demo|override|example|sample|staging)([/._-].*)?");

    @Override
    public void look(Subject subject, Report report) {
        var told = new HashMap<String, Draft>();
        for (SecretText one : subject.all(SecretText.class)) {
            if (one.shape() == Shape.DEFAULT
                    && !Paths.isTest(one.place())
                    && !FOR_DEVELOPERS.matcher(one.place().file()).matches()) {
                var before = told.get(one.place().file() + ' ' + one.name());
                if (before == null) {
                    told.put(one.place().file() + ' ' + one.name(), say(one, report));
                } else {
                    before.also(one.place(), "and here");
                }
            }
        }
    }

    private static Draft say(SecretText one, Report report) {
        return report.finding(
                one.place(),
                "where %s isn't set, everybody who reads this file knows its value"
                        .formatted(one.name()));
    }
}
