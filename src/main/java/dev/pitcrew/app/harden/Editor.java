package dev.pitcrew.app.harden;

import dev.pitcrew.assess.fix.Change;
import dev.pitcrew.assess.fix.Change.AddItem;
import dev.pitcrew.assess.fix.Change.Append;
import dev.pitcrew.assess.fix.Change.EndOfLine;
import dev.pitcrew.assess.fix.Change.InBlock;
import dev.pitcrew.assess.fix.Change.InSection;
import dev.pitcrew.assess.fix.Change.LinesAfter;
import dev.pitcrew.assess.fix.Change.LinesBefore;
import dev.pitcrew.assess.fix.Change.RemoveDocument;
import dev.pitcrew.assess.fix.Change.RemoveLine;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.ReplaceBefore;
import dev.pitcrew.assess.fix.Change.ReplaceEntry;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.UnitLine;
import dev.pitcrew.assess.fix.Change.Variable;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns changes into edits of the text as it is. A change that does not fit the text gives none, and then its fix is not offered.
final class Editor {
    private static final int LINES_MAX = 40; // as far as one value of a file may go

    private final Sources sources;
    private final Map<String, YamlEditor> yaml = new LinkedHashMap<>();

    Editor(Sources sources) {
        this.sources = sources;
    }

    /// The edits of all changes, in order; empty when one of them does not fit.
    Optional<List<Edit>> edits(List<Change> changes) {
        var all = new ArrayList<Edit>();
        for (Change change : changes) {
            var edits = edits(change);
            if (edits.isEmpty()) {
                return Optional.empty();
            }
            for (Edit edit : edits.get()) {
                if (!join(all, edit)) {
                    return Optional.empty();
                }
            }
        }
        all.removeIf(edit -> isNothing(edit));
        return all.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(all));
    }

    /// Takes an edit in; what two changes of one fix add at the same place follows each other.
    private static boolean join(List<Edit> all, Edit edit) {
        if (all.contains(edit)) {
            return true;
        }
        for (int i = 0; i < all.size(); i++) {
            Edit other = all.get(i);
            if (other.meets(edit)) {
                boolean areBothAdded =
                        other.start() == other.end()
                                && edit.start() == edit.end()
                                && other.start() == edit.start();
                if (areBothAdded) {
                    all.set(
                            i,
                            new Edit(
                                    edit.file(),
                                    edit.start(),
                                    edit.end(),
                                    other.text() + edit.text()));
                }
                return areBothAdded;
            }
        }
        all.add(edit);
        return true;
    }

    private boolean isNothing(Edit edit) {
        return sources.file(edit.file())
                .filter(file -> edit.end() <= file.text().length())
                .filter(file -> file.text().substring(edit.start(), edit.end()).equals(edit.text()))
                .isPresent();
    }

    private Optional<List<Edit>> edits(Change change) {
        var file = sources.file(change.place().file());
        if (change instanceof Append append) {
            var texts = new Texts(file.orElse(new SourceFile(append.place().file(), "")));
            return Optional.of(List.of(texts.lines(lines(texts) + 1, append.lines())));
        }
        var texts = file.map(Texts::new).filter(one -> one.has(change.place()));
        return texts.flatMap(one -> edits(change, one));
    }

    private static int lines(Texts texts) {
        return texts.text().isEmpty() ? 0 : texts.file().lines();
    }

    private Optional<List<Edit>> edits(Change change, Texts texts) {
        Place place = change.place();
        return switch (change) {
            case SetKey set -> yaml(texts).edits(set);
            case ReplaceEntry replace -> yaml(texts).edits(replace);
            case AddItem add -> yaml(texts).edits(add);
            case RemoveDocument remove -> yaml(texts).edits(remove);
            case Replace replace -> replace(replace, texts);
            case ReplaceBefore replace -> replaceBefore(replace, texts);
            case Variable variable -> variable(variable, texts);
            case LinesBefore lines ->
                    one(texts.lines(place.line(), indented(lines.lines(), texts, place)));
            case LinesAfter lines ->
                    one(texts.lines(place.line() + 1, indented(lines.lines(), texts, place)));
            case InBlock block -> inBlock(block.lines(), texts, place.line());
            case InSection section -> inSection(section, texts);
            case UnitLine line -> one(unitLine(line, texts));
            case EndOfLine words -> one(endOfLine(words, texts));
            case RemoveLine _ -> one(texts.without(place.line(), place.line()));
            case Append _ -> Optional.empty(); // it needs no text to be there
        };
    }

    private YamlEditor yaml(Texts texts) {
        return yaml.computeIfAbsent(texts.file().path(), _ -> new YamlEditor(texts));
    }

    private static Optional<List<Edit>> one(Edit edit) {
        return Optional.of(List.of(edit));
    }

    private static List<String> indented(List<String> lines, Texts texts, Place place) {
        String indentation = Texts.indentation(texts.line(place.line()));
        return lines.stream().map(line -> indentation + line).toList();
    }

    private static Optional<List<Edit>> replace(Replace change, Texts texts) {
        int from = texts.file().offset(change.place());
        int limit =
                texts.start(Math.min(change.place().line() + LINES_MAX, texts.file().lines() + 1));
        int at = texts.text().indexOf(change.old(), from);
        boolean isNear = at >= 0 && at < limit;
        boolean isInLine = isNear && at < texts.end(change.place().line());
        // Further lines only of a value that begins here and goes on: not past the next key.
        return isNear && (isInLine || goesOn(texts, change.place(), at))
                ? one(texts.span(at, at + change.old().length(), change.words()))
                : Optional.empty();
    }

    /// Whether the lines up to a character are indented deeper than the one of a place, or follow its backslash.
    private static boolean goesOn(Texts texts, Place place, int to) {
        int indentation = Texts.indentation(texts.line(place.line())).length();
        for (int line = place.line() + 1; line <= texts.file().lines(); line++) {
            if (texts.start(line) > to) {
                return true;
            }
            String text = texts.line(line);
            boolean isDeeper = text.isBlank() || Texts.indentation(text).length() > indentation;
            if (!isDeeper && !texts.line(line - 1).stripTrailing().endsWith("\\")) {
                return false;
            }
        }
        return true;
    }

    private static Optional<List<Edit>> replaceBefore(ReplaceBefore change, Texts texts) {
        int end = texts.file().offset(change.place());
        int at = texts.text().lastIndexOf(change.old(), end);
        int first = texts.start(Math.max(1, change.place().line() - LINES_MAX));
        return at >= first
                ? one(texts.span(at, at + change.old().length(), change.words()))
                : Optional.empty();
    }

    private static Optional<List<Edit>> variable(Variable change, Texts texts) {
        int from = texts.file().offset(change.place());
        int at = texts.text().indexOf(change.expression(), from);
        if (at < 0) {
            return Optional.empty();
        }
        String before = texts.text().substring(texts.start(texts.file().place(at).line()), at);
        long quotes =
                before.replaceAll("^\\s*(- )?run: *'", "").chars().filter(c -> c == '\'').count();
        return quotes % 2 != 0
                ? Optional.empty()
                : one(texts.span(at, at + change.expression().length(), "$" + change.name()));
    }

    private static Optional<List<Edit>> inBlock(List<String> lines, Texts texts, int line) {
        String opening = texts.line(line);
        String indentation = Texts.indentation(opening) + inner(texts, line);
        var brace = opening.indexOf('{');
        if (brace >= 0 && !opening.substring(brace + 1).replaceFirst("#.*", "").isBlank()) {
            int at = texts.start(line) + brace + 1;
            return one(texts.span(at, at, " " + String.join(" ", lines)));
        }
        int after = line;
        if (brace < 0 && line < texts.file().lines() && texts.line(line + 1).strip().equals("{")) {
            after++;
        }
        return one(texts.lines(after + 1, lines.stream().map(each -> indentation + each).toList()));
    }

    /// What the lines of a block are indented by more than its opening.
    private static String inner(Texts texts, int line) {
        String opening = Texts.indentation(texts.line(line));
        for (int next = line + 1; next <= texts.file().lines(); next++) {
            String text = texts.line(next);
            if (!text.isBlank()) {
                String here = Texts.indentation(text);
                return here.startsWith(opening) && here.length() > opening.length()
                        ? here.substring(opening.length())
                        : "    ";
            }
        }
        return "    ";
    }

    private static Optional<List<Edit>> inSection(InSection change, Texts texts) {
        for (int line = 1; line <= texts.file().lines(); line++) {
            if (texts.line(line).strip().replaceFirst("\\s*#.*", "").equals(change.section())) {
                int last = line;
                while (last < texts.file().lines()
                        && !texts.line(last + 1).isBlank()
                        && !Texts.indentation(texts.line(last + 1)).isEmpty()) {
                    last++;
                }
                String indentation = inner(texts, line);
                return one(
                        texts.lines(
                                last + 1,
                                change.lines().stream().map(each -> indentation + each).toList()));
            }
        }
        return Optional.empty();
    }

    private static Edit unitLine(UnitLine change, Texts texts) {
        String added = change.key() + "=" + change.value();
        boolean isIn = false;
        int last = 0;
        for (int line = 1; line <= texts.file().lines(); line++) {
            String text = texts.line(line);
            if (text.strip().matches("\\[.*]")) {
                isIn = text.strip().equals("[" + change.section() + "]");
            } else if (isIn && text.matches("\\s*" + change.key() + "\\s*=.*")) {
                int value = texts.start(line) + text.indexOf('=') + 1;
                return texts.span(value, texts.end(line), change.value());
            }
            if (isIn && !text.isBlank()) {
                last = line;
            }
        }
        if (last > 0) {
            return texts.lines(last + 1, List.of(added));
        }
        var section = List.of("[" + change.section() + "]", added);
        if (change.section().equals("Unit")) {
            return texts.lines(1, List.of(section.getFirst(), added, ""));
        }
        return texts.lines(texts.file().lines() + 1, List.of("", section.getFirst(), added));
    }

    private static Edit endOfLine(EndOfLine change, Texts texts) {
        String line = texts.line(change.place().line());
        String bare = line.replaceFirst("\\s+#.*$", "").stripTrailing();
        int at = texts.start(change.place().line()) + bare.length();
        return texts.span(at, at, change.words());
    }
}
