package dev.pitcrew.assess.secret;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.SecretText;
import dev.pitcrew.model.infra.SecretText.Shape;
import dev.pitcrew.model.infra.SecretText.Sort;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/// A file of environment variables holds secrets, and git does not leave it out.
public final class EnvironmentFileCommitted implements Check {
    @Override
    public Id id() {
        return new Id(
                "SEC-004",
                "environment-file-committed",
                Severity.HIGH,
                "A file of environment variables holds secrets, and git does not leave it out");
    }

    private static final Pattern FILE =
            Pattern.compile(
                    "\\.env(\\.(prod|production|live|local|staging))?|[a-z_-]*(prod|production|live)\\.env");

    @Override
    public void look(Subject subject, Report report) {
        var first = new LinkedHashMap<String, SecretText>();
        var more = new HashMap<String, Integer>();
        for (SecretText one : subject.all(SecretText.class)) {
            String file = one.place().file();
            boolean told =
                    one.sort() == Sort.VENUE
                            || one.sort() == Sort.WALLET
                            || one.sort() == Sort.PRIVATE_KEY;
            if (one.shape() == Shape.LITERAL
                    && !told
                    && FILE.matcher(Paths.name(file)).matches()
                    && !Paths.isTest(one.place())) {
                first.putIfAbsent(file, one);
                more.merge(file, 1, Integer::sum);
            }
        }
        first.forEach(
                (file, one) -> {
                    int others = more.getOrDefault(file, 1) - 1;
                    report.finding(
                                    one.place(),
                                    "%s holds %s%s, and no .gitignore leaves it out"
                                            .formatted(
                                                    Paths.name(file),
                                                    one.name().isEmpty()
                                                            ? "a token of " + one.issuer()
                                                            : one.name(),
                                                    others == 0
                                                            ? ""
                                                            : " and %d more".formatted(others)))
                            .confidence(Confidence.MEDIUM);
                });
    }
}
