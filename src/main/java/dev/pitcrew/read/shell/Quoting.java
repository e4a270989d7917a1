package dev.pitcrew.read.shell;

/// Takes what is quoted, and what stands for something else, as part of a word. Each returns the offset behind it.
final class Quoting {
    private static final int UNCLOSED_MAX = 100;

    private final String text;
    private int unclosed;

    /// @param text of the whole script
    Quoting(String text) {
        this.text = text;
    }

    /// Takes `'…'`, which begins here.
    int single(Word word, int at) {
        int end = text.indexOf('\'', at + 1);
        int to = end < 0 ? text.length() : end;
        word.begin(at);
        take(word, at + 1, to);
        return to + 1;
    }

    /// Takes `"…"`, which begins here.
    int twice(Word word, int from) {
        word.begin(from);
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                if ("\"\\$`".indexOf(next) < 0 && next != '\n') {
                    word.add(c, at);
                }
                if (next != '\n') {
                    word.add(next, at + 1);
                }
                at += 2;
            } else if (c == '$') {
                at = dollar(word, at);
            } else {
                word.add(c, at);
                at++;
            }
        }
        return at + 1;
    }

    /// Takes `$(…)`, `${…}` and `${{ … }}` whole.
    int dollar(Word word, int at) {
        int end;
        if (text.startsWith("${{", at)) {
            int close = text.indexOf("}}", at);
            end = close < 0 ? at + 1 : close + 2;
        } else if (text.startsWith("$(", at)) {
            end = closed(at, '(', ')');
        } else if (text.startsWith("${", at)) {
            end = closed(at, '{', '}');
        } else {
            end = at + 1;
        }
        return take(word, at, Math.min(end, text.length()));
    }

    /// Of what is never closed nobody looks for the end again and again: a script has a few of them at most.
    private int closed(int at, char open, char close) {
        int end = unclosed > UNCLOSED_MAX ? at + 1 : Text.balanced(text, at, open, close);
        if (end == at + 1) {
            unclosed++;
        }
        return end;
    }

    /// Takes what stands between backticks, with them.
    int backticks(Word word, int at) {
        int close = text.indexOf('`', at + 1);
        return take(word, at, close < 0 ? at + 1 : close + 1);
    }

    /// Takes `<(…)` and `>(…)` whole.
    int substitution(Word word, int at) {
        word.add(text.charAt(at), at);
        return take(word, at + 1, Math.max(Text.balanced(text, at, '(', ')'), at + 1));
    }

    private int take(Word word, int from, int to) {
        for (int i = from; i < to; i++) {
            word.add(text.charAt(i), i);
        }
        return to;
    }
}
