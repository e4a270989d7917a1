/// A repository's files in, a [dev.pitcrew.model.infra.Survey] and a [dev.pitcrew.model.infra.Sketch] out.
///
/// [Sources] are the files, bounded in number, size and time; each [Format] claims those that it knows and says what they hold; [Formats] lists them all. A broken file
/// stops nothing: what can be read of it is read, the rest is a problem with its place. Read [Surveyor] first.
@NullMarked
package dev.pitcrew.read.survey;

import org.jspecify.annotations.NullMarked;
