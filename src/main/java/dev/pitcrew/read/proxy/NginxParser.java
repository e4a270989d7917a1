package dev.pitcrew.read.proxy;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads nginx's syntax: directives, blocks, quotes, comments, and Lua blocks as one argument. What templates fill in later is read as a word.
final class NginxParser {
    private static final int DEPTH_MAX = 40;
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{[^\\n]{0,300}?\\}\\}|\\{%[^\\n]{0,300}?%\\}");

    private final SourceFile file;
    private final String text;
    private final Found found;
    private int at;

    private NginxParser(SourceFile file, Found found) {
        this.file = file;
        this.text = filled(file.text());
        this.found = found;
    }

    /// The directives of a file, as far as it can be read.
    static List<Directive> parse(SourceFile file, Found found) {
        var parser = new NginxParser(file, found);
        return parser.block(0);
    }

    /// What a template fills in, as a word of the same length; its statements as blanks.
    private static String filled(String text) {
        if (!text.contains("{{") && !text.contains("{%")) {
            return text;
        }
        return TEMPLATE.matcher(text)
                .replaceAll(
                        match ->
                                (match.group().startsWith("{{") ? "x" : " ")
                                        .repeat(match.group().length()));
    }

    private List<Directive> block(int depth) {
        var directives = new ArrayList<Directive>();
        while (true) {
            skipBlank();
            if (at >= text.length()) {
                if (depth > 0) {
                    problem(Math.max(0, text.length() - 1), "a block is not closed; add }");
                }
                return directives;
            }
            if (text.charAt(at) == '}') {
                at++;
                if (depth > 0) {
                    return directives;
                }
                problem(at - 1, "a } closes nothing; take it out");
            } else if (depth > DEPTH_MAX) {
                problem(at, "blocks are nested more than " + DEPTH_MAX + " deep");
                at = text.length();
                return directives;
            } else {
                directives.add(directive(depth));
            }
        }
    }

    private Directive directive(int depth) {
        int start = at;
        var words = new ArrayList<Located<String>>();
        while (true) {
            skipBlank();
            if (at >= text.length()) {
                problem(start, "a directive is not ended; add ;");
                return made(start, words, List.of(), false);
            }
            char c = text.charAt(at);
            if (c == ';') {
                at++;
                return made(start, words, List.of(), false);
            }
            if (c == '{') {
                at++;
                if (!words.isEmpty() && words.getFirst().value().endsWith("_by_lua_block")) {
                    skipLua();
                    return made(start, words, List.of(), true);
                }
                return made(start, words, block(depth + 1), true);
            }
            if (c == '}') {
                problem(start, "a directive is not ended; add ;");
                return made(start, words, List.of(), false);
            }
            words.add(word());
        }
    }

    private Directive made(
            int start, List<Located<String>> words, List<Directive> block, boolean isBlock) {
        return words.isEmpty()
                ? new Directive(file.place(start), "", List.of(), block, isBlock)
                : new Directive(
                        words.getFirst().place(),
                        words.getFirst().value(),
                        words.subList(1, words.size()),
                        block,
                        isBlock);
    }

    private Located<String> word() {
        int start = at;
        char quote = text.charAt(at);
        if (quote == '"' || quote == '\'') {
            var value = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != quote) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            if (at >= text.length()) {
                problem(start, "a text is not closed");
            }
            at++;
            return new Located<>(value.toString(), file.place(start));
        }
        while (at < text.length() && !isEnd(text.charAt(at))) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            } else if (c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '{') {
                int end = text.indexOf('}', at);
                at = end < 0 ? text.length() - 1 : end;
            }
            at++;
        }
        at = Math.min(at, text.length());
        return new Located<>(text.substring(start, at), file.place(start));
    }

    private static boolean isEnd(char c) {
        return Character.isWhitespace(c) || c == ';' || c == '{' || c == '}';
    }

    private void skipLua() {
        int open = 1;
        while (at < text.length() && open > 0) {
            char c = text.charAt(at++);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
    }

    private void skipBlank() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    private void problem(int offset, String message) {
        Place place = file.place(Math.min(offset, text.length()));
        found.problem(place, message);
    }
}
