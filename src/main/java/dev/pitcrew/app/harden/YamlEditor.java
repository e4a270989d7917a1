package dev.pitcrew.app.harden;

import dev.pitcrew.assess.fix.Change.AddItem;
import dev.pitcrew.assess.fix.Change.RemoveDocument;
import dev.pitcrew.assess.fix.Change.ReplaceEntry;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.Within;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import dev.pitcrew.read.yaml.YamlTree.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns changes of YAML into edits of its text. What it doesn't understand it leaves alone.
final class YamlEditor {
    private final Texts texts;
    private final YamlSpans spans;
    private final List<Document> documents;

    YamlEditor(Texts texts) {
        this.texts = texts;
        this.spans = new YamlSpans(texts);
        this.documents =
                texts.file().documents().documents().stream()
                        .filter(document -> !document.isTemplate())
                        .toList();
    }

    Optional<List<Edit>> edits(SetKey change) {
        return mapping(change.place(), change.within())
                .flatMap(at -> set(at, change.path(), change.value(), change.before()));
    }

    Optional<List<Edit>> edits(ReplaceEntry change) {
        var path = change.path();
        return mapping(change.place(), change.within())
                .flatMap(at -> at.at(path.subList(0, path.size() - 1).toArray(String[]::new)))
                .filter(Mapping.class::isInstance)
                .flatMap(at -> ((Mapping) at).entry(path.getLast()))
                .flatMap(
                        entry ->
                                spans.end(entry)
                                        .map(
                                                end ->
                                                        List.of(
                                                                texts.span(
                                                                        spans.offset(entry.key()),
                                                                        end,
                                                                        change.key()
                                                                                + ": "
                                                                                + change
                                                                                        .value()))));
    }

    Optional<List<Edit>> edits(AddItem change) {
        var at = mapping(change.place(), change.within());
        var list = at.flatMap(of -> of.at(change.path().toArray(String[]::new)));
        if (list.isPresent() && list.get() instanceof Sequence several) {
            return item(several, change.lines());
        }
        if (list.isEmpty() && change.lines().size() == 1) {
            return at.flatMap(
                    of -> set(of, change.path(), "[" + change.lines().getFirst() + "]", ""));
        }
        return Optional.empty();
    }

    Optional<List<Edit>> edits(RemoveDocument change) {
        int from = change.place().line();
        while (from > 1 && !isMark(from)) {
            from--;
        }
        int to = change.place().line();
        while (to < texts.file().lines() && !isMark(to + 1)) {
            to++;
        }
        boolean isFirst = !isMark(from);
        if (isFirst && to < texts.file().lines()) {
            to++; // the mark before the next one is not needed any more
        }
        return isFirst && to == texts.file().lines()
                ? Optional.empty() // nothing would be left of the file
                : Optional.of(List.of(texts.without(from, to)));
    }

    private boolean isMark(int line) {
        return texts.line(line).matches("---(\\s.*)?");
    }

