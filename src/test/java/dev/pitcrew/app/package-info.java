@NullMarked
package dev.pitcrew.app;

import org.jspecify.annotations.NullMarked;
