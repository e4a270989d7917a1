/// Secrets that stand in files in the open, as [dev.pitcrew.model.infra.SecretText] facts that never hold the secret itself.
///
/// Read [Secrets] first: it goes through lines; [SecretNames] tells by a key's name what it opens, [SecretValues] tells a secret from a reference, a placeholder and a guess.
@NullMarked
package dev.pitcrew.read.secret;

import org.jspecify.annotations.NullMarked;
