package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// Something that a file says, in words that don't depend on its format. Open on purpose: a new kind of file may bring a new kind of fact.
public interface InfraFact {
    /// Where it stands.
    Place place();

    /// The format that says it, as `read` names it: `compose`, `kubernetes`, …
    String format();
}
