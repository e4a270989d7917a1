/// What a desk rents from a cloud, and what is lost when it goes or is open. Facts in, findings out; read [CloudChecks] first.
@NullMarked
package dev.pitcrew.assess.cloud;

import org.jspecify.annotations.NullMarked;
