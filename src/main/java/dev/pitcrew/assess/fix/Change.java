package dev.pitcrew.assess.fix;

import dev.pitcrew.model.Place;
import java.util.List;

/// What is to stand where, in the words of a format. Comments, quotes, indentation and line ends are those of the file.
public sealed interface Change {
    /// The place that it is bound to.
    Place place();

    /// Other words instead of some, the first time that they stand at a place or after it, in its line or the lines of the same value.
    ///
    /// @param old not empty
    /// @param words instead
    record Replace(Place place, String old, String words) implements Change {}

    /// The same of the last time that they stand before a place, in its own or an earlier line.
    record ReplaceBefore(Place place, String old, String words) implements Change {}

    /// A variable of the shell instead of an expression that is pasted into a script; not within single quotes, where none is filled in.
    record Variable(Place place, String expression, String name) implements Change {}

    /// A key of a YAML mapping gets a value: another one, in the quotes that it had, or it is added.
    ///
    /// @param within which mapping around the place is meant
    /// @param path of keys from there; those that are not there are made
    /// @param value as YAML, in one line
    /// @param before the key that it goes before if it is added; empty: the end
    record SetKey(Place place, Within within, List<String> path, String value, String before)
            implements Change {
        public SetKey {
            path = List.copyOf(path);
        }
    }

    /// Another key and value instead of one that is there.
    ///
    /// @param path of the one that is there
    /// @param value as YAML, in one line
    record ReplaceEntry(Place place, Within within, List<String> path, String key, String value)
            implements Change {
        public ReplaceEntry {
            path = List.copyOf(path);
        }
    }

    /// One more item at the end of a list, which is made if it is not there.
    ///
    /// @param path of the list
    /// @param lines of the item; several only in a list of one item a line
    record AddItem(Place place, Within within, List<String> path, List<String> lines)
            implements Change {
        public AddItem {
            path = List.copyOf(path);
            lines = List.copyOf(lines);
        }
    }

    /// The YAML document at a place goes, with the line that parts it from the others.
    record RemoveDocument(Place place) implements Change {}

    /// Lines before that of a place, with its indentation.
    record LinesBefore(Place place, List<String> lines) implements Change {
        public LinesBefore {
            lines = List.copyOf(lines);
        }
    }

    /// Lines after that of a place, with its indentation.
    record LinesAfter(Place place, List<String> lines) implements Change {
        public LinesAfter {
            lines = List.copyOf(lines);
        }
    }

    /// Lines at the beginning of the block that opens in the line of a place, with the indentation of what is in it.
    record InBlock(Place place, List<String> lines) implements Change {
        public InBlock {
            lines = List.copyOf(lines);
        }
    }

    /// Lines in the section of a name in the file of a place, such as HAProxy's `defaults`; not offered where there is none.
    record InSection(Place place, String section, List<String> lines) implements Change {
        public InSection {
            lines = List.copyOf(lines);
        }
    }

    /// A line `key=value` of a section of a unit gets another value, or it is added, and the section too.
    record UnitLine(Place place, String section, String key, String value) implements Change {}

    /// Words at the end of the line of a place, before its comment.
    record EndOfLine(Place place, String words) implements Change {}

    /// The line of a place goes.
    record RemoveLine(Place place) implements Change {}

    /// Lines at the end of a file, which is made if it is not there.
    ///
    /// @param place in the file
    record Append(Place place, List<String> lines) implements Change {
        public Append {
            lines = List.copyOf(lines);
        }
    }

    /// Which YAML mapping around a place is meant: the innermost whose path from the top of its document has this form, with `[0]` for an item of a list.
    enum Within {
        FILE(""),
        /// A service of Compose.
        SERVICE("services/[^/]+"),
        /// An object of Kubernetes, in a list or by itself.
        OBJECT("(items/\\[\\d+])?"),
        /// What a container of Kubernetes says.
        CONTAINER("(.*/)?(initContainers|containers)/\\[\\d+]"),
        /// What a pod of Kubernetes says.
        POD("(.*/)?template/spec|(items/\\[\\d+]/)?spec"),
        /// A job of GitHub.
        JOB("jobs/[^/]+"),
        /// A job of GitLab.
        TOP_KEY("[^/]+"),
        /// A step of a job of GitHub.
        STEP(".*steps/\\[\\d+]"),
        /// A group of Prometheus rules.
        GROUP("(.*/)?groups/\\[\\d+]"),
        /// Where an ingress leads to.
        BACKEND("(.*/)?backend"),
        /// An item of any list.
        ITEM("(.*/)?\\[\\d+]");

        private final String form;

        Within(String form) {
            this.form = form;
        }

        /// The form of its path, as a regular expression.
        public String form() {
            return form;
        }
    }
}
