package dev.pitcrew.cli;

import dev.pitcrew.ledger.Entry;
import java.time.Instant;
import java.util.List;

/// When in a story a controller dies, as the ledger tells it.
///
/// A turn of the controller's loop is the smallest thing that can be told apart from outside: its entries carry the same time, and what it decides
/// is appended all at once or not at all.
sealed interface Moment {
    /// After an entry of a kind.
    ///
    /// @param kind such as `rollout.started`, in whatever version
    /// @param nth which of that kind, from 1, since the story began
    record Written(String kind, int nth) implements Moment {
        @Override
        public int index(List<Entry> entries) {
            int seen = 0;
            for (int i = 0; i < entries.size(); i++) {
                if (kindOf(entries.get(i)).equals(kind) && ++seen == nth) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public String toString() {
            return kind + " " + nth;
        }
    }

    /// After a turn that wrote anything.
    ///
    /// @param nth which, from 1, since the story began
    record Turn(int nth) implements Moment {
        @Override
        public int index(List<Entry> entries) {
            int turns = 0;
            var last = Instant.MIN;
            for (int i = 0; i < entries.size(); i++) {
                if (!entries.get(i).at().equals(last) && ++turns == nth) {
                    return i;
                }
                last = entries.get(i).at();
            }
            return -1;
        }

        @Override
        public String toString() {
            return "turn " + nth;
        }
    }

    /// Where the entry stands that it is about.
    ///
    /// @param entries all since the story began
    /// @return below 0 while it has not come
    int index(List<Entry> entries);

    /// How many turns later the last of the entries is; 0 when whoever wrote them died in the very turn.
    default long turnsAfter(List<Entry> entries) {
        var meant = entries.get(index(entries)).at();
        return entries.stream()
                .skip(index(entries))
                .map(Entry::at)
                .filter(at -> !at.equals(meant))
                .distinct()
                .count();
    }

    static String kindOf(Entry entry) {
        return entry.type().name();
    }
}
