package dev.pitcrew.read.survey;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.InfraFact;

/// Where a format leaves what it finds.
public interface Found {
    /// Something that a file says.
    void fact(InfraFact fact);

    /// Something that can't be read, and what to do about it.
    void problem(Place place, String message);
}
