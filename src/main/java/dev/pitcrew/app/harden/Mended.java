package dev.pitcrew.app.harden;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.fix.Fix;
import java.util.List;

/// A finding, the fix of it that was chosen, and its edits.
///
/// @param finding with places of the text that the edits are made in
/// @param fix one of those that its check has
/// @param edits at least one
/// @param lines in which each edit begins, from 1, in the text of its round
/// @param round in which it was made, from 1; later ones are edits of what earlier ones left
public record Mended(Finding finding, Fix fix, List<Edit> edits, List<Integer> lines, int round) {
    public Mended {
        lines = List.copyOf(lines);
        edits = List.copyOf(edits);
    }

    boolean meets(Mended other) {
        return edits.stream()
                .anyMatch(
                        edit ->
                                other.edits.stream()
                                        .anyMatch(one -> !one.equals(edit) && one.meets(edit)));
    }
}
