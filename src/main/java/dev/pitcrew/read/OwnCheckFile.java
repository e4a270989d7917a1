package dev.pitcrew.read;

import static dev.pitcrew.read.Shape.Field.optional;
import static dev.pitcrew.read.Shape.Field.required;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.OneWord;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.Shape.Value;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A check that users wrote themselves, as its file says it; what its expressions mean is seen elsewhere.
///
/// @param code such as `OWN-001`
/// @param severity `critical`, `high`, `medium` or `low`
/// @param why why it matters
/// @param todo what to do
/// @param each the kind of fact that it looks at, one by one
/// @param when it finds something
/// @param say what is wrong then
/// @param bad the files of an example in which it finds something: path to text
/// @param good those of one in which it finds nothing
public record OwnCheckFile(
        Place place,
        String code,
        String name,
        String severity,
        String summary,
        String why,
        String todo,
        List<String> controls,
        String each,
        Expression when,
        Expression say,
        Map<String, String> bad,
        Map<String, String> good) {
    private static final Shape EXAMPLE = new Named(Kind.FILE, new Value(Kind.TEXT));

    /// An expression, and where it stands.
    ///
    /// @param lines of the file
    public record Expression(String text, Place place, List<String> lines) {
        /// The place of a character of the text; where the file folds lines, that of the text.
        ///
        /// @param line of the text, from 1
        /// @param column from 1
        public Place at(int line, int column) {
            String first = lines.get(place.line() - 1);
            char mark = place.column() <= first.length() ? first.charAt(place.column() - 1) : ' ';
            if (mark == '|' && place.line() + line <= lines.size()) {
                int indent =
                        lines.subList(place.line(), lines.size()).stream()
                                .filter(one -> !one.isBlank())
                                .mapToInt(one -> one.length() - one.stripLeading().length())
                                .findFirst()
                                .orElse(0);
                return new Place(place.file(), place.line() + line, indent + column);
            }
            boolean isQuoted = mark == '"' || mark == '\'';
            return mark == '>' || line > 1
                    ? place
                    : new Place(
                            place.file(),
                            place.line(),
                            place.column() + column - (isQuoted ? 0 : 1));
        }
    }

    /// Reads one, with all its problems at once.
    ///
    /// @param kinds of facts that there are
    public static Read<OwnCheckFile> read(String file, String text, List<String> kinds) {
        var parsed = YamlTree.parse(file, text);
        var problems = new ArrayList<>(parsed.problems());
        if (parsed.root().isEmpty()) {
            if (problems.isEmpty()) {
                problems.add(
                        new Problem(
                                new Place(file, 1, 1),
                                "is empty; `pitcrew check new` writes one to begin with"));
            }
            return new Read.Bad<>(problems);
        }
        Node root = parsed.root().get();
        new Validation(problems::add).check("a check", root, shape(kinds));
        if (problems.isEmpty()) {
            for (String section : List.of("bad", "good")) {
                if (root.entriesAt(section).isEmpty()) {
                    problems.add(new Problem(root.place(), section + " needs at least one file"));
                }
            }
        }
        return problems.isEmpty()
                ? new Read.Good<>(check(root, text.lines().toList()))
                : new Read.Bad<>(problems);
    }

    private static Section shape(List<String> kinds) {
        Shape text = new Value(Kind.TEXT);
        return new Section(
                "check",
                List.of(
                        required("code", new Value(Kind.OWN_CHECK), "its code such as OWN-001"),
                        required("name", new Value(Kind.NAME), "its name"),
                        required(
                                "severity",
                                new OneWord(List.of("critical", "high", "medium", "low")),
                                "what a desk would lose"),
                        required("summary", text, "what is wrong, in one sentence"),
                        required("why", text, "why it matters"),
                        required("do", text, "what to do"),
                        optional("controls", Shapes.TEXTS, "the controls that it serves"),
                        required("each", new OneWord(kinds), "what it looks at, one by one"),
                        required("when", text, "when it finds something, in CEL"),
                        required("say", text, "what is wrong then, in CEL"),
                        required("bad", EXAMPLE, "files in which it finds something"),
                        required("good", EXAMPLE, "files in which it finds nothing")),
                List.of());
    }

    private static OwnCheckFile check(Node root, List<String> lines) {
        return new OwnCheckFile(
                root.place(),
                text(root, "code"),
                text(root, "name"),
                text(root, "severity"),
                text(root, "summary").strip().replaceAll("[.]$", ""),
                text(root, "why").strip(),
                text(root, "do").strip(),
                root.scalarsAt("controls").stream().map(Scalar::text).toList(),
                text(root, "each"),
                expression(root, "when", lines),
                expression(root, "say", lines),
                example(root, "bad"),
                example(root, "good"));
    }

    private static String text(Node root, String key) {
        return root.scalarAt(key).map(Scalar::text).orElse("");
    }

    private static Expression expression(Node root, String key, List<String> lines) {
        Scalar scalar = root.scalarAt(key).orElseThrow();
        return new Expression(scalar.text().stripTrailing(), scalar.place(), lines);
    }

    private static Map<String, String> example(Node root, String key) {
        var files = new LinkedHashMap<String, String>();
        root.entriesAt(key)
                .forEach(
                        one ->
                                files.put(
                                        one.name(),
                                        one.value() instanceof Scalar text ? text.text() : ""));
        return files;
    }

    /// What a code has to look like.
    public static Pattern codes() {
        return Pattern.compile(Kind.OWN_CHECK.pattern());
    }
}
