package dev.pitcrew.server;

import static dev.pitcrew.server.Html.tag;

import dev.pitcrew.app.DeskPicture;
import dev.pitcrew.app.DeskPicture.Carried;
import dev.pitcrew.app.DeskPicture.Flow;
import dev.pitcrew.app.DeskPicture.Node;
import dev.pitcrew.app.DeskPicture.Place;
import dev.pitcrew.app.DeskPicture.Seen;
import dev.pitcrew.app.DeskStatus.State;
import dev.pitcrew.model.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Draws a [DeskPicture] as SVG: in three columns for a wide screen, as a list with arcs beside it for a phone. Colours and type come from the
/// style sheet.
final class PictureSvg {
    private static final int HEAD = 50;
    private static final int ROW = 22;
    private static final int FOOT = 8;
    private static final int GAP = 22;
    private static final int WIDE = 268;
    private static final int BETWEEN = 78;
    private static final int NARROW = 280;
    private static final int GUTTER = 64;
    private static final int LETTERS = 14;

    private final DeskPicture picture;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final String name;
    private int width;
    private int height;

    /// Where a node stands.
    private record Box(Node node, int column, double x, double y, double width, double height) {
        double middle() {
            return y + height / 2;
        }
    }

    private PictureSvg(DeskPicture picture, String name) {
        this.picture = picture;
        this.name = name;
    }

    /// In three columns.
    static Html wide(DeskPicture picture) {
        var svg = new PictureSvg(picture, "wide");
        svg.inColumns();
        return svg.draw(svg.lines());
    }

    /// As a list.
    static Html tall(DeskPicture picture) {
        var svg = new PictureSvg(picture, "tall");
        svg.inList();
        return svg.draw(svg.arcs());
    }

    private void inColumns() {
        var columns =
                Stream.of(Place.values())
                        .map(
                                place ->
                                        picture.nodes().stream()
                                                .filter(one -> one.place() == place)
                                                .toList())
                        .filter(nodes -> !nodes.isEmpty())
                        .toList();
        height = columns.stream().mapToInt(PictureSvg::height).max().orElse(0) + 2;
        width = columns.size() * (WIDE + BETWEEN) - BETWEEN + 2;
        for (int column = 0; column < columns.size(); column++) {
            double y = (height - height(columns.get(column))) / 2.0;
            for (var node : columns.get(column)) {
                var box =
                        new Box(node, column, 1 + column * (WIDE + BETWEEN), y, WIDE, height(node));
                boxes.put(node.name(), box);
                y += box.height() + GAP;
            }
        }
    }

    private void inList() {
        double y = 1;
        for (var place : Place.values()) {
            for (var node : picture.nodes()) {
                if (node.place() == place) {
                    boxes.put(node.name(), new Box(node, 0, 1, y, NARROW, height(node)));
                    y += height(node) + 14;
                }
            }
        }
        width = NARROW + GUTTER + 2;
        height = (int) y;
    }

    private static int height(List<Node> nodes) {
        return nodes.stream().mapToInt(one -> height(one) + GAP).sum() - GAP;
    }

    private static int height(Node node) {
        return node.place() == Place.VENUE
                ? HEAD + 2
                : HEAD + ROW * Math.max(1, node.instances().size()) + FOOT;
    }

    private Html draw(List<Html> lines) {
        var svg =
                tag("svg")
                        .as("picture " + name)
                        .with("viewBox", "0 0 " + width + " " + height)
                        .with("width", width)
                        .with("height", height)
                        .with("role", "img")
                        .with("aria-label", told())
                        .of(tag("defs").of(arrow("orders"), arrow("data")));
        return svg.of(lines, boxes.values().stream().map(PictureSvg::node).toList());
    }

