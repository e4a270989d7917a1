/// Changelogs of Liquibase, as XML and YAML, in; the same changes of a schema out that SQL files give. Read [LiquibaseFormat] first.
@NullMarked
package dev.pitcrew.read.liquibase;

import org.jspecify.annotations.NullMarked;
