/// YAML text in, a positioned tree out; JSON is YAML.
///
/// In: the text of a file. Out: [Node]s, each with its place, and every problem of the text. Read [YamlTree] first.
@NullMarked
package dev.pitcrew.read.yaml;

import org.jspecify.annotations.NullMarked;