    private Html arrow(String kind) {
        return tag("marker")
                .with("id", name + "-" + kind)
                .with("viewBox", "0 0 8 8")
                .with("refX", 7)
                .with("refY", 4)
                .with("markerUnits", "userSpaceOnUse")
                .with("markerWidth", 10)
                .with("markerHeight", 10)
                .with("orient", "auto")
                .as("arrow " + kind)
                .of(tag("path").with("d", "M0,0.5 L7.5,4 L0,7.5 z"));
    }

    /// For who can't see it.
    private String told() {
        var told = new StringBuilder("Flows: ");
        for (var flow : picture.flows()) {
            told.append(flow.from())
                    .append(flow.carried() == Carried.ORDERS ? " sends orders to " : " tells ")
                    .append(flow.to())
                    .append("; ");
        }
        return told.toString();
    }

    private List<Html> lines() {
        var ends = new ArrayList<End>();
        for (var flow : known()) {
            var from = box(flow.from());
            var to = box(flow.to());
            var isForward = to.column() > from.column();
            ends.add(new End(flow, true, isForward, from, to));
            ends.add(new End(flow, false, !isForward && to.column() != from.column(), to, from));
        }
        var lines = new ArrayList<Html>();
        for (var flow : known()) {
            var out = ends.stream().filter(one -> one.flow.equals(flow) && one.isStart).findFirst();
            var in = ends.stream().filter(one -> one.flow.equals(flow) && !one.isStart).findFirst();
            var a = out.orElseThrow();
            var b = in.orElseThrow();
            double bend = a.self.column() == b.self.column() ? 40 : BETWEEN * 0.55;
            lines.add(
                    line(
                            flow,
                            "M%s,%s C%s,%s %s,%s %s,%s",
                            a.x(),
                            a.y(ends),
                            a.x() + (a.isRight ? bend : -bend),
                            a.y(ends),
                            b.x() + (b.isRight ? bend : -bend),
                            b.y(ends),
                            b.x(),
                            b.y(ends)));
        }
        return lines;
    }

    /// Where a line leaves or reaches a box.
    private record End(Flow flow, boolean isStart, boolean isRight, Box self, Box other) {
        double x() {
            return isRight ? self.x() + self.width() : self.x();
        }

        /// Lines at one side are spread in the order of where they lead to.
        double y(List<End> all) {
            var here =
                    all.stream()
                            .filter(one -> one.self.equals(self) && one.isRight == isRight)
                            .sorted(Comparator.comparingDouble(one -> one.other.middle()))
                            .toList();
            var rank = here.indexOf(this);
            return self.y() + self.height() * (rank + 1) / (here.size() + 1);
        }
    }

    private List<Html> arcs() {
        var flows = known();
        var lines = new ArrayList<Html>();
        var used = new LinkedHashMap<String, Integer>();
        for (var flow : flows) {
            var from = box(flow.from());
            var to = box(flow.to());
            double far = Math.abs(from.middle() - to.middle()) / height;
            double x = NARROW + 1;
            double bulge = x + 20 + (GUTTER - 22) * Math.sqrt(far) * 1.25;
            double a = from.middle() - 8 + 9 * (used.merge(flow.from(), 1, Integer::sum) - 1);
            double b = to.middle() - 8 + 9 * (used.merge(flow.to(), 1, Integer::sum) - 1);
            lines.add(line(flow, "M%s,%s C%s,%s %s,%s %s,%s", x, a, bulge, a, bulge, b, x, b));
        }
        return lines;
    }

    private List<Flow> known() {
        return picture.flows().stream()
                .filter(one -> boxes.containsKey(one.from()) && boxes.containsKey(one.to()))
                .toList();
    }

    private Box box(String node) {
        var box = boxes.get(node);
        if (box == null) {
            throw new IllegalStateException("no box for " + node);
        }
        return box;
    }

