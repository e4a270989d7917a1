package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.SecretSource;

/// A secret without the key that is asked for.
public final class SecretWithoutKey implements Check {
    private static final Id ID =
            new Id(
                    "SYS-012",
                    "secret-without-key",
                    Severity.HIGH,
                    "A pod asks for a key that its secret does not have, so that it never starts");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            for (EnvVariable variable : one.environment()) {
                String[] asked = variable.secret().orElse("").split("/", 2);
                if (asked.length < 2 || asked[1].isEmpty() || !Pods.isKnown(asked[1])) {
                    continue;
                }
                var sources =
                        subject.all(SecretSource.class).stream()
                                .filter(at -> at.isSecret() && at.name().equals(asked[0]))
                                .filter(at -> Pods.mayBeSame(at.unit(), Pods.namespace(one)))
                                .toList();
                boolean isWhole =
                        !sources.isEmpty()
                                && sources.stream()
                                        .allMatch(
                                                at ->
                                                        at.from().equals("content")
                                                                && !at.keys().isEmpty()
                                                                && at.keys().stream()
                                                                        .allMatch(Pods::isKnown));
                if (isWhole && sources.stream().noneMatch(at -> at.keys().contains(asked[1]))) {
                    report.finding(
                                    variable.place(),
                                    "%s asks for the key %s, which the secret %s does not have"
                                            .formatted(one.name(), asked[1], asked[0]))
                            .about(one)
                            .also(sources.getFirst().place(), "the secret")
                            .confidence(Confidence.MEDIUM);
                }
            }
        }
    }
}
