package dev.pitcrew.read.yaml;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.YamlTree.Document;
import dev.pitcrew.read.yaml.YamlTree.Parsed;
import dev.pitcrew.read.yaml.YamlTree.ParsedAll;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The documents of one file, each read by itself, so that a broken one doesn't take the others along.
final class YamlFile {
    private static final int DOCUMENTS_MAX = 1000;
    private static final int PROBLEMS_MAX = 20;

    private final String file;
    private final String text;
    private final Optional<Node> values;
    private final List<Document> documents = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    YamlFile(String file, String text, Optional<Node> values) {
        this.file = file;
        this.text = text;
        this.values = values;
    }

    ParsedAll read() {
        boolean template = Rendering.isTemplate(text);
        if (values.isPresent() && template) {
            rendered();
        } else {
            plain(text, scalar -> scalar, false);
            if (template && !problems.isEmpty()) {
                documents.clear();
                problems.clear();
                rendered();
            }
        }
        return new ParsedAll(
                documents, problems.subList(0, Math.min(problems.size(), PROBLEMS_MAX)));
    }

    private void rendered() {
        var rendered = Rendering.render(text, new Expressions(values));
        plain(rendered.text(), rendered.restore(), true);
        // Both branches of a condition may give a key, and only one of them will.
        problems.removeIf(problem -> problem.message().contains("is given twice"));
    }

    private void plain(String source, Function<Scalar, Node> restore, boolean isTemplate) {
        var lines = source.split("\n", -1);
        var chunk = new StringBuilder();
        int first = 0;
        int count = 0;
        for (int i = 0; i < lines.length && count < DOCUMENTS_MAX; i++) {
            String line = lines[i];
            if (isMark(line, "---") || isMark(line, "...")) {
                document(chunk.toString(), first, restore, isTemplate);
                count++;
                chunk.setLength(0);
                first = i;
                String after = line.substring(3);
                chunk.append(after.isBlank() ? "" : "   " + after).append('\n');
            } else {
                chunk.append(line.startsWith("%YAML") || line.startsWith("%TAG") ? "" : line);
                chunk.append('\n');
            }
        }
        document(chunk.toString(), first, restore, isTemplate);
    }

    private static boolean isMark(String line, String mark) {
        return line.startsWith(mark)
                && (line.length() == 3 || Character.isWhitespace(line.charAt(3)));
    }

    private void document(
            String chunk, int first, Function<Scalar, Node> restore, boolean isTemplate) {
        if (chunk.isBlank()) {
            return;
        }
        Map<Place, String> tags = new HashMap<>();
        Parsed parsed = YamlTree.parse(file, chunk, first, restore, tags);
        problems.addAll(parsed.problems());
        parsed.root()
                .filter(root -> !(root instanceof Scalar scalar && scalar.isEmpty()))
                .ifPresent(root -> documents.add(new Document(root, tags, isTemplate)));
    }
}
