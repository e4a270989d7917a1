/// Alembic's revisions and Django's migrations, which are Python, in; the same changes of a schema out that SQL files give, and how the revisions follow each other.
///
/// Nothing of Python is run: what a call says with names, strings and numbers is read, the rest is left out. Read [AlembicFormat] first.
@NullMarked
package dev.pitcrew.read.alembic;

import org.jspecify.annotations.NullMarked;
