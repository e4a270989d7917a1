package dev.pitcrew.model;

/// Where something stands in a file.
///
/// @param file the path as the user gave it
/// @param line counted from 1
/// @param column counted from 1
public record Place(String file, int line, int column) {
    public Place {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("a place counts from 1, got " + line + ":" + column);
        }
    }

    /// `file:line:column`, as compilers print it.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
