package dev.pitcrew.app.assess;

import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Flow;
import java.util.LinkedHashSet;
import java.util.List;

/// The graph of a system in the languages of other tools.
public final class GraphText {
    private GraphText() {}

    /// One arrow between two services, with all that flows along it.
    record Arrow(String from, String to, String what) {}

    /// The arrows, in the order of the flows.
    static List<Arrow> arrows(Sketch sketch) {
        var pairs = new LinkedHashSet<List<String>>();
        sketch.flows().forEach(flow -> pairs.add(List.of(flow.from(), flow.to())));
        return pairs.stream()
                .map(
                        pair ->
                                new Arrow(
                                        pair.get(0),
                                        pair.get(1),
                                        String.join(
                                                ", ",
                                                sketch.flows().stream()
                                                        .filter(
                                                                one ->
                                                                        one.from()
                                                                                        .equals(
                                                                                                pair
                                                                                                        .get(
                                                                                                                0))
                                                                                && one.to()
                                                                                        .equals(
                                                                                                pair
                                                                                                        .get(
                                                                                                                1)))
                                                        .map(Flow::what)
                                                        .distinct()
                                                        .toList())))
                .toList();
    }

    /// For Mermaid.
    public static String mermaid(Sketch sketch) {
        var text = new StringBuilder("flowchart LR\n");
        for (var part : sketch.services()) {
            String shape =
                    switch (part.duty()) {
                        case STORE, QUEUE -> "[(\"%s\")]";
                        default -> "[\"%s\"]";
                    };
            text.append("  ")
                    .append(id(part.name()))
                    .append(shape.formatted(safe(part.name() + "<br/>" + part.duty().text())))
                    .append('\n');
        }
        for (Arrow arrow : arrows(sketch)) {
            text.append(
                    "  %s -->|\"%s\"| %s\n"
                            .formatted(id(arrow.from()), safe(arrow.what()), id(arrow.to())));
        }
        return text.toString();
    }

    /// For Graphviz.
    public static String dot(Sketch sketch) {
        var text = new StringBuilder("digraph system {\n  rankdir=LR;\n  node [shape=box];\n");
        for (var part : sketch.services()) {
            text.append(
                    "  \"%s\" [label=\"%s\\n%s\"];\n"
                            .formatted(safe(part.name()), safe(part.name()), part.duty().text()));
        }
        for (Arrow arrow : arrows(sketch)) {
            text.append(
                    "  \"%s\" -> \"%s\" [label=\"%s\"];\n"
                            .formatted(safe(arrow.from()), safe(arrow.to()), safe(arrow.what())));
        }
        return text.append("}\n").toString();
    }

    /// For a terminal.
    public static String text(Sketch sketch) {
        var text = new StringBuilder();
        for (var part : sketch.services()) {
            text.append(part.name()).append("  ").append(part.duty().text()).append('\n');
            arrows(sketch).stream()
                    .filter(arrow -> arrow.from().equals(part.name()))
                    .forEach(
                            arrow ->
                                    text.append("  -> ")
                                            .append(arrow.to())
                                            .append("  (")
                                            .append(arrow.what())
                                            .append(")\n"));
        }
        return text.toString().stripTrailing();
    }

    private static String id(String name) {
        return "n_" + name.replaceAll("[^A-Za-z0-9_]", "_");
    }

    private static String safe(String text) {
        return text.replace("\"", "'").replace("\\", "/");
    }
}
