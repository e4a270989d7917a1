/// Files in, the model out.
///
/// In: the text of a system file. Out: a [dev.pitcrew.model.TradingSystem], or every problem of the file at once, each
/// with its place. The way there: YAML to a positioned tree ([Node]), the tree against its declaration ([Shape],
/// [SystemSchema]), rules that span several keys, and only then the model. Read [SystemFile] first.
@NullMarked
package dev.pitcrew.read;

import org.jspecify.annotations.NullMarked;
