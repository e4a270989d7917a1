/// Checks of database migrations; [MigrationChecks] lists them.
@NullMarked
package dev.pitcrew.assess.migration;

import org.jspecify.annotations.NullMarked;
