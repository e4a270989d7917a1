/// Questions that several checks ask of the same facts: does this step deploy, does that image send orders, who is process 1.
///
/// Read [Deploys] first.
@NullMarked
package dev.pitcrew.assess.support;

import org.jspecify.annotations.NullMarked;
