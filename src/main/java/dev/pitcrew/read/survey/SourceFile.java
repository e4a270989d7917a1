package dev.pitcrew.read.survey;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A text file of a repository. What follows from it alone is worked out once, however many ask: several readers, and copies of the repository in which it is the same file.
public final class SourceFile {
    private static final Function<SourceFile, YamlTree.Parsed> DOCUMENT = SourceFile::parsed;
    private static final Function<SourceFile, YamlTree.ParsedAll> DOCUMENTS = SourceFile::allParsed;

    private final String path;
    private final String text;
    private final Optional<Rendered> rendered;
    private final int[] lineStarts;
    private final Map<Function<SourceFile, ?>, Object> known = new ConcurrentHashMap<>(4);

    /// @param path relative to the repository, with slashes
    /// @param text the whole of it, line ends as they are
    public SourceFile(String path, String text) {
        this(path, text, Optional.empty());
    }

    private SourceFile(String path, String text, Optional<Rendered> rendered) {
        this.path = path;
        this.text = text;
        this.rendered = rendered;
        this.lineStarts = starts(text);
    }

    /// Relative to the repository, with slashes.
    public String path() {
        return path;
    }

    /// The file's own name, without folders.
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The folder that it lies in, relative to the repository; empty at the top.
    public String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    public String text() {
        return text;
    }

    /// What a program made of it, where it is a template and one did.
    public Optional<Rendered> rendered() {
        return rendered;
    }

    /// The same file with what a program made of it.
    public SourceFile rendered(String made) {
        return new SourceFile(path, text, Optional.of(Rendered.of(path, text, made)));
    }

    /// The value of a pure function of this file.
    ///
    /// @param function the same object, or an equal one, whenever the same is asked
    @SuppressWarnings("unchecked") // a value stands under the function that made it
    public <T> T once(Function<SourceFile, T> function) {
        var value = known.get(function);
        if (value == null) { // two that ask at once both work it out, and get the same
            value = function.apply(this);
            known.put(function, value);
        }
        return (T) value;
    }

    /// Its one YAML document, read strictly.
    public YamlTree.Parsed document() {
        return once(DOCUMENT);
    }

    /// All its YAML documents, as [YamlTree#parseAll] reads them.
    public YamlTree.ParsedAll documents() {
        return once(DOCUMENTS);
    }

    private YamlTree.Parsed parsed() {
        // JSON is YAML but for tabs; all places stay.
        return YamlTree.parse(path, path.endsWith(".json") ? text.replace('\t', ' ') : text);
    }

    private YamlTree.ParsedAll allParsed() {
        return YamlTree.parseAll(path, text);
    }

    /// At least 1.
    public int lines() {
        return lineStarts.length;
    }

    /// A line without its end.
    ///
    /// @param number from 1
    public String line(int number) {
        int start = lineStarts[number - 1];
        int end = number < lineStarts.length ? lineStarts[number] : text.length();
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    /// The place of a character.
    ///
    /// @param offset from 0 to the length of the text
    public Place place(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Place(path, line + 1, offset - lineStarts[line] + 1);
    }

    /// The character at a place in this file, from 0.
    public int offset(Place place) {
        return Math.min(text.length(), lineStarts[place.line() - 1] + place.column() - 1);
    }

    /// @param line from 1
    /// @param column from 1
    public Place place(int line, int column) {
        return new Place(path, line, column);
    }

    private static int[] starts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (at + 1 == text.length()) {
                break;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = at + 1;
        }
        return Arrays.copyOf(starts, count);
    }
}
