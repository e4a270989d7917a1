package dev.pitcrew.server;

import static dev.pitcrew.server.Html.many;
import static dev.pitcrew.server.Html.tag;

import dev.pitcrew.deploy.VerdictPicture;
import dev.pitcrew.deploy.VerdictPicture.Curve;
import dev.pitcrew.deploy.VerdictPicture.Evidence;
import dev.pitcrew.deploy.VerdictPicture.Point;
import dev.pitcrew.deploy.VerdictPicture.Spread;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Draws what a verdict was made from: the distributions of both versions with their bands, and what spoke for harm over time against its
/// limit. Colours and type come from the style sheet.
final class VerdictSvg {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 240;
    private static final int LEFT = 56; // room for `100 %` in the type of a phone
    private static final int RIGHT = 12;
    private static final int TOP = 14;
    private static final int BOTTOM = 34;
    private static final double TAIL = 0.002; // of all values, left out at either end
    private static final double[] TICKS = {1, 2, 5};
    private static final int TICKS_MAX = 7; // that stand side by side on a phone
    private static final double LINE =
            18; // so far apart have two numbers to be, one above the other

    private VerdictSvg() {}

    /// All pictures of a rollout; nothing where nothing was judged.
    static Html all(List<VerdictPicture> pictures) {
        return many(pictures.stream().map(VerdictSvg::one).toArray());
    }

    private static Html one(VerdictPicture picture) {
        var charts = new ArrayList<Html>();
        picture.spreads().forEach(one -> charts.add(spread(one)));
        if (picture.evidence().stream().anyMatch(one -> !one.points().isEmpty())) {
            charts.add(evidence(picture.evidence()));
        }
        return tag("article")
                .as("card verdict")
                .of(
                        tag("h2")
                                .of(
                                        "Step %d was judged: %s"
                                                .formatted(
                                                        picture.index() + 1,
                                                        picture.verdict()
                                                                .toLowerCase(Locale.ROOT))),
                        picture.sentence().isEmpty()
                                ? Html.NONE
                                : tag("p").as("quiet").of(picture.sentence()),
                        tag("div").as("charts").of(charts));
    }

    private static Html spread(Spread spread) {
        double from = Math.min(low(spread.baseline()), low(spread.canary()));
        double to = Math.max(high(spread.baseline()), high(spread.canary()));
        double least = from > 0 ? from : to / 1000;
        var across = new Logarithmic(least, Math.max(to, least * 1.5));
        var parts = new ArrayList<Html>();
        for (double share : new double[] {0, 0.5, 0.9, 1}) {
            parts.add(rule(y(share)));
            parts.add(text(LEFT - 6, y(share) + 4, "end", percent(share)));
        }
        for (double tick : across.ticks()) {
            parts.add(text(across.x(tick), HEIGHT - BOTTOM + 20, "middle", label(tick)));
        }
        parts.add(band(spread.baseline(), across, "baseline"));
        parts.add(band(spread.canary(), across, "canary"));
        parts.add(line(curve(spread.baseline(), across), "baseline"));
        parts.add(line(curve(spread.canary(), across), "canary"));
        return chart(
                spread.metric() + ": the part of all that took at most so long",
                "%s of %d values of the old version and %d of the new one, with the bands in which the true distributions lie"
                        .formatted(
                                spread.metric(),
                                spread.baseline().values(),
                                spread.canary().values()),
                parts,
                List.of(
                        key("baseline", "old version, %d".formatted(spread.baseline().values())),
                        key("canary", "new version, %d".formatted(spread.canary().values()))));
    }