    private Optional<List<Edit>> item(Sequence list, List<String> lines) {
        if (spans.isFlow(list)) {
            return lines.size() == 1 ? spans.inFlow(list, lines.getFirst()) : Optional.empty();
        }
        if (list.items().isEmpty() || !spans.isHere(list)) {
            return Optional.empty();
        }
        int first = list.place().line();
        String indentation = " ".repeat(list.place().column() - 1);
        if (!texts.line(first).startsWith(indentation + "-")) {
            return Optional.empty();
        }
        var added = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            added.add(indentation + (i == 0 ? "- " : "  ") + lines.get(i));
        }
        int last = spans.lastLine(list.items().getLast().place().line(), indentation.length());
        return Optional.of(List.of(texts.lines(last + 1, added)));
    }

    /// The innermost mapping around a place whose path has a form.
    private Optional<Mapping> mapping(Place place, Within within) {
        return documents.stream()
                .filter(document -> isBefore(document.root().place(), place))
                .reduce((_, later) -> later)
                .flatMap(
                        document -> {
                            var search = new Search(place);
                            search.visit(document.root(), "");
                            return search.found(within);
                        });
    }

    private static boolean isBefore(Place one, Place other) {
        return one.line() < other.line()
                || (one.line() == other.line() && one.column() <= other.column());
    }

    /// Walks a tree to the last value that begins at a place or before it, and remembers the mappings on the way.
    private static final class Search {
        private final Place place;
        private List<Step> best = List.of();
        private Optional<Place> bestPlace = Optional.empty();
        private final List<Step> way = new ArrayList<>();

        private record Step(String path, Mapping mapping) {}

        Search(Place place) {
            this.place = place;
        }

        void visit(Node node, String path) {
            if (node instanceof Mapping mapping) {
                way.add(new Step(path, mapping));
                see(node.place());
                for (Entry entry : mapping.entries()) {
                    String below = path.isEmpty() ? entry.name() : path + "/" + entry.name();
                    boolean isMapping = entry.value() instanceof Mapping;
                    // The key of a mapping counts as within it.
                    if (isMapping) {
                        way.add(new Step(below, (Mapping) entry.value()));
                    }
                    see(entry.key().place());
                    if (isMapping) {
                        way.removeLast();
                    }
                    visit(entry.value(), below);
                }
                way.removeLast();
            } else if (node instanceof Sequence list) {
                see(node.place());
                for (int i = 0; i < list.items().size(); i++) {
                    String below = path.isEmpty() ? "[" + i + "]" : path + "/[" + i + "]";
                    visit(list.items().get(i), below);
                }
            } else {
                see(node.place());
            }
        }

        private void see(Place at) {
            if (isBefore(at, place) && bestPlace.filter(old -> !isBefore(old, at)).isEmpty()) {
                bestPlace = Optional.of(at);
                best = List.copyOf(way);
            }
        }

        Optional<Mapping> found(Within within) {
            return best.stream()
                    .filter(step -> step.path().matches(within.form()))
                    .reduce((_, inner) -> inner)
                    .map(Step::mapping);
        }
    }

    private Optional<List<Edit>> set(Mapping at, List<String> path, String value, String before) {
        var entry = at.entry(path.getFirst()).filter(one -> spans.isIn(one, at));
        if (entry.isEmpty()) {
            return at.entry(path.getFirst()).isPresent()
                    ? Optional.empty() // a merge key brings it, and others have it too
                    : add(at, path, value, before);
        }
        if (path.size() == 1) {
            return entry.flatMap(one -> replace(one, value));
        }
        var rest = path.subList(1, path.size());
        return switch (entry.get().value()) {
            case Mapping below when below.entries().isEmpty() && !spans.isFlow(below) ->
                    Optional.empty();
            case Mapping below -> set(below, rest, value, before);
            case Scalar nothing when nothing.isEmpty() -> under(entry.get(), rest, value);
            default -> Optional.empty();
        };
    }

    private Optional<List<Edit>> replace(Entry entry, String value) {
        if (entry.value() instanceof Scalar scalar && !scalar.isEmpty()) {
            return spans.scalar(scalar)
                    .map(span -> List.of(texts.span(span.start(), span.end(), span.quoted(value))));
        }
        if (entry.value() instanceof Scalar) {
            int colon =
                    texts.text().indexOf(':', spans.offset(entry.key()) + entry.name().length());
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(List.of(texts.span(colon + 1, colon + 1, " " + value)));
        }
        return spans.end(entry)
                .map(
                        end ->
                                List.of(
                                        texts.span(
                                                spans.offset(entry.key()),
                                                end,
                                                entry.name() + ": " + value)));
    }

    /// Keys under one that has no value yet.
    private Optional<List<Edit>> under(Entry entry, List<String> path, String value) {
        String indentation = " ".repeat(entry.key().place().column() - 1);
        var lines = nested(indentation + texts.step(), path, value);
        return Optional.of(List.of(texts.lines(entry.key().place().line() + 1, lines)));
    }

    private Optional<List<Edit>> add(Mapping at, List<String> path, String value, String before) {
        if (spans.isFlow(at)) {
            return spans.inFlow(at, flow(path, value));
        }
        var own = at.entries().stream().filter(entry -> spans.isIn(entry, at)).toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        int column = own.getFirst().key().place().column();
        var lines = nested(" ".repeat(column - 1), path, value);
        var next = own.stream().skip(1).filter(entry -> entry.name().equals(before)).findFirst();
        if (next.isPresent()) {
            return Optional.of(List.of(texts.lines(next.get().key().place().line(), lines)));
        }
        // Within a list the first key shares its line with the dash.
        if (own.getFirst().name().equals(before) && column == 1) {
            return Optional.of(List.of(texts.lines(own.getFirst().key().place().line(), lines)));
        }
        int last = spans.lastLine(own.getLast().key().place().line(), column - 1);
        return Optional.of(List.of(texts.lines(last + 1, lines)));
    }

    private List<String> nested(String indentation, List<String> path, String value) {
        var lines = new ArrayList<String>();
        String deeper = indentation;
        for (int i = 0; i < path.size(); i++) {
            boolean isLast = i == path.size() - 1;
            lines.add(deeper + path.get(i) + ":" + (isLast ? " " + value : ""));
            deeper += texts.step().equals("\t") ? "  " : texts.step();
        }
        return lines;
    }

    private static String flow(List<String> path, String value) {
        return path.size() == 1
                ? path.getFirst() + ": " + value
                : path.getFirst() + ": {" + flow(path.subList(1, path.size()), value) + "}";
    }
}
