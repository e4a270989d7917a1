package dev.pitcrew.app.harden;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.List;
import java.util.Optional;

/// Where the pieces of a YAML text end. The tree says where they begin.
final class YamlSpans {
    private final Texts texts;

    YamlSpans(Texts texts) {
        this.texts = texts;
    }

    /// A scalar's text with its quotes.
    ///
    /// @param quote `'`, `"`, or nothing
    record Span(int start, int end, String quote) {
        /// Another value in the same quotes; a value that brings its own keeps them.
        String quoted(String value) {
            return quote.isEmpty() || value.startsWith("\"") || value.startsWith("'")
                    ? value
                    : quote + value + quote;
        }
    }

    int offset(Node node) {
        return start(node.place());
    }

    private int start(Place place) {
        return texts.file().offset(place);
    }

    /// The character at which a value begins, after its anchor and tag.
    private int value(Node node) {
        int at = offset(node);
        String text = texts.text();
        while (at < text.length() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private char first(Node node) {
        int at = value(node);
        return at < texts.text().length() ? texts.text().charAt(at) : ' ';
    }

    boolean isFlow(Node node) {
        char first = first(node);
        return node instanceof Mapping ? first == '{' : first == '[';
    }

    /// Whether a block list stands where its place says, and no alias of it.
    boolean isHere(Sequence list) {
        return first(list) == '-';
    }

    /// Whether an entry stands in a mapping itself: what a merge key brings stands elsewhere.
    boolean isIn(Entry entry, Mapping mapping) {
        return offset(entry.key()) >= offset(mapping);
    }

    /// A scalar in one line; blocks of text and those of several lines are none.
    Optional<Span> scalar(Scalar scalar) {
        int start = value(scalar);
        String text = texts.text();
        char first = first(scalar);
        if (scalar.plain()) {
            boolean isSame = text.startsWith(scalar.text(), start) && !scalar.text().isEmpty();
            return isSame
                    ? Optional.of(new Span(start, start + scalar.text().length(), ""))
                    : Optional.empty();
        }
        if (first != '"' && first != '\'') {
            return Optional.empty();
        }
        int end = quotedEnd(start);
        return end < 0 || text.substring(start, end).contains("\n")
                ? Optional.empty()
                : Optional.of(new Span(start, end, String.valueOf(first)));
    }

    /// After the closing quote; -1 when there is none.
    private int quotedEnd(int start) {
        String text = texts.text();
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == '"' && c == '\\') {
                i++;
            } else if (c == quote) {
                if (quote == '\'' && i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /// The closing bracket of a flow collection; -1 when there is none.
    private int closing(int start) {
        String text = texts.text();
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isWordStart = i == start || !isWord(text.charAt(i - 1));
            if ((c == '"' || c == '\'') && isWordStart) {
                int end = quotedEnd(i);
                if (end < 0) {
                    return -1;
                }
                i = end - 1;
            } else if (c == '#' && Character.isWhitespace(text.charAt(i - 1))) {
                int line = text.indexOf('\n', i);
                if (line < 0) {
                    return -1;
                }
                i = line;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean isWord(char c) {
        return !Character.isWhitespace(c) && "[{,:".indexOf(c) < 0;
    }

    /// Something more at the end of a flow collection.
    Optional<List<Edit>> inFlow(Node collection, String added) {
        int open = value(collection);
        int close = closing(open);
        if (close < 0) {
            return Optional.empty();
        }
        int last = close;
        while (Character.isWhitespace(texts.text().charAt(last - 1))) {
            last--;
        }
        char before = texts.text().charAt(last - 1);
        boolean isMany = texts.text().substring(open, close).contains("\n");
        if (isMany && before != ',' && last - 1 != open) {
            return Optional.of(List.of(texts.span(last, last, ", " + added)));
        }
        String joint = last - 1 == open ? "" : before == ',' ? " " : ", ";
        return Optional.of(List.of(texts.span(last, last, joint + added)));
    }

    /// After the last character of an entry's value, without its line end.
    Optional<Integer> end(Entry entry) {
        if (entry.value() instanceof Scalar scalar) {
            return scalar(scalar).map(Span::end);
        }
        if (isFlow(entry.value())) {
            int close = closing(value(entry.value()));
            return close < 0 ? Optional.empty() : Optional.of(close + 1);
        }
        if (offset(entry.value()) < offset(entry.key())) {
            return Optional.empty(); // an alias
        }
        int column = entry.key().place().column();
        boolean isList = entry.value() instanceof Sequence;
        int line = entry.value().place().line();
        int last = isList ? lastOfList(line, column - 1) : lastLine(line, column - 1);
        return Optional.of(texts.end(last));
    }

    private int lastOfList(int from, int indentation) {
        int last = from;
        for (int i = from + 1; i <= texts.file().lines(); i++) {
            String line = texts.line(i);
            int here = Texts.indentation(line).length();
            boolean isItem = here == indentation && line.stripLeading().startsWith("-");
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            if (here <= indentation && !isItem) {
                break;
            }
            last = i;
        }
        return last;
    }

    /// The last line that belongs to what begins in a line: what follows is indented deeper, or an item of the list that a key there has.
    int lastLine(int from, int indentation) {
        boolean isKey = !texts.line(from).stripLeading().startsWith("-");
        int last = from;
        for (int i = from + 1; i <= texts.file().lines(); i++) {
            String line = texts.line(i);
            int here = Texts.indentation(line).length();
            if (line.isBlank() || (line.strip().startsWith("#") && here <= indentation)) {
                continue;
            }
            String rest = line.stripLeading();
            boolean isItem = isKey && here == indentation && rest.startsWith("- ");
            boolean isClosing = here == indentation && rest.matches("[\\]}].*");
            if (here <= indentation && !isItem && !isClosing) {
                break;
            }
            last = i;
        }
        return last;
    }
}