    private static Html evidence(List<Evidence> all) {
        double end = 0.001; // seconds
        double most = 1;
        double least = 0;
        for (var one : all) {
            most = Math.max(most, one.limit());
            for (var point : one.points()) {
                end = Math.max(end, point.x());
                most = Math.max(most, point.y());
                least = Math.min(least, point.y());
            }
        }
        double low = Math.max(least, -most); // what speaks against harm alone may be cut off
        var parts = new ArrayList<Html>();
        var keys = new ArrayList<Html>();
        parts.add(rule(scaled(0, low, most)));
        parts.add(text(LEFT - 6, scaled(0, low, most) + 4, "end", "0"));
        for (double second : new double[] {0, end / 2, end}) {
            double x = LEFT + (WIDTH - LEFT - RIGHT) * second / end;
            var anchor = second == 0 ? "start" : second == end ? "end" : "middle";
            parts.add(text(x, HEIGHT - BOTTOM + 20, anchor, label(second) + " s"));
        }
        double named = scaled(0, low, most);
        for (double limit : all.stream().map(Evidence::limit).distinct().sorted().toList()) {
            double y = scaled(limit, low, most);
            parts.add(line(List.of(new Point(LEFT, y), new Point(WIDTH - RIGHT, y)), "limit"));
            if (named - y >= LINE) {
                parts.add(text(LEFT - 6, y + 4, "end", label(limit)));
                named = y;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            var points = new ArrayList<Point>();
            double until = end;
            for (var one : all.get(i).points()) {
                points.add(
                        new Point(
                                LEFT + (WIDTH - LEFT - RIGHT) * one.x() / until,
                                scaled(Math.max(one.y(), low), low, most)));
            }
            var kind = "metric m" + i % 6;
            parts.add(line(points, kind));
            keys.add(key(kind, all.get(i).metric()));
        }
        keys.add(key("limit", "harm is shown"));
        return chart(
                "What speaks for harm, log E, over time",
                "log E of each metric against its limit",
                parts,
                keys);
    }

    private static Html chart(String title, String told, List<Html> parts, List<Html> keys) {
        return tag("figure")
                .of(
                        tag("figcaption", title),
                        tag("svg")
                                .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
                                .with("role", "img")
                                .with("aria-label", told)
                                .of(parts),
                        tag("p").as("keys").of(keys));
    }

    private static Html key(String kind, String name) {
        return tag("span").as("key " + kind).of(name);
    }

    private static Html rule(double y) {
        return line(List.of(new Point(LEFT, y), new Point(WIDTH - RIGHT, y)), "rule");
    }

    private static Html line(List<Point> points, String kind) {
        return tag("polyline").as(kind).with("points", path(points));
    }

    private static Html text(double x, double y, String anchor, String text) {
        return tag("text")
                .with("x", number(x))
                .with("y", number(y))
                .with("text-anchor", anchor)
                .of(text);
    }

    private static Html band(Curve curve, Logarithmic across, String kind) {
        var upper = new ArrayList<Point>();
        var lower = new ArrayList<Point>();
        for (var one : curve.points()) {
            double x = across.x(one.x());
            upper.add(new Point(x, y(Math.min(1, one.y() + curve.halfWidth()))));
            lower.addFirst(new Point(x, y(Math.max(0, one.y() - curve.halfWidth()))));
        }
        upper.addAll(lower);
        return tag("polygon").as("band " + kind).with("points", path(upper));
    }

    private static List<Point> curve(Curve curve, Logarithmic across) {
        return curve.points().stream()
                .map(one -> new Point(across.x(one.x()), y(one.y())))
                .toList();
    }

    private static double low(Curve curve) {
        return curve.points().stream()
                .filter(one -> one.y() > TAIL)
                .mapToDouble(Point::x)
                .findFirst()
                .orElse(0);
    }

    private static double high(Curve curve) {
        return curve.points().stream()
                .filter(one -> one.y() > 1 - TAIL)
                .mapToDouble(Point::x)
                .findFirst()
                .orElseGet(() -> curve.points().isEmpty() ? 1 : curve.points().getLast().x());
    }

    private static double y(double share) {
        return scaled(share, 0, 1);
    }

    private static double scaled(double value, double low, double high) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low);
    }

    private static String path(List<Point> points) {
        return points.stream()
                .map(one -> number(one.x()) + "," + number(one.y()))
                .collect(Collectors.joining(" "));
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /// What a person reads.
    private static String label(double value) {
        return rounded(value, 3);
    }

    /// Where something is drawn.
    private static String number(double value) {
        return rounded(value, 5);
    }

    private static String rounded(double value, int digits) {
        return new BigDecimal(value)
                .round(new MathContext(digits))
                .stripTrailingZeros()
                .toPlainString();
    }

    /// A scale on which equal ratios are equally far apart.
    private record Logarithmic(double from, double to) {
        double x(double value) {
            double part = Math.log(Math.max(value, from) / from) / Math.log(to / from);
            return LEFT + (WIDTH - LEFT - RIGHT) * Math.clamp(part, 0, 1);
        }

        /// Numbers to stand below it, as many as there is room for.
        List<Double> ticks() {
            var ticks = ticks(TICKS);
            if (ticks.size() > TICKS_MAX) {
                ticks = ticks(new double[] {1});
            }
            int every = (ticks.size() + TICKS_MAX - 1) / TICKS_MAX;
            return IntStream.range(0, ticks.size())
                    .filter(i -> i % every == 0)
                    .mapToObj(ticks::get)
                    .toList();
        }

        private List<Double> ticks(double[] steps) {
            var ticks = new ArrayList<Double>();
            for (int power = (int) Math.floor(Math.log10(from));
                    Math.pow(10, power) <= to;
                    power++) {
                for (double step : steps) {
                    double tick = step * Math.pow(10, power);
                    if (tick >= from && tick <= to) {
                        ticks.add(tick);
                    }
                }
            }
            return ticks;
        }
    }
}
