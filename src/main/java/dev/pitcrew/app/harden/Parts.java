package dev.pitcrew.app.harden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Two parts of fixes that don't hold together, each to be proven by itself.
///
/// @param first what seems to be right, where that can be told
record Parts(List<Mended> first, List<Mended> second) {
    Parts {
        first = List.copyOf(first);
        second = List.copyOf(second);
    }

    /// Those in doubt are parted from the rest. Where all are, files are looked at side by side: half of the fixes of each, as what one file is edited for says little of another. Where nothing points at some, halves.
    ///
    /// @param fixes that don't hold together
    /// @param doubted those of them whose fault it is; none when that can't be told
    /// @return empty when each of them is alone in its files, and all are in doubt: none of them holds
    static Optional<Parts> of(List<Mended> fixes, List<Mended> doubted) {
        if (doubted.isEmpty()) {
            int half = fixes.size() / 2;
            return half == 0
                    ? Optional.empty()
                    : Optional.of(
                            new Parts(fixes.subList(0, half), fixes.subList(half, fixes.size())));
        }
        if (doubted.size() < fixes.size()) {
            var all = Set.copyOf(doubted);
            var rest = fixes.stream().filter(one -> !all.contains(one)).toList();
            return Optional.of(new Parts(rest, doubted));
        }
        var first = new LinkedHashSet<Mended>();
        groups(fixes).forEach(group -> first.addAll(group.subList(0, (group.size() + 1) / 2)));
        var second = fixes.stream().filter(one -> !first.contains(one)).toList();
        return second.isEmpty()
                ? Optional.empty()
                : Optional.of(new Parts(fixes.stream().filter(first::contains).toList(), second));
    }

    /// Fixes that edit a file together, directly or by others between them.
    private static Set<List<Mended>> groups(List<Mended> fixes) {
        var byFile = new HashMap<String, List<Mended>>();
        for (Mended one : fixes) {
            var group = new ArrayList<Mended>();
            var files = new HashSet<String>();
            for (Edit edit : one.edits()) {
                var met = byFile.get(edit.file());
                if (met != null && files.add(edit.file())) {
                    met.stream().filter(other -> !group.contains(other)).forEach(group::add);
                }
            }
            group.add(one);
            for (Mended each : group) {
                each.edits().forEach(edit -> byFile.put(edit.file(), group));
            }
        }
        return new LinkedHashSet<>(byFile.values());
    }
}
