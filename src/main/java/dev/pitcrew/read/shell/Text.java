package dev.pitcrew.read.shell;

/// Small questions about a script's characters.
final class Text {
    private Text() {}

    /// The end of what opens behind the dollar sign; just behind that sign when it never closes.
    static int balanced(String text, int at, char open, char close) {
        int depth = 0;
        for (int i = at + 1; i < text.length() && i < at + 10_000; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == open) {
                depth++;
            } else if (c == close && --depth == 0) {
                return i + 1;
            }
        }
        return at + 1;
    }

    /// Whether `a|b)` of a `case` stands here rather than a pipe.
    static boolean closesPattern(String text, int at) {
        for (int i = at; i < text.length() && i < at + 200; i++) {
            char c = text.charAt(i);
            if (c == ')') {
                return true;
            }
            if (c == '\n' || c == ';' || c == '(') {
                return false;
            }
        }
        return false;
    }
}
