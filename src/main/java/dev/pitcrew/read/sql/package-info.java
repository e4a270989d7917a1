/// Migrations of databases: SQL files of the usual tools, and Alembic's Python. Read [SqlMigrations] first.
@NullMarked
package dev.pitcrew.read.sql;

import org.jspecify.annotations.NullMarked;
