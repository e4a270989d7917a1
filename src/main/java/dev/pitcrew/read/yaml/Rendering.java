package dev.pitcrew.read.yaml;

import dev.pitcrew.read.yaml.Expressions.Answer;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes YAML of a template (Go, Jinja or ERB) as far as plain substitution goes, without moving anything: what steers is blanked, what prints becomes a mark of the
/// same length, so that lines and columns stay those of the template.
final class Rendering {
    private static final char OPEN = '‹';
    private static final char CLOSE = '›';
    private static final char FILLER = '·';
    private static final Pattern MARK = Pattern.compile("‹([0-9]{0,6})·*›");
    private static final Set<String> OPENING =
            Set.of(
                    "if", "range", "with", "define", "block", "for", "macro", "call", "filter",
                    "unless", "raw");
    private static final Set<String> SILENT =
            Set.of("set", "include", "import", "extends", "from", "do", "break");

    private final String text;
    private final Expressions expressions;
    private final StringBuilder out;
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();

    private Rendering(String text, Expressions expressions) {
        this.text = text;
        this.expressions = expressions;
        this.out = new StringBuilder(text.length());
    }

    /// One open block. A branch is kept when nothing says that it isn't taken, and no other one was.
    private record Frame(boolean outer, boolean kept, boolean isTaken, Answer dot) {}

    /// @param text YAML, mostly
    /// @param restore gives a scalar back what its marks stand for
    record Rendered(String text, Function<Scalar, Node> restore) {}

    /// Whether a text looks like a template of YAML.
    static boolean isTemplate(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("<%");
    }

    static Rendered render(String text, Expressions expressions) {
        var rendering = new Rendering(text, expressions);
        rendering.run();
        return new Rendered(Lines.settle(rendering.out.toString()), rendering::restore);
    }

    private void run() {
        int at = 0;
        while (at < text.length()) {
            int open = next(at);
            if (open < 0) {
                break;
            }
            String closing = closing(open);
            int end = text.indexOf(closing, open + 2);
            if (end < 0) {
                break;
            }
            end += closing.length();
            copy(at, open);
            token(open, end);
            at = end;
        }
        copy(at, text.length());
    }

    private int next(int from) {
        for (int i = from; i + 1 < text.length(); i++) {
            char c = text.charAt(i);
            char d = text.charAt(i + 1);
            if ((c == '{' && (d == '{' || d == '%' || d == '#')) || (c == '<' && d == '%')) {
                return i;
            }
        }
        return -1;
    }

    private String closing(int open) {
        return switch (text.charAt(open + 1)) {
            case '{' -> "}}";
            case '#' -> "#}";
            default -> text.charAt(open) == '<' ? "%>" : "%}";
        };
    }

    private boolean isKept() {
        return frames.isEmpty() || frames.peek().kept();
    }

    private void copy(int from, int to) {
        if (isKept()) {
            out.append(text, from, to);
        } else {
            blank(from, to);
        }
    }

