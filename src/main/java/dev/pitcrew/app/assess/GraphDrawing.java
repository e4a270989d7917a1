package dev.pitcrew.app.assess;

import dev.pitcrew.app.assess.GraphText.Arrow;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Draws the graph of a system as SVG: who uses others stands left of them. Colours come from classes, so that the page decides what is light and what is dark.
///
/// Columns are longest paths over the arrows, cycles broken where a depth-first walk closes them; within a column services stand near the middle of those that they are used by.
public final class GraphDrawing {
    private static final int BOX_WIDTH = 168;
    private static final int BOX_HEIGHT = 46;
    private static final int COLUMN = 250;
    private static final int ROW = 70;
    private static final int MARGIN = 12;
    private static final int COLUMNS_MAX = 40;

    private final List<Part> parts;
    private final List<Arrow> arrows;
    private final Map<String, Integer> column = new HashMap<>();
    private final Map<String, Double> row = new HashMap<>();

    private GraphDrawing(Sketch sketch) {
        this.parts = sketch.services();
        var names = new HashSet<String>();
        parts.forEach(part -> names.add(part.name()));
        this.arrows =
                GraphText.arrows(sketch).stream()
                        .filter(
                                one ->
                                        names.contains(one.from())
                                                && names.contains(one.to())
                                                && !one.from().equals(one.to()))
                        .toList();
    }

    /// The picture of a system; empty when it has no services.
    public static String svg(Sketch sketch) {
        if (sketch.services().isEmpty()) {
            return "";
        }
        var drawing = new GraphDrawing(sketch);
        drawing.place();
        return drawing.draw();
    }

    private void place() {
        var forward = forward();
        parts.forEach(part -> column.put(part.name(), 0));
        for (int round = 0; round < Math.min(parts.size(), COLUMNS_MAX); round++) {
            for (Arrow arrow : forward) {
                int least = column.getOrDefault(arrow.from(), 0) + 1;
                column.merge(arrow.to(), least, Math::max);
            }
        }
        int last = column.values().stream().mapToInt(one -> one).max().orElse(0);
        for (int at = 0; at <= last; at++) {
            var here = new ArrayList<String>();
            for (Part part : parts) {
                if (column.getOrDefault(part.name(), 0) == at) {
                    here.add(part.name());
                }
            }
            here.sort((a, b) -> Double.compare(wish(a), wish(b)));
            double next = 0;
            for (String name : here) {
                double at1 = Math.max(next, Math.floor(wish(name)));
                row.put(name, at1);
                next = at1 + 1;
            }
        }
    }

    /// The arrows without those that close a cycle.
    private List<Arrow> forward() {
        var kept = new ArrayList<Arrow>();
        var done = new HashSet<String>();
        parts.forEach(part -> walk(part.name(), new HashSet<>(), done, kept));
        return kept;
    }

    private void walk(String name, Set<String> above, Set<String> done, List<Arrow> kept) {
        if (!done.add(name)) {
            return;
        }
        above.add(name);
        for (Arrow arrow : arrows) {
            if (arrow.from().equals(name) && !above.contains(arrow.to())) {
                kept.add(arrow);
                walk(arrow.to(), above, done, kept);
            }
        }
        above.remove(name);
    }

    /// The middle of those that are placed already and use it.
    private double wish(String name) {
        return arrows.stream()
                .filter(arrow -> arrow.to().equals(name) && row.containsKey(arrow.from()))
                .mapToDouble(arrow -> row.get(arrow.from()))
                .average()
                .orElse(0);
    }

    private String draw() {
        int width =
                MARGIN * 2
                        + BOX_WIDTH
                        + COLUMN * column.values().stream().mapToInt(one -> one).max().orElse(0);
        int height =
                (int)
                        (MARGIN * 2
                                + BOX_HEIGHT
                                + ROW
                                        * row.values().stream()
                                                .mapToDouble(one -> one)
                                                .max()
                                                .orElse(0));
        var svg = new StringBuilder();
        svg.append(
                "<svg class=\"graph\" role=\"img\" aria-label=\"The services and what they use\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" xmlns=\"http://www.w3.org/2000/svg\">\n"
                        .formatted(width, height, width, height));
        svg.append(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path class=\"tip\" d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
        arrows.forEach(arrow -> arrow(svg, arrow));
        parts.forEach(part -> box(svg, part));
        return svg.append("</svg>").toString();
    }

    private void arrow(StringBuilder svg, Arrow arrow) {
        boolean isForward =
                column.getOrDefault(arrow.to(), 0) > column.getOrDefault(arrow.from(), 0);
        int x1 = isForward ? x(arrow.from()) + BOX_WIDTH : x(arrow.from());
        int x2 = isForward ? x(arrow.to()) - 2 : x(arrow.to()) + BOX_WIDTH + 2;
        int y1 = y(arrow.from()) + BOX_HEIGHT / 2;
        int y2 = y(arrow.to()) + BOX_HEIGHT / 2;
        int bend = isForward ? 48 : -48;
        svg.append(
                "<path class=\"flow\" d=\"M%d %dC%d %d %d %d %d %d\" marker-end=\"url(#tip)\"><title>%s</title></path>\n"
                        .formatted(
                                x1,
                                y1,
                                x1 + bend,
                                y1,
                                x2 - bend,
                                y2,
                                x2,
                                y2,
                                Html.text(
                                        arrow.from() + " → " + arrow.to() + ": " + arrow.what())));
    }

    private void box(StringBuilder svg, Part part) {
        String kind = part.duty().isOrderPath() ? " orders" : "";
        svg.append(
                "<g><title>%s</title><rect class=\"part%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>"
                        .formatted(
                                Html.text(part.because()),
                                kind,
                                x(part.name()),
                                y(part.name()),
                                BOX_WIDTH,
                                BOX_HEIGHT));
        svg.append(
                "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text><text class=\"duty\" x=\"%d\" y=\"%d\">%s</text></g>\n"
                        .formatted(
                                x(part.name()) + 10,
                                y(part.name()) + 19,
                                Html.text(shortened(part.name())),
                                x(part.name()) + 10,
                                y(part.name()) + 36,
                                Html.text(part.duty().text() + trading(part))));
    }

    private static String trading(Part part) {
        return switch (part.trading()) {
            case LIVE -> ", live";
            case PAPER -> ", paper";
            case DEMO -> ", demo";
            case TEST -> ", test";
            case UNKNOWN -> "";
        };
    }

    private static String shortened(String name) {
        return name.length() <= 22 ? name : name.substring(0, 21) + "…";
    }

    private int x(String name) {
        return MARGIN + COLUMN * column.getOrDefault(name, 0);
    }

    private int y(String name) {
        return (int) (MARGIN + ROW * row.getOrDefault(name, 0.0));
    }
}
