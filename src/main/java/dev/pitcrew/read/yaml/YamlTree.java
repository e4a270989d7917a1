package dev.pitcrew.read.yaml;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML 1.2 into a tree of [Node]s. It is built from the parser's events rather than by the library's composer,
/// so that depth and growth by aliases have limits of our own and a key given twice is one problem among others.
///
/// [#parse] is strict and takes one document, as Pitcrew's own files are; [#parseAll] takes what the world has: several documents, some broken, tags of other tools, merge
/// keys, templates.
public final class YamlTree {
    private static final int DEPTH_MAX = 50;
    private static final int NODES_MAX = 50_000; // aliases of aliases grow without bound otherwise

    private final String file;
    private final Iterator<Event> events;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Anchor, Node> anchored = new HashMap<>();
    private final Map<Anchor, Integer> sizes = new HashMap<>();
    private final Map<Place, String> tags = new HashMap<>();
    private final Reading reading;
    private int nodes;

    private YamlTree(String file, String text, Reading reading) {
        this.file = file;
        this.reading = reading;
        var settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setUseMarks(true)
                        // In one piece: at the end of a buffer it reads the second half of an emoji
                        // behind it, and it copies a long scalar with each.
                        .setBufferSize(text.length() + 2)
                        .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// @param root empty when the text can't be understood
    /// @param problems in no order
    public record Parsed(Optional<Node> root, List<Problem> problems) {}

    /// How a text is read.
    ///
    /// @param firstLine of the file at which it begins, from 0
    /// @param isLoose whether merge keys count and keys that are no words are passed over
    /// @param restore what a scalar of it stands for
    private record Reading(int firstLine, boolean isLoose, Function<Scalar, Node> restore) {
        static final Reading STRICT = new Reading(0, false, scalar -> scalar);
    }

    /// A document of a file.
    ///
    /// @param tags what stands before a value and is no tag of YAML itself, such as `!reset`, by the value's place
    /// @param isTemplate whether it was made of a template, so that parts of it are unknown: a text with a `‹` in it
    public record Document(Node root, Map<Place, String> tags, boolean isTemplate) {
        public Document {
            tags = Map.copyOf(tags);
        }
    }

    /// @param documents those that can be read, without empty ones
    /// @param problems in the order of the documents
    public record ParsedAll(List<Document> documents, List<Problem> problems) {
        public ParsedAll {
            documents = List.copyOf(documents);
            problems = List.copyOf(problems);
        }
    }

    /// Reads every document of a text that can be read. One that can't is a problem with its place, unless it is a template: that is read as far as plain substitution goes.
    public static ParsedAll parseAll(String file, String text) {
        return new YamlFile(file, text, Optional.empty()).read();
    }

    /// Reads a template.
    ///
    /// @param values a mapping with what its expressions may name, such as `Values`
    public static ParsedAll parseAll(String file, String text, Node values) {
        return new YamlFile(file, text, Optional.of(values)).read();
    }

    /// Reads one of several documents.
    static Parsed parse(
            String file,
            String text,
            int firstLine,
            Function<Scalar, Node> restore,
            Map<Place, String> tags) {
        try {
            var tree = new YamlTree(file, text, new Reading(firstLine, true, restore));
            var parsed = tree.parsed();
            tags.putAll(tree.tags);
            return parsed;
        } catch (YamlEngineException e) {
            return new Parsed(
                    Optional.empty(),
                    List.of(
                            new Problem(
                                    new Place(file, firstLine + 1, 1),
                                    "not YAML: it holds special characters")));
        }
    }

    /// Whether a text has a part that a template would have filled in, and that nobody knows here.
    public static boolean isUnknown(String text) {
        return text.indexOf('‹') >= 0;
    }

    /// Reads the one document of a text.
    ///
    /// @param file the path that places name
    public static Parsed parse(String file, String text) {
        return new YamlTree(file, text, Reading.STRICT).parsed();
    }

    private Parsed parsed() {
        var start = new Place(file, reading.firstLine() + 1, 1);
        try {
            Optional<Node> root = document();
            return new Parsed(root, problems);
        } catch (Unreadable e) {
            problems.add(e.problem);
        } catch (MarkedYamlEngineException e) {
            var where = e.getProblemMark().map(this::place).orElse(start);
            // The message proper would quote the line, which may hold a secret.
            problems.add(new Problem(where, "not YAML: " + oneLine(e.getProblem())));
        } catch (YamlEngineException e) {
            problems.add(new Problem(start, "not YAML: it holds special characters"));
        }
        return new Parsed(Optional.empty(), problems);
    }

    private Optional<Node> document() {
        Optional<Node> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && root.isPresent()) {
                throw unreadable(event, "a second document; one file describes one system");
            }
            if (event instanceof NodeEvent) {
                root = Optional.of(node(event, 0));
            }
        }
        return root;
    }

    private Node node(Event event, int depth) {
        if (depth > DEPTH_MAX) {
            throw unreadable(event, "nested more than " + DEPTH_MAX + " deep");
        }
        int before = nodes++;
        Node node =
                switch (event) {
                    case AliasEvent alias -> target(alias);
                    case ScalarEvent scalar ->
                            reading.restore()
                                    .apply(
                                            new Scalar(
                                                    place(event),
                                                    scalar.getValue(),
                                                    scalar.isPlain()));
                    case SequenceStartEvent _ -> sequence(event, depth);
                    case MappingStartEvent _ -> mapping(event, depth);
                    default -> throw unreadable(event, "unexpected " + event.getEventId());
                };
        if (nodes > NODES_MAX) {
            throw unreadable(event, "more than " + NODES_MAX + " values, aliases included");
        }
        if (event instanceof NodeEvent named && !(event instanceof AliasEvent)) {
            named.getAnchor().ifPresent(anchor -> remember(anchor, node, nodes - before));
            tag(event)
                    .filter(tag -> !tag.startsWith("tag:yaml.org"))
                    .ifPresent(tag -> tags.put(place(event), tag));
        }
        return node;
    }

    private static Optional<String> tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent start -> start.getTag();
            default -> Optional.empty();
        };
    }

    private void remember(Anchor anchor, Node node, int size) {
        anchored.put(anchor, node);
        sizes.put(anchor, size);
    }

    private Node target(AliasEvent alias) {
        Node target = anchored.get(alias.getAlias());
        if (target == null) {
            throw unreadable(
                    alias, "*" + alias.getAlias() + " names nothing that stands before it");
        }
        nodes += sizes.getOrDefault(alias.getAlias(), 0);
        return target;
    }

    private Sequence sequence(Event start, int depth) {
        var items = new ArrayList<Node>();
        for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            items.add(node(e, depth + 1));
        }
        return new Sequence(place(start), items);
    }

    private Mapping mapping(Event start, int depth) {
        var entries = new ArrayList<Entry>();
        var seen = new HashSet<String>();
        var merged = new ArrayList<Node>();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            Node key = node(e, depth + 1);
            Node value = node(events.next(), depth + 1);
            if (!(key instanceof Scalar name)) {
                problems.add(new Problem(key.place(), "a key must be a word"));
            } else if (reading.isLoose() && name.plain() && name.text().equals("<<")) {
                merged.add(value);
            } else if (seen.add(name.text())) {
                entries.add(new Entry(name, value));
            } else {
                problems.add(
                        new Problem(
                                key.place(), "the key '" + name.text() + "' is given twice here"));
            }
        }
        merged.forEach(from -> merge(from, entries, seen));
        return new Mapping(place(start), entries);
    }

    /// Takes over the entries of a merge key's value that aren't there yet; it is a mapping or a list of them.
    private static void merge(Node from, List<Entry> entries, Set<String> seen) {
        switch (from) {
            case Mapping mapping ->
                    mapping.entries().stream()
                            .filter(entry -> seen.add(entry.name()))
                            .forEach(entries::add);
            case Sequence several -> several.items().forEach(one -> merge(one, entries, seen));
            case Scalar _ -> {}
        }
    }

    private Place place(Event event) {
        return event.getStartMark()
                .map(this::place)
                .orElse(new Place(file, reading.firstLine() + 1, 1));
    }

    private Place place(Mark mark) {
        return new Place(file, reading.firstLine() + mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Unreadable unreadable(Event event, String message) {
        return new Unreadable(new Problem(place(event), message));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /// Leaves the recursion at the first thing that can't be read on from.
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        Unreadable(Problem problem) {
            super(problem.toString(), null, false, false);
            this.problem = problem;
        }
    }
}
