package dev.pitcrew.read.survey;

import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Survey;
import java.util.List;

/// Infers from facts what the trading system is.
public final class Sketcher {
    private Sketcher() {}

    /// The system as the files let one understand it.
    public static Sketch sketch(Survey survey) {
        return new Sketch(List.of(), List.of(), List.of());
    }
}
