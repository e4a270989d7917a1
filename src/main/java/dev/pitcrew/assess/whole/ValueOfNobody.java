package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.MissingValue;

/// A name in a template, and nearly the same one in the values: what is rendered is empty, and valid.
public final class ValueOfNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-009",
                    "value-of-nobody",
                    Severity.MEDIUM,
                    "A template of a chart puts in a value that the chart's values do not have, and asks nobody for it");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (MissingValue one : subject.all(MissingValue.class)) {
            if (!Paths.isTest(one.place())) {
                report.finding(
                                one.place(),
                                ".Values.%s is not among the values, so nothing stands here unless somebody sets it"
                                        .formatted(one.path()))
                        .also(one.beside(), "what stands beside it")
                        .confidence(Confidence.MEDIUM);
            }
        }
    }
}
