/// Checks of secrets; [SecretChecks] lists them.
@NullMarked
package dev.pitcrew.assess.secret;

import org.jspecify.annotations.NullMarked;
