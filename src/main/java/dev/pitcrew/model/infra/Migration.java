package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;

/// A migration of a database, or a file that creates its schema.
///
/// @param format `sql`, `alembic`, `django` or `liquibase`
/// @param series the folder whose migrations follow each other; a schema of its own is a series of one
/// @param order among those of the series, from 0
/// @param newer how many of the series follow it
/// @param dialect as its text, or that of the others of its series, tells
/// @param changes in order; what undoes them is left out
public record Migration(
        String format,
        Place place,
        String series,
        int order,
        int newer,
        Dialect dialect,
        List<SchemaChange> changes)
        implements InfraFact {
    public Migration {
        changes = List.copyOf(changes);
    }

    /// Whose SQL it is.
    public enum Dialect {
        POSTGRESQL,
        MYSQL,
        SQLITE,
        OTHER,
        UNKNOWN
    }
}
