package dev.pitcrew.read.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splits SQL into statements, and those into tokens with their offsets: quotes, dollar quotes and nested comments are known, nothing fails.
final class SqlTokens {
    private static final int STATEMENTS_MAX = 20_000;

    private final String text;
    private final List<List<Token>> statements = new ArrayList<>();
    private List<Token> current = new ArrayList<>();
    private int at;

    private SqlTokens(String text) {
        this.text = text;
    }

    /// @param kind `w` a word, `"` a quoted name, `'` a string, `$` a dollar-quoted string, `s` a sign
    /// @param text without quotes; of a word in lower case
    /// @param at of its first character
    /// @param inner of the first character inside its quotes
    record Token(char kind, String text, int at, int inner) {
        boolean is(String word) {
            return (kind == 'w' || kind == 's') && text.equals(word);
        }

        boolean isName() {
            return kind == 'w' || kind == '"';
        }
    }

    static List<List<Token>> statements(String text) {
        var tokens = new SqlTokens(text);
        tokens.run();
        return tokens.statements;
    }

    private void run() {
        while (at < text.length() && statements.size() < STATEMENTS_MAX) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                comment();
            } else if (c == '\'') {
                quoted('\'');
            } else if (c == '"' || c == '`') {
                quoted(c);
            } else if (c == '$' && isDollarQuote()) {
                dollar();
            } else if (isWord(c)) {
                word();
            } else if (c == ';') {
                end();
                at++;
            } else {
                current.add(new Token('s', String.valueOf(c), at, at));
                at++;
            }
        }
        end();
    }

    private void end() {
        if (!current.isEmpty()) {
            statements.add(current);
            current = new ArrayList<>();
        }
    }

    private void comment() {
        int depth = 0;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return;
                }
            } else {
                at++;
            }
        }
    }

    private void quoted(char quote) {
        int start = at;
        boolean escapes = quote == '\'' && start > 0 && "eE".indexOf(text.charAt(start - 1)) >= 0;
        var inside = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && escapes && at + 1 < text.length()) {
                inside.append(text.charAt(at + 1));
                at += 2;
            } else if (c == quote && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                inside.append(c);
                at += 2;
            } else if (c == quote) {
                break;
            } else {
                inside.append(c);
                at++;
            }
        }
        at = Math.min(text.length(), at + 1);
        current.add(new Token(quote == '\'' ? '\'' : '"', inside.toString(), start, start + 1));
    }

    private boolean isDollarQuote() {
        int end = at + 1;
        while (end < text.length() && end < at + 64 && isWord(text.charAt(end))) {
            end++;
        }
        boolean isParameter = end > at + 1 && Character.isDigit(text.charAt(at + 1));
        return end < text.length() && text.charAt(end) == '$' && !isParameter;
    }

    private void dollar() {
        int start = at;
        String mark = text.substring(at, text.indexOf('$', at + 1) + 1);
        int inner = at + mark.length();
        int end = text.indexOf(mark, inner);
        int to = end < 0 ? text.length() : end;
        at = Math.min(text.length(), to + mark.length());
        current.add(new Token('$', text.substring(inner, to), start, inner));
    }

    private void word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        current.add(
                new Token('w', text.substring(start, at).toLowerCase(Locale.ROOT), start, start));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
