package dev.pitcrew.read.shell;

import java.util.Arrays;

/// A word on its way: its characters, and where each of them stands in the text.
final class Word {
    private final StringBuilder text = new StringBuilder();
    private int[] offsets = new int[16];
    private boolean begun;
    private int start;

    /// Says that a word begins here, though it may stay empty, as `""` does.
    void begin(int offset) {
        if (!begun) {
            begun = true;
            start = offset;
        }
    }

    void add(char c, int offset) {
        begin(offset);
        if (text.length() == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[text.length()] = offset;
        text.append(c);
    }

    boolean isBegun() {
        return begun;
    }

    String text() {
        return text.toString();
    }

    int start() {
        return start;
    }

    /// Where a character stands; that of the last one for any behind it.
    int offset(int index) {
        return text.isEmpty() ? start : offsets[Math.min(index, text.length() - 1)];
    }
}
