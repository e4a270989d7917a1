package dev.pitcrew.read.cloud;

import java.util.Optional;

/// The characters of a file of HCL, taken from left to right.
final class HclChars {
    /// Each heredoc without an end is looked for to the end of the file.
    private static final int ENDLESS_MAX = 50;

    private final String text;
    private int at;
    private int endless;

    HclChars(String text) {
        this.text = text;
    }

    /// The next character's number, from 0.
    int at() {
        return at;
    }

    boolean isEnd() {
        return at >= text.length();
    }

    /// The next character; 0 at the end.
    char peek() {
        return peek(0);
    }

    private char peek(int more) {
        return at + more < text.length() ? text.charAt(at + more) : 0;
    }

    boolean isNext(char c) {
        return !isEnd() && peek() == c;
    }

    boolean take(char c) {
        boolean isThere = isNext(c);
        if (isThere) {
            at++;
        }
        return isThere;
    }

    /// Spaces and comments within a line.
    void skipBlanks() {
        while (!isEnd()) {
            char c = peek();
            if (c == ' ' || c == '\t' || c == '\r' || c == '\uFEFF') {
                at++;
            } else if (!skipComment()) {
                return;
            }
        }
    }

    /// Spaces, comments and line ends.
    void skipSpace() {
        do {
            skipBlanks();
        } while (take('\n'));
    }

