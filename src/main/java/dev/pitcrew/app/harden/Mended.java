package dev.pitcrew.app.harden;

import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.fix.Fix;
import java.util.List;
import java.util.Map;

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

    /// Whether it can't be made with some edits of others, which are by file.
    boolean meets(Map<String, List<Edit>> others) {
        return edits.stream()
                .anyMatch(
                        edit ->
                                others.getOrDefault(edit.file(), List.of()).stream()
                                        .anyMatch(one -> !one.equals(edit) && one.meets(edit)));
    }
}
