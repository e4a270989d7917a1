/// Renders charts by the `helm` command of the user: offline, without a cluster, bounded in time and output.
///
/// In: the folder of a chart. Out: the YAML that its templates make, by template. Read [Helm] first.
@NullMarked
package dev.pitcrew.runtime.helm;

import org.jspecify.annotations.NullMarked;
