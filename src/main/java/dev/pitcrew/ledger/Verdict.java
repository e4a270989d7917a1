package dev.pitcrew.ledger;

/// What verification found.
public sealed interface Verdict {
    /// One sentence for a person.
    String sentence();

    /// Nothing was altered, removed or reordered.
    ///
    /// @param size how many entries
    /// @param root of the tree over them
    /// @param signed how many of them, from the first, a checkpoint covers; those after it are bound by hashes alone,
    ///     which whoever can write the file can recompute
    record Whole(long size, Hash root, long signed) implements Verdict {
        @Override
        public String sentence() {
            return "%d entries, none altered, removed or reordered; %d of them under a signature"
                    .formatted(size, signed);
        }
    }

    /// An entry isn't what was appended in its place.
    ///
    /// @param kind what happened to it
    /// @param first the first such entry, or where it must lie at the earliest
    /// @param last where the first such entry lies at the latest; equal to `first` when it is known exactly
    record Broken(Kind kind, long first, long last) implements Verdict {
        @Override
        public String sentence() {
            var which = first == last ? "entry " + first : "entries " + first + " to " + last;
            return which + " " + kind.words;
        }
    }

    /// The history isn't the ledger's own, or its checkpoints can't be believed.
    ///
    /// @param why what is wrong with it
    record Untrusted(String why) implements Verdict {
        @Override
        public String sentence() {
            return why;
        }
    }

    /// What happened to an entry.
    enum Kind {
        /// Its bytes aren't those that its hash was made of.
        ALTERED("altered: its content isn't what was appended"),
        /// The entries jump over it, or end before it although a checkpoint covers it.
        REMOVED("removed"),
        /// It stands further down, and another one in its place.
        REORDERED("reordered: it stands further down"),
        /// Another entry stands in its place, and it is nowhere else.
        REPLACED("replaced: something else stands in its place"),
        /// Entry and hashes agree, and a signed checkpoint contradicts them.
        REWRITTEN("rewritten: a signed checkpoint says that something else was there");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
