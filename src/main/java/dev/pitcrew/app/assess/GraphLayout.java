package dev.pitcrew.app.assess;

import dev.pitcrew.app.assess.GraphText.Arrow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Where each service of a picture stands: who uses others stands left of them, and near those that it has to do with.
///
/// Columns are longest paths over the arrows, cycles broken where a depth-first walk closes them; a long column is broken into several. Within a column services are in the order of
/// the middle of their neighbours, swept a few times to and fro. What nobody uses and uses nobody stands below, in rows.
final class GraphLayout {
    private static final int ROWS_MAX = 12;
    private static final int SWEEPS = 4;
    private static final int ALONE_IN_A_ROW = 4;

    private final List<String> names;
    private final List<Arrow> arrows;
    private final Map<String, Integer> level = new HashMap<>();

    private GraphLayout(List<String> names, List<Arrow> arrows) {
        this.names = names;
        this.arrows = arrows;
    }

    /// A place in columns and rows from 0; a row may be half of one.
    record Spot(int column, double row) {}

    /// @param arrows between the names, none from one to itself
    static Map<String, Spot> of(List<String> names, List<Arrow> arrows) {
        return new GraphLayout(names, arrows).place();
    }

    private Map<String, Spot> place() {
        var connected = new HashSet<String>();
        arrows.forEach(
                arrow -> {
                    connected.add(arrow.from());
                    connected.add(arrow.to());
                });
        var columns = broken(ordered(levels(connected)));
        int rows = columns.stream().mapToInt(List::size).max().orElse(0);
        var spots = new HashMap<String, Spot>();
        for (int at = 0; at < columns.size(); at++) {
            var column = columns.get(at);
            double top = (rows - column.size()) / 2.0;
            for (int i = 0; i < column.size(); i++) {
                spots.put(column.get(i), new Spot(at, top + i));
            }
        }
        var alone = names.stream().filter(name -> !connected.contains(name)).toList();
        int width = Math.max(ALONE_IN_A_ROW, columns.size());
        for (int i = 0; i < alone.size(); i++) {
            spots.put(alone.get(i), new Spot(i % width, rows + i / width));
        }
        return spots;
    }

    private List<List<String>> levels(Set<String> connected) {
        var forward = forward();
        connected.forEach(name -> level.put(name, 0));
        boolean isMoving = true;
        while (isMoving) { // ends, since what is left of the arrows has no cycle
            isMoving = false;
            for (Arrow arrow : forward) {
                int least = level(arrow.from()) + 1;
                if (level(arrow.to()) < least) {
                    level.put(arrow.to(), least);
                    isMoving = true;
                }
            }
        }
        var columns = new TreeMap<Integer, List<String>>();
        names.stream()
                .filter(connected::contains)
                .forEach(
                        name ->
                                columns.computeIfAbsent(level(name), _ -> new ArrayList<>())
                                        .add(name));
        return new ArrayList<>(columns.values());
    }

    private int level(String name) {
        return level.getOrDefault(name, 0);
    }

    /// The arrows without those that close a cycle.
    private List<Arrow> forward() {
        var kept = new ArrayList<Arrow>();
        var done = new HashSet<String>();
        names.forEach(name -> walk(name, new HashSet<>(), done, kept));
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

    private List<List<String>> ordered(List<List<String>> columns) {
        var position = new HashMap<String, Double>();
        columns.forEach(column -> number(column, position));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (List<String> column : sweep % 2 == 0 ? columns : columns.reversed()) {
                var wishes = new HashMap<String, Double>();
                column.forEach(name -> wishes.put(name, middle(name, position)));
                column.sort(
                        (a, b) ->
                                Double.compare(
                                        wishes.getOrDefault(a, 0.0), wishes.getOrDefault(b, 0.0)));
                number(column, position);
            }
        }
        return columns;
    }

    /// From -1 to 1, so that short and long columns lie beside each other.
    private static void number(List<String> column, Map<String, Double> position) {
        for (int i = 0; i < column.size(); i++) {
            position.put(column.get(i), (2.0 * i + 1) / column.size() - 1);
        }
    }

    private double middle(String name, Map<String, Double> position) {
        return arrows.stream()
                .filter(arrow -> arrow.from().equals(name) || arrow.to().equals(name))
                .map(arrow -> arrow.from().equals(name) ? arrow.to() : arrow.from())
                .mapToDouble(other -> position.getOrDefault(other, 0.0))
                .average()
                .orElse(0);
    }

    private static List<List<String>> broken(List<List<String>> columns) {
        var all = new ArrayList<List<String>>();
        for (List<String> column : columns) {
            int parts = (column.size() + ROWS_MAX - 1) / ROWS_MAX;
            int each = (column.size() + parts - 1) / parts;
            for (int from = 0; from < column.size(); from += each) {
                all.add(column.subList(from, Math.min(from + each, column.size())));
            }
        }
        return all;
    }
}
