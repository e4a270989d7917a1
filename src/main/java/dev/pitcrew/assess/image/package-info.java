/// Checks of containers and images; [ImageChecks] lists them.
@NullMarked
package dev.pitcrew.assess.image;

import org.jspecify.annotations.NullMarked;
