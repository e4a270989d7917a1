package dev.pitcrew.read.alembic;

import java.util.ArrayList;
import java.util.List;

/// Splits Python into tokens with their offsets; comments are left out, nothing fails.
final class PythonTokens {
    private static final int TOKENS_MAX = 200_000;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private PythonTokens(String text) {
        this.text = text;
    }

    /// @param kind `n` a name, with the dots and names that follow it, `'` a string, `0` a number, `s` a sign
    /// @param text of a string without its quotes
    /// @param at of its first character
    /// @param inner of the first character inside its quotes
    /// @param isFirst whether it begins its line
    /// @param column of its first character in its line, from 0
    record Token(char kind, String text, int at, int inner, boolean isFirst, int column) {
        boolean is(String other) {
            return kind == 's' && text.equals(other);
        }

        boolean isName(String other) {
            return kind == 'n' && text.equals(other);
        }
    }

    static List<Token> of(String text) {
        var tokens = new PythonTokens(text);
        tokens.run();
        return tokens.tokens;
    }

    private void run() {
        int line = 0;
        boolean isFirst = true;
        while (at < text.length() && tokens.size() < TOKENS_MAX) {
            char c = text.charAt(at);
            if (c == '\n') {
                at++;
                line = at;
                isFirst = true;
                continue;
            }
            if (Character.isWhitespace(c) || c == '\\') {
                at++;
                continue;
            }
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
                continue;
            }
            int start = at;
            if (isQuote(c)) {
                string(start, isFirst, start - line);
            } else if (Character.isJavaIdentifierStart(c) && c != '$') {
                name(isFirst, start - line);
            } else if (Character.isDigit(c)) {
                while (at < text.length()
                        && (Character.isLetterOrDigit(text.charAt(at))
                                || text.charAt(at) == '.'
                                || text.charAt(at) == '_')) {
                    at++;
                }
                add('0', text.substring(start, at), start, start, isFirst, start - line);
            } else {
                at++;
                add('s', String.valueOf(c), start, start, isFirst, start - line);
            }
            isFirst = false;
        }
    }

    private void add(char kind, String part, int start, int inner, boolean isFirst, int column) {
        tokens.add(new Token(kind, part, start, inner, isFirst, column));
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private void name(boolean isFirst, int column) {
        int start = at;
        while (at < text.length()
                && (Character.isJavaIdentifierPart(text.charAt(at))
                        || (text.charAt(at) == '.'
                                && at + 1 < text.length()
                                && Character.isJavaIdentifierStart(text.charAt(at + 1))))) {
            at++;
        }
        String word = text.substring(start, at);
        boolean isPrefix =
                word.matches("(?i)[rbuf]{1,2}") && at < text.length() && isQuote(text.charAt(at));
        if (isPrefix) {
            string(start, isFirst, column);
        } else {
            add('n', word, start, start, isFirst, column);
        }
    }

    private void string(int start, boolean isFirst, int column) {
        String quote = text.substring(at, at + 1);
        String triple = quote.repeat(3);
        boolean isLong = text.startsWith(triple, at);
        String end = isLong ? triple : quote;
        at += end.length();
        int inner = at;
        while (at < text.length() && !text.startsWith(end, at)) {
            if (text.charAt(at) == '\n' && !isLong) {
                break; // it never ends
            }
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at, text.length());
        add('\'', text.substring(Math.min(inner, at), at), start, inner, isFirst, column);
        at = text.startsWith(end, at) ? at + end.length() : at;
    }
}
