/// What would mend a finding: findings and facts in, [Fix]es out, pure.
///
/// In: a [dev.pitcrew.assess.Finding] and the facts around it. Out: fixes, the best first, each a list of [Change]s that say in the words of a format what is to stand where. Nothing here sees a
/// text: `app.harden` turns changes into edits of it, and proves them. Read [Fixes] first, then [Change].
@NullMarked
package dev.pitcrew.assess.fix;

import org.jspecify.annotations.NullMarked;
