package dev.pitcrew.read.yaml;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Values of a template's expressions, as far as they follow from given values: paths, `default`, `quote`, `toYaml`, `printf`, `not`, `and`, `or`, `eq` and pipelines of them.
final class Expressions {
    private static final int DEPTH_MAX = 12;
    private static final Place NOWHERE = new Place("", 1, 1);

    private final Optional<Node> roots;

    /// @param roots a mapping of `Values`, `Chart`, …; empty when nothing is known
    Expressions(Optional<Node> roots) {
        this.roots = roots;
    }

    /// What an expression is worth.
    ///
    /// @param isKnown whether the given values decide it
    /// @param node empty for nothing
    record Answer(boolean isKnown, Optional<Node> node) {
        static final Answer UNKNOWN = new Answer(false, Optional.empty());
        static final Answer NOTHING = new Answer(true, Optional.empty());

        static Answer of(Node node) {
            return new Answer(true, Optional.of(node));
        }

        static Answer of(boolean value) {
            return of(new Scalar(NOWHERE, Boolean.toString(value), true));
        }

        boolean isKnownFalse() {
            return isKnown && isFalse();
        }

        private boolean isFalse() {
            return switch (node.orElse(null)) {
                case null -> true;
                case Scalar s ->
                        s.isEmpty()
                                || s.text().isEmpty()
                                || (s.plain()
                                        && (s.text().equals("false") || s.text().equals("0")));
                case Sequence s -> s.items().isEmpty();
                case Mapping m -> m.entries().isEmpty();
            };
        }

        private String text() {
            return node.filter(Scalar.class::isInstance)
                    .map(one -> ((Scalar) one).text())
                    .orElse("");
        }
    }

    /// @param dot what `.` stands for here
    Answer answer(String expression, Answer dot) {
        return expression.length() > 1000 ? Answer.UNKNOWN : pipeline(expression, dot, 0);
    }

    private Answer pipeline(String expression, Answer dot, int depth) {
        if (depth > DEPTH_MAX) {
            return Answer.UNKNOWN;
        }
        Optional<Answer> piped = Optional.empty();
        for (String stage : split(expression, '|')) {
            piped = Optional.of(call(stage.strip(), piped, dot, depth));
        }
        return piped.orElse(Answer.UNKNOWN);
    }

    private Answer call(String stage, Optional<Answer> piped, Answer dot, int depth) {
        var words = split(stage, ' ');
        words.removeIf(String::isBlank);
        if (words.isEmpty()) {
            return Answer.UNKNOWN;
        }
        if (words.size() == 1 && piped.isEmpty()) {
            return term(words.getFirst(), dot, depth);
        }
        var arguments = new ArrayList<Answer>();
        for (String word : words.subList(1, words.size())) {
            arguments.add(term(word, dot, depth));
        }
        piped.ifPresent(arguments::add);
        return function(words.getFirst(), arguments);
    }

    private Answer function(String name, List<Answer> arguments) {
        if (arguments.isEmpty()) {
            return Answer.UNKNOWN;
        }
        Answer last = arguments.getLast();
        Answer first = arguments.getFirst();
        return switch (name) {
            case "default" -> !last.isKnown() ? Answer.UNKNOWN : last.isFalse() ? first : last;
            case "quote", "squote", "toString" ->
                    last.isKnown()
                            ? Answer.of(
                                    new Scalar(
                                            last.node().map(Node::place).orElse(NOWHERE),
                                            last.text(),
                                            false))
                            : Answer.UNKNOWN;
            case "toYaml",
                    "required",
                    "int",
                    "int64",
                    "float64",
                    "nindent",
                    "indent",
                    "trim",
                    "tpl" ->
                    name.equals("tpl") ? first : last;
            case "not" -> last.isKnown() ? Answer.of(last.isFalse()) : Answer.UNKNOWN;
            case "and" ->
                    arguments.stream()
                            .filter(Answer::isKnownFalse)
                            .findFirst()
                            .orElse(allKnown(arguments) ? last : Answer.UNKNOWN);
            case "or" ->
                    arguments.stream()
                            .filter(one -> one.isKnown() && !one.isFalse())
                            .findFirst()
                            .orElse(allKnown(arguments) ? last : Answer.UNKNOWN);
            case "eq", "ne" ->
                    arguments.size() == 2 && allKnown(arguments)
                            ? Answer.of(first.text().equals(last.text()) == name.equals("eq"))
                            : Answer.UNKNOWN;
            case "printf" -> printf(arguments);
            default -> Answer.UNKNOWN;
        };
    }

    private static boolean allKnown(List<Answer> answers) {
        return answers.stream().allMatch(Answer::isKnown);
    }

    private static Answer printf(List<Answer> arguments) {
        if (!allKnown(arguments)) {
            return Answer.UNKNOWN;
        }
        String text = arguments.getFirst().text();
        for (Answer argument : arguments.subList(1, arguments.size())) {
            int at = text.indexOf('%');
            if (at < 0 || at + 1 >= text.length()) {
                return Answer.UNKNOWN;
            }
            text =
                    text.substring(0, at)
                            + argument.text().replace("%", "")
                            + text.substring(at + 2);
        }
        return Answer.of(new Scalar(NOWHERE, text, false));
    }

    private Answer term(String word, Answer dot, int depth) {
        if (word.startsWith("(") && word.endsWith(")")) {
            return pipeline(word.substring(1, word.length() - 1), dot, depth + 1);
        }
        if (word.length() >= 2 && (word.startsWith("\"") || word.startsWith("`"))) {
            return Answer.of(new Scalar(NOWHERE, word.substring(1, word.length() - 1), false));
        }
        if (word.matches("-?[0-9]+(\\.[0-9]+)?|true|false")) {
            return Answer.of(new Scalar(NOWHERE, word, true));
        }
        if (word.equals(".")) {
            return dot;
        }
        String path = word.startsWith("$.") ? word.substring(1) : word;
        if (!path.matches("(\\.[A-Za-z_][A-Za-z0-9_-]*)+")) {
            return Answer.UNKNOWN;
        }
        String[] keys = path.substring(1).split("\\.");
        Optional<Node> root = roots.flatMap(all -> all.at(keys[0]));
        if (root.isEmpty()) {
            return Answer.UNKNOWN;
        }
        return roots.flatMap(all -> all.at(keys)).map(Answer::of).orElse(Answer.NOTHING);
    }

    /// Splits outside of quotes and parentheses.
    private static List<String> split(String text, char at) {
        var parts = new ArrayList<String>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '`') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == at && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
