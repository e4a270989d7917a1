package dev.pitcrew.app.assess;

import dev.pitcrew.app.assess.GraphLayout.Spot;
import dev.pitcrew.app.assess.GraphText.Arrow;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Draws the graph of a system as SVG: who uses others stands left of them. Colours come from classes, so that the page decides what is light and what is dark.
public final class GraphDrawing {
    private static final int BOX_WIDTH = 168;
    private static final int BOX_HEIGHT = 46;
    private static final int COLUMN = 228;
    private static final int ROW = 70;
    private static final int MARGIN = 12;

    /// How small a page may draw it before it has to be moved to and fro.
    private static final double SHRUNK = 0.62;

    private final List<Part> parts;
    private final List<Arrow> arrows;
    private final Map<String, Spot> spots;

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
        this.spots = GraphLayout.of(parts.stream().map(Part::name).distinct().toList(), arrows);
    }

    /// The picture of a system; empty when it has no services.
    public static String svg(Sketch sketch) {
        if (sketch.services().isEmpty()) {
            return "";
        }
        return new GraphDrawing(sketch).draw();
    }

    private String draw() {
        int columns = spots.values().stream().mapToInt(Spot::column).max().orElse(0);
        double rows = spots.values().stream().mapToDouble(Spot::row).max().orElse(0);
        int width = MARGIN * 2 + BOX_WIDTH + COLUMN * columns;
        int height = (int) (MARGIN * 2 + BOX_HEIGHT + ROW * rows);
        var svg = new StringBuilder();
        svg.append(
                "<svg class=\"graph\" role=\"img\" aria-label=\"The services and what they use\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" style=\"min-width: %dpx\" xmlns=\"http://www.w3.org/2000/svg\">\n"
                        .formatted(width, height, width, height, (int) (width * SHRUNK)));
        svg.append(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\""
                        + " markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path class=\"tip\""
                        + " d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
        arrows.forEach(arrow -> arrow(svg, arrow));
        parts.forEach(part -> box(svg, part));
        return svg.append("</svg>").toString();
    }

    private void arrow(StringBuilder svg, Arrow arrow) {
        boolean isForward = spot(arrow.to()).column() > spot(arrow.from()).column();
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
                                Html.text(part.name() + ": " + part.because()),
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
        return name.length() <= 19 ? name : name.substring(0, 18) + "…"; // as wide as the box
    }

    private int x(String name) {
        return MARGIN + COLUMN * spot(name).column();
    }

    private int y(String name) {
        return (int) (MARGIN + ROW * spot(name).row());
    }

    private Spot spot(String name) {
        return spots.getOrDefault(name, new Spot(0, 0));
    }
}