    private Html line(Flow flow, String form, Object... numbers) {
        var kind = flow.carried() == Carried.ORDERS ? "orders" : "data";
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = String.format(Locale.ROOT, "%.1f", (Double) numbers[i]);
        }
        return tag("path")
                .as("flow " + kind)
                .with("d", form.formatted(numbers))
                .with("marker-end", "url(#" + name + "-" + kind + ")");
    }

    private static Html node(Box box) {
        var node = box.node();
        double right = box.width() - 14;
        var group =
                tag("g").as(
                                "node"
                                        + (node.place() == Place.VENUE ? " venue" : "")
                                        + (node.trouble().isEmpty() ? "" : " " + node.trouble()))
                        .with("transform", "translate(%s %s)".formatted(box.x(), box.y()))
                        .of(
                                tag("rect")
                                        .with("width", box.width())
                                        .with("height", box.height())
                                        .with("rx", 10),
                                text("name", 14, 22, "start", node.name()));
        if (node.place() == Place.VENUE) {
            return group.of(text("quiet", 14, 40, "start", "venue"));
        }
        var version = node.version().isEmpty() ? "never ran" : node.version();
        group =
                group.of(
                        text("quiet", 14, 40, "start", node.role()),
                        text("version", right, 22, "end", cut(version, 18)),
                        text(
                                node.trouble().isEmpty() ? "quiet" : "trouble",
                                right,
                                40,
                                "end",
                                !node.trouble().isEmpty()
                                        ? node.trouble()
                                        : node.isSingle() && node.token() > 0
                                                ? "token " + node.token()
                                                : ""));
        double y = HEAD + 14;
        for (var one : node.instances()) {
            group = group.of(instance(one, node, y, right));
            y += ROW;
        }
        return node.instances().isEmpty()
                ? group.of(text("quiet", 14, y, "start", "no instance"))
                : group;
    }

    private static Html instance(Seen one, Node node, double y, double right) {
        var isOther = !one.version().equals(node.version());
        // What is left beside the state, which is never cut.
        int letters = (int) ((right - 42 - state(one).length() * 6.8) / 7.2);
        var version = isOther ? " · " + cut(one.version(), LETTERS) : "";
        return tag("g").as("instance " + Words.of(one.state()))
                .of(
                        mark(one.state(), y - 4),
                        text(
                                "of",
                                34,
                                y,
                                "start",
                                cut(one.name(), Math.max(4, letters - version.length())) + version),
                        text("state", right, y, "end", state(one)));
    }

    private static String state(Seen one) {
        var state = Words.of(one.state()).replace('-', ' ');
        if (one.state() == State.ACTIVE && one.openOrders() != null) {
            return state + ", " + one.openOrders() + " open";
        }
        return one.feedAgeMillis() == null ? state : state + ", " + one.feedAgeMillis() + " ms";
    }

    /// Shape and colour both tell.
    private static Html mark(State state, double y) {
        double x = 20;
        return switch (state) {
            case ACTIVE -> circle("mark full", x, y, 5.5);
            case READY -> circle("mark", x, y, 4.5);
            case NOT_READY -> circle("mark dashed", x, y, 4.5);
            case HANGING -> path("mark full", "M%s,%s l6,10 h-12 z", x, y - 6);
            case DEAD -> path("mark", "M%s,%s l9,9 m0,-9 l-9,9", x - 4.5, y - 4.5);
            case UNKNOWN -> path("mark", "M%s,%s h9", x - 4.5, y);
        };
    }

    private static Html circle(String kind, double x, double y, double radius) {
        return tag("circle").as(kind).with("cx", x).with("cy", y).with("r", radius);
    }

    private static Html path(String kind, String form, double x, double y) {
        return tag("path").as(kind).with("d", form.formatted(x, y));
    }

    private static Html text(String kind, double x, double y, String anchor, String text) {
        return tag("text").as(kind).with("x", x).with("y", y).with("text-anchor", anchor).of(text);
    }

    private static String cut(String text, int letters) {
        return text.length() <= letters ? text : text.substring(0, letters - 1) + "…";
    }
}
