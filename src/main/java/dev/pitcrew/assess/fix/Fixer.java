package dev.pitcrew.assess.fix;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.Subject;
import java.util.List;

/// Says what would mend the findings of one check. Pure: the same finding and facts give the same fixes.
@FunctionalInterface
interface Fixer {
    /// The ways to mend it, the best first; none where a person has to decide.
    List<Fix> of(Finding finding, Subject subject);
}
