package dev.pitcrew.assess;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Trading;
import java.util.List;

/// What checks look at.
///
/// @param survey the facts of the files
/// @param sketch the system that they add up to
/// @param isExample whether it is one of many that show how something is done, and trades nothing
public record Subject(Survey survey, Sketch sketch, boolean isExample) {
    /// The facts of one kind, in order.
    public <F extends InfraFact> List<F> all(Class<F> kind) {
        return survey.all(kind);
    }

    /// What the service that a fact belongs to seems to do.
    public Duty duty(InfraFact fact) {
        return sketch.of(fact).map(Sketch.Part::duty).orElse(Duty.OTHER);
    }

    /// What the service that a fact belongs to trades with.
    public Trading trading(InfraFact fact) {
        return sketch.of(fact).map(Sketch.Part::trading).orElse(Trading.UNKNOWN);
    }

    /// Whether it stands in an example; the pipelines of one have real secrets.
    public boolean isShown(Place place) {
        return isExample && !place.file().startsWith(".git");
    }

    /// The same fault costs more on the order path of a live desk, and less on a demo page.
    public Severity weigh(Severity base, InfraFact fact) {
        var severity = base;
        if (duty(fact).isOrderPath() && trading(fact) == Trading.LIVE) {
            severity = severity.raised();
        }
        return switch (trading(fact)) {
            case DEMO, TEST -> severity.lowered().lowered();
            case PAPER -> severity.lowered();
            case UNKNOWN -> isShown(fact.place()) ? severity.lowered().lowered() : severity;
            case LIVE -> severity;
        };
    }
}
