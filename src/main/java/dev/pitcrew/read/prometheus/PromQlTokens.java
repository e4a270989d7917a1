package dev.pitcrew.read.prometheus;

import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into its words.
final class PromQlTokens {
    private static final List<String> OPERATORS =
            List.of(
                    "==", "!=", ">=", "<=", "=~", "!~", "+", "-", "*", "/", "%", "^", ">", "<", "=",
                    "(", ")", "{", "}", "[", "]", ",", "@", ":");

    private PromQlTokens() {}

    /// What a word is.
    enum Kind {
        NAME,
        NUMBER,
        DURATION,
        TEXT,
        OPERATOR,
        END
    }

    /// @param at from 0
    /// @param text of a text without its quotes
    record Token(Kind kind, int at, String text) {}

    static List<Token> of(String text) {
        var tokens = new ArrayList<Token>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '"' || c == '\'' || c == '`') {
                at = quoted(text, at, tokens);
            } else if (isDigit(c)
                    || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
                at = number(text, at, tokens);
            } else if (isNameStart(c) || (c == ':' && isMetricColon(text, at))) {
                int end = at + 1;
                while (end < text.length()
                        && (isNameStart(text.charAt(end))
                                || isDigit(text.charAt(end))
                                || text.charAt(end) == ':')) {
                    end++;
                }
                tokens.add(new Token(Kind.NAME, at, text.substring(at, end)));
                at = end;
            } else {
                at = operator(text, at, tokens);
            }
        }
        tokens.add(new Token(Kind.END, text.length(), ""));
        return tokens;
    }

    /// A colon begins a name of a recording rule only where no step of a subquery stands.
    private static boolean isMetricColon(String text, int at) {
        return at + 1 < text.length() && isNameStart(text.charAt(at + 1));
    }

    private static int operator(String text, int at, List<Token> tokens) {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                tokens.add(new Token(Kind.OPERATOR, at, operator));
                return at + operator.length();
            }
        }
        throw new PromQlParser.Unreadable(at, "'" + text.charAt(at) + "' is not expected here");
    }

    private static int quoted(String text, int from, List<Token> tokens) {
        char quote = text.charAt(from);
        var value = new StringBuilder();
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                tokens.add(new Token(Kind.TEXT, from, value.toString()));
                return at + 1;
            }
            if (c == '\\' && quote != '`' && at + 1 < text.length()) {
                char next = text.charAt(++at);
                switch (next) {
                    case 'n' -> value.append('\n');
                    case 't' -> value.append('\t');
                    case '\\', '"', '\'' -> value.append(next);
                    default -> value.append(c).append(next);
                }
            } else {
                value.append(c);
            }
        }
        throw new PromQlParser.Unreadable(from, "a text is not closed");
    }

    private static int number(String text, int from, List<Token> tokens) {
        int at = from;
        if (text.startsWith("0x", from) || text.startsWith("0X", from)) {
            at += 2;
            while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
                at++;
            }
            tokens.add(new Token(Kind.NUMBER, from, text.substring(from, at)));
            return at;
        }
        boolean isDuration = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isDigit(c) || c == '.' || c == '_') {
                at++;
            } else if ("smhdwy".indexOf(c) >= 0) {
                isDuration = true;
                at++;
            } else if ((c == 'e' || c == 'E') && !isDuration) {
                at++;
                if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                    at++;
                }
            } else {
                break;
            }
        }
        tokens.add(
                new Token(
                        isDuration ? Kind.DURATION : Kind.NUMBER, from, text.substring(from, at)));
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
