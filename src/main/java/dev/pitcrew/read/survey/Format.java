package dev.pitcrew.read.survey;

import java.util.List;

/// A format of files that Pitcrew reads. A new one is one class, and its line in [Formats#ALL].
public interface Format {
    /// Names it in facts and output: `compose`, `dockerfile`, …
    String name();

    /// Whether a file is of this format, told by its path and, where that is not enough, by its text. A file may be claimed by several.
    boolean claims(SourceFile file);

    /// Says what the claimed files hold.
    ///
    /// @param files those that it claims, in the order of their paths
    /// @param sources all files of the repository, for references to others
    /// @param found takes facts and problems
    void read(List<SourceFile> files, Sources sources, Found found);

    /// Whether what it says of a file depends on that file alone, so that it is read once in all copies of a repository that have it.
    default boolean readsEachAlone() {
        return false;
    }
}
