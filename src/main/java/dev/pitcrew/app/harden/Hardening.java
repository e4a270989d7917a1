package dev.pitcrew.app.harden;

import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.read.survey.Sources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What can be mended in a repository, and what a person has to.
///
/// @param before what was found
/// @param after the files with all edits; the same as before when there are none
/// @param mended the fixes that are in it, in the order in which they were made
/// @param withheld fixes that could change what trades, and that nobody asked for; proven as well
/// @param byHand findings that stay, with the reason
public record Hardening(
        Assessment before,
        Sources after,
        List<Mended> mended,
        List<Mended> withheld,
        List<ByHand> byHand) {
    public Hardening {
        mended = List.copyOf(mended);
        withheld = List.copyOf(withheld);
        byHand = List.copyOf(byHand);
    }

    /// A finding that a person has to mend.
    public record ByHand(Finding finding, Why why) {}

    /// Why harden doesn't mend a finding.
    public enum Why {
        NO_FIX("no fix of this check is safe without knowing more than the files say"),
        NOT_HERE("its check has a fix, and the files here are not written as it needs them"),
        NOT_PROVEN(
                "a fix was tried on a copy, and it did not hold: the finding stayed, another one came, or something else changed");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        /// For people, without a full stop.
        public String text() {
            return text;
        }
    }

    /// The files that change, by path: the text before and after; before is empty for one that is new.
    public Map<String, Change> changes() {
        var changes = new TreeMap<String, Change>();
        for (var file : after.all()) {
            var old = before.sources().file(file.path());
            if (old.isEmpty() || !old.get().text().equals(file.text())) {
                changes.put(
                        file.path(),
                        new Change(
                                old.map(one -> one.text()).orElse(""), file.text(), old.isEmpty()));
            }
        }
        return changes;
    }

    /// What becomes of a file.
    public record Change(String before, String after, boolean isNew) {}

    /// Whether some fix in it could change what trades.
    public boolean changesBehaviour() {
        return mended.stream().anyMatch(one -> one.fix().reach() == Reach.BEHAVIOUR);
    }
}
