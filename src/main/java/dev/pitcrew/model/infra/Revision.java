package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;

/// A migration that names those that it follows, rather than having a number.
///
/// @param format `alembic`
/// @param place of its own name
/// @param series the folder whose revisions follow each other
/// @param id its name
/// @param parents the names of those that it follows; none: it is the first
/// @param isBranch whether its series is meant to have several ends
public record Revision(
        String format,
        Place place,
        String series,
        String id,
        List<Located<String>> parents,
        boolean isBranch)
        implements InfraFact {
    public Revision {
        parents = List.copyOf(parents);
    }
}