    private boolean skipComment() {
        if (peek() == '#' || (peek() == '/' && peek(1) == '/')) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
            return true;
        }
        if (peek() == '/' && peek(1) == '*') {
            int end = text.indexOf("*/", at + 2);
            at = end < 0 ? text.length() : end + 2;
            return true;
        }
        return false;
    }

    /// A name; empty when there is none.
    String identifier() {
        int start = at;
        if (Character.isLetter(peek()) || peek() == '_') {
            while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-') {
                at++;
            }
        }
        return text.substring(start, at);
    }

    /// A number; empty when there is none.
    String number() {
        int start = at;
        int digits = peek() == '-' ? 1 : 0;
        if (isDigit(peek(digits))) {
            at += digits;
            while (isDigit(peek()) || (peek() == '.' && isDigit(peek(1)))) {
                at++;
            }
        }
        return text.substring(start, at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// `.name`, `[0]`, `["key"]`, `.*` after a name.
    void skipParts() {
        while (true) {
            if (peek() == '.'
                    && (Character.isLetterOrDigit(peek(1)) || peek(1) == '_' || peek(1) == '*')) {
                at += 2;
                while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-') {
                    at++;
                }
            } else if (peek() == '[') {
                int end = closing();
                if (end < 0) {
                    return;
                }
                at = end + 1;
            } else {
                return;
            }
        }
    }

    /// The key of an object: a name, a text, a number, or an expression in parentheses as it is written.
    String key() {
        if (isNext('"')) {
            return quoted().orElse("");
        }
        int start = at;
        if (isNext('(')) {
            skipExpression(true);
            return text.substring(start, at).strip();
        }
        String number = number();
        if (number.isEmpty()) {
            identifier();
            skipParts();
        }
        return text.substring(start, at);
    }

    /// A text in quotes, with what is filled in as it is written; empty when it has no end, and then nothing is taken.
    Optional<String> quoted() {
        int start = at;
        var value = new StringBuilder();
        at++;
        while (!isEnd() && peek() != '\n') {
            char c = peek();
            if (c == '"') {
                at++;
                return Optional.of(value.toString());
            }
            if (c == '\\' && peek(1) != '\n') {
                value.append(escaped(peek(1)));
                at = Math.min(text.length(), at + 2);
            } else if ((c == '$' || c == '%') && peek(1) == '{') {
                int begun = at;
                skipFilled();
                value.append(text, begun, at);
            } else {
                value.append(c);
                at++;
            }
        }
        at = start;
        return Optional.empty();
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            default -> String.valueOf(c);
        };
    }

    /// `${…}`, which may hold texts and braces of its own.
    private void skipFilled() {
        int open = 0;
        boolean isText = false;
        for (; !isEnd() && peek() != '\n'; at++) {
            char c = peek();
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                isText = !isText;
            } else if (c == '{' && !isText) {
                open++;
            } else if (c == '}' && !isText && --open == 0) {
                at++;
                return;
            }
        }
        at = Math.min(at, text.length());
    }

    /// `<<END` and the lines up to `END`; empty when there is no such end, and then nothing is taken.
    Optional<String> heredoc() {
        int start = at;
        if (peek() != '<' || peek(1) != '<' || endless > ENDLESS_MAX) {
            return Optional.empty();
        }
        at += 2;
        take('-');
        String end = identifier();
        int line = text.indexOf('\n', at);
        if (end.isEmpty() || line < 0) {
            at = start;
            return Optional.empty();
        }
        int from = line + 1;
        for (int next = from; next < text.length(); ) {
            int close = text.indexOf('\n', next);
            int stop = close < 0 ? text.length() : close;
            if (text.substring(next, stop).strip().equals(end)) {
                at = stop;
                return Optional.of(text.substring(from, next));
            }
            next = stop + 1;
        }
        endless++;
        at = start;
        return Optional.empty();
    }

    /// Whether a bracket opens a `for`.
    boolean isFor() {
        int start = at;
        at++;
        skipSpace();
        boolean isOne = text.startsWith("for", at) && Character.isWhitespace(peek(3));
        at = start;
        return isOne;
    }

    /// Where the bracket of an index ends, which may hold others: `[each.value ? zones[0] : each.key]`; -1 when not soon.
    private int closing() {
        int depth = 0;
        for (int i = at; i < text.length() && i - at <= 200 && text.charAt(i) != '\n'; i++) {
            depth += text.charAt(i) == '[' ? 1 : text.charAt(i) == ']' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /// Whether nothing more belongs to a value.
    boolean isValueEnd() {
        return isEnd() || "\n,}])".indexOf(peek()) >= 0;
    }

    /// The rest of an expression, whose brackets are its own; false when one of them has no end.
    boolean skipExpression() {
        return skipExpression(false);
    }

    /// @param isBracket whether it ends with the bracket that begins it
    private boolean skipExpression(boolean isBracket) {
        var open = new StringBuilder(); // what has to come to close each bracket
        while (!isEnd()) {
            char c = peek();
            if (c == '"') {
                if (quoted().isEmpty()) {
                    return false;
                }
            } else if (c == '<' && peek(1) == '<') {
                if (heredoc().isEmpty()) {
                    at += 2;
                }
            } else if (c == '(' || c == '[' || c == '{') {
                open.append(c == '(' ? ')' : c == '[' ? ']' : '}');
                at++;
            } else if (!open.isEmpty() && (c == ')' || c == ']' || c == '}')) {
                if (open.charAt(open.length() - 1) != c) {
                    return false;
                }
                open.setLength(open.length() - 1);
                at++;
                if (isBracket && open.isEmpty()) {
                    return true;
                }
            } else if (open.isEmpty() && isValueEnd()) {
                int next = continued();
                if (next == at) {
                    return true;
                }
                at = next;
            } else if (!skipComment()) {
                at++;
            }
        }
        return open.isEmpty();
    }

    /// Where the next line goes on with a condition; else here.
    private int continued() {
        int next = at;
        while (peek() == '\n'
                && next < text.length()
                && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && (text.charAt(next) == '?' || text.charAt(next) == ':')
                ? next
                : at;
    }

    /// To the next line after a place that begins with a name.
    void skipToNextTopBlock(int from) {
        int next = text.indexOf('\n', from);
        while (next >= 0) {
            if (next + 1 < text.length() && Character.isLetter(text.charAt(next + 1))) {
                at = next + 1;
                return;
            }
            next = text.indexOf('\n', next + 1);
        }
        at = text.length();
    }
}
