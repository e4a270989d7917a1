package dev.pitcrew.read.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// As much of Groovy as a declarative Jenkinsfile is made of: calls, with texts and a block. Whatever else stands between them is passed over, and a bracket too many or too few is no fault.
final class Groovy {
    private static final int DEPTH_MAX = 40;

    /// @param label of a named argument; empty when it has none
    /// @param at where the text begins, behind its quotes
    record Argument(String label, String text, int at) {}

    /// @param at of its name
    record Call(String name, int at, List<Argument> arguments, List<Call> calls) {
        /// Its first text without a name.
        Optional<Argument> first() {
            return arguments.stream().filter(one -> one.label().isEmpty()).findFirst();
        }

        Stream<Call> named(String... names) {
            return calls.stream().filter(one -> List.of(names).contains(one.name()));
        }

        /// Those within it, however deep.
        Stream<Call> all() {
            return calls.stream().flatMap(one -> Stream.concat(Stream.of(one), one.all()));
        }
    }

    private final String text;
    private int at;

    private Groovy(String text) {
        this.text = text;
    }

    static List<Call> parse(String text) {
        var groovy = new Groovy(text);
        var calls = new ArrayList<Call>();
        while (groovy.at < text.length()) { // a } too many ends a block of the top
            groovy.block(calls, 0);
        }
        return calls;
    }

    private void block(List<Call> calls, int depth) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '}') {
                at++;
                return;
            }
            if (Character.isJavaIdentifierStart(c)) {
                calls.add(call(depth));
            } else if (c == '{') {
                at++;
                inner(calls, depth);
            } else if (!skipped()) {
                at++;
            }
        }
    }

    private void inner(List<Call> calls, int depth) {
        if (depth < DEPTH_MAX) {
            block(calls, depth + 1);
        }
    }

    private Call call(int depth) {
        int start = at;
        String name = word();
        var arguments = new ArrayList<Argument>();
        var calls = new ArrayList<Call>();
        String label = "";
        int open = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(' || c == '[') {
                open++;
                at++;
            } else if (c == ')' || c == ']') {
                open--;
                at++;
            } else if (c == '\'' || c == '"') {
                arguments.add(text(label));
                label = "";
            } else if (c == '{') {
                at++;
                inner(calls, depth);
                if (open <= 0) {
                    break;
                }
            } else if (Character.isJavaIdentifierStart(c)) {
                label = word();
                label = at < text.length() && text.charAt(at) == ':' ? label : "";
            } else if (c == '}' || (open <= 0 && (c == '\n' || c == ';'))) {
                break;
            } else if (!skipped()) {
                at++;
            }
        }
        return new Call(name, start, List.copyOf(arguments), List.copyOf(calls));
    }

    private String word() {
        int start = at;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /// Comments, and texts that nobody asks for.
    private boolean skipped() {
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
            return true;
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            at = end < 0 ? text.length() : end + 2;
            return true;
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            text("");
            return true;
        }
        return false;
    }

    /// A text in quotes, as it is written; to the end of its line, or of the file, when it has no end.
    private Argument text(String label) {
        char quote = text.charAt(at);
        String triple = String.valueOf(quote).repeat(3);
        boolean isLong = text.startsWith(triple, at);
        int start = at + (isLong ? 3 : 1);
        int end = start;
        while (end < text.length()
                && (isLong
                        ? !text.startsWith(triple, end)
                        : text.charAt(end) != quote && text.charAt(end) != '\n')) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, text.length());
        at = Math.min(text.length(), end + (isLong ? 3 : 1));
        if (!isLong && end < text.length() && text.charAt(end) == '\n') {
            at = end;
        }
        return new Argument(label, text.substring(start, end), start);
    }
}
