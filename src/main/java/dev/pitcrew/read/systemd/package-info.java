/// Units of systemd in, services with what they run and when timers start them out.
///
/// Read [SystemdFormat] first.
@NullMarked
package dev.pitcrew.read.systemd;

import org.jspecify.annotations.NullMarked;
