/// What a repository's system would do on a bad day: what stops when a part dies, how long it takes to come back, how much of the budget that is.
///
/// In: a [dev.pitcrew.assess.Subject]. Out: an [Outlook], with every assumption said. Read [Outlook] first.
@NullMarked
package dev.pitcrew.assess.outlook;

import org.jspecify.annotations.NullMarked;