    private void blank(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            out.append(c == '\n' || c == '\r' ? c : ' ');
        }
    }

    private void token(int from, int to) {
        String inner = text.substring(from + 2, to - 2).strip();
        boolean prints = text.charAt(from + 1) == '{' || inner.startsWith("=");
        if (inner.startsWith("-") || inner.startsWith("=") || inner.startsWith("+")) {
            inner = inner.substring(1).strip();
        }
        if (inner.endsWith("-")) {
            inner = inner.substring(0, inner.length() - 1).strip();
        }
        String word = inner.split("[\\s(]", 2)[0];
        String rest = inner.substring(word.length()).strip();
        boolean steers = true;
        if (text.charAt(from + 1) == '#' || inner.startsWith("/*") || inner.startsWith("#")) {
            steers = true;
        } else if (word.equals("else") || word.equals("elif") || word.equals("elsif")) {
            otherwise(word, rest);
        } else if (word.startsWith("end") && word.length() <= 10) {
            frames.poll();
        } else if (OPENING.contains(word)
                || (!prints && inner.matches("(?s).*\\bdo(\\s*\\|.*\\|)?"))) {
            if (frames.size() < 200) {
                open(word, rest);
            }
        } else {
            steers =
                    !prints
                            || (SILENT.contains(word) && !word.equals("include"))
                            || inner.contains(":=");
        }
        if (steers || !isKept()) {
            blank(from, to);
        } else {
            mark(inner, from, to);
        }
    }

    private void open(String word, String condition) {
        boolean outer = isKept();
        Answer dot = frames.isEmpty() ? Answer.UNKNOWN : frames.peek().dot();
        Answer answer =
                switch (word) {
                    case "if", "with", "range" -> expressions.answer(condition, dot);
                    default -> Answer.UNKNOWN;
                };
        boolean isTaken = !word.equals("define") && !answer.isKnownFalse();
        Answer inside = word.equals("with") ? answer : word.equals("range") ? Answer.UNKNOWN : dot;
        frames.push(new Frame(outer, outer && isTaken, isTaken, inside));
    }

    private void otherwise(String word, String rest) {
        Frame frame = frames.poll();
        if (frame == null) {
            return;
        }
        String condition =
                rest.startsWith("if ") ? rest.substring(3) : word.equals("else") ? "" : rest;
        boolean holds =
                condition.isEmpty() || !expressions.answer(condition, frame.dot()).isKnownFalse();
        boolean kept = frame.outer() && !frame.isTaken() && holds;
        frames.push(new Frame(frame.outer(), kept, frame.isTaken() || holds, frame.dot()));
    }

    private void mark(String expression, int from, int to) {
        int length = to - from;
        int newline = text.substring(from, to).indexOf('\n');
        int room = newline < 0 ? length : newline;
        String id = Integer.toString(answers.size());
        if (room < id.length() + 2) {
            id = "";
        } else {
            Answer dot = frames.isEmpty() ? Answer.UNKNOWN : frames.peek().dot();
            answers.add(expressions.answer(expression, dot));
            asked.add(expression);
        }
        if (room >= 2) {
            out.append(OPEN).append(id);
            out.repeat(FILLER, room - 2 - id.length()).append(CLOSE);
        } else {
            blank(from, from + room);
        }
        blank(from + room, to);
    }

    private Node restore(Scalar scalar) {
        if (scalar.text().indexOf(OPEN) < 0) {
            return scalar;
        }
        var match = MARK.matcher(scalar.text());
        if (match.matches() && id(match.group(1)) >= 0) {
            Answer answer = answers.get(id(match.group(1)));
            if (answer.isKnown()) {
                return answer.node()
                        .<Node>map(
                                node ->
                                        node instanceof Scalar value && !scalar.plain()
                                                ? new Scalar(value.place(), value.text(), false)
                                                : node)
                        .orElse(new Scalar(scalar.place(), "", scalar.plain()));
            }
        }
        String words =
                MARK.matcher(scalar.text())
                        .replaceAll(one -> Matcher.quoteReplacement(word(id(one.group(1)))));
        return new Scalar(scalar.place(), words, scalar.plain());
    }

    private int id(String digits) {
        int id = digits.isEmpty() ? -1 : Integer.parseInt(digits);
        return id < answers.size() ? id : -1;
    }

    private String word(int id) {
        if (id < 0) {
            return OPEN + "?" + CLOSE;
        }
        Answer answer = answers.get(id);
        return answer.isKnown()
                ? answer.node()
                        .filter(Scalar.class::isInstance)
                        .map(node -> ((Scalar) node).text())
                        .orElse("")
                : OPEN + asked.get(id) + CLOSE;
    }

    /// Marks that stand alone on a line: one below `key:` that has nothing else is its value, any other is a fragment that can't be placed.
    private static final class Lines {
        private static final Pattern VALUE =
                Pattern.compile(" *(?:- +)*[^\\s#:'\"][^#:'\"]*: +‹[0-9]{0,6}·*› *");
        private static final Pattern KEY = Pattern.compile(" *(?:- |[^\\s#:'\"][^#:]*:(?: |$))");

        private Lines() {}

        static String settle(String text) {
            if (text.indexOf(OPEN) < 0) {
                return text;
            }
            String[] lines = text.split("\n", -1);
            int before = -1;
            for (int i = 0; i < lines.length; i++) {
                String line = lines[i].strip();
                if (MARK.matcher(line).matches()) {
                    boolean isValue =
                            before >= 0
                                    && lines[before].stripTrailing().endsWith(":")
                                    && indent(lines, i + 1) <= indent(lines[before]);
                    if (isValue) {
                        lines[before] = lines[before].stripTrailing() + " " + line;
                    }
                    lines[i] = "";
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    if (isBegun(lines, i)) {
                        lines[i] = lines[i].substring(0, lines[i].indexOf(OPEN));
                    }
                    before = i;
                }
            }
            return String.join("\n", lines);
        }

        /// Whether an expression stands where a block begins that goes on below with keys written out, as in `labels: {{- include "labels" . | nindent 4 }}`: what it prints are more of them.
        private static boolean isBegun(String[] lines, int at) {
            String line = lines[at];
            int mark = line.indexOf(OPEN);
            if (mark < 0 || !VALUE.matcher(line).matches()) {
                return false;
            }
            int key = indent(line);
            while (line.startsWith("- ", key)) {
                key += 2;
            }
            int next = next(lines, at + 1);
            return next > 0 && indent(lines[next]) > key && KEY.matcher(lines[next]).lookingAt();
        }

        private static int next(String[] lines, int from) {
            for (int i = from; i < Math.min(lines.length, from + 50); i++) {
                String line = lines[i].strip();
                if (!line.isEmpty() && !line.startsWith("#") && !MARK.matcher(line).matches()) {
                    return i;
                }
            }
            return -1;
        }

        private static int indent(String[] lines, int from) {
            int next = next(lines, from);
            return next < 0 ? 0 : indent(lines[next]);
        }

        private static int indent(String line) {
            int count = 0;
            while (count < line.length() && line.charAt(count) == ' ') {
                count++;
            }
            return count;
        }
    }
}
