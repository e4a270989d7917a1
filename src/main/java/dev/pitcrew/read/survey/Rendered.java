package dev.pitcrew.read.survey;

import dev.pitcrew.model.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a program made of a template, and from which of its lines each line came, as far as it can be found again.
public final class Rendered {
    private static final int PREFIX_MIN = 3;

    private final String text;
    private final List<Place> begins;
    private final int lost;

    private Rendered(String text, List<Place> begins, int lost) {
        this.text = text;
        this.begins = List.copyOf(begins);
        this.lost = lost;
    }

    /// Looks for each line of the text in the template: the same line, or one that begins like it until something is filled in; after the line that was found before it, else from the top. What isn't
    /// found, or stands there several times with nothing found before it, stands at the template's first line.
    ///
    /// @param file the template's path
    /// @param text may be empty, when the template makes nothing
    public static Rendered of(String file, String template, String text) {
        var lines = template.lines().toList();
        var same = new HashMap<String, List<Integer>>();
        for (int i = 0; i < lines.size(); i++) {
            same.computeIfAbsent(lines.get(i).strip(), _ -> new ArrayList<>()).add(i);
        }
        var begins = new ArrayList<Place>();
        int lost = 0;
        int cursor = -1;
        for (String line : text.split("\n", -1)) {
            int at = line.isBlank() ? -1 : find(line.strip(), lines, same, cursor);
            if (at >= 0) {
                cursor = at;
                String found = lines.get(at);
                begins.add(
                        new Place(
                                file, at + 1, found.length() - found.stripLeading().length() + 1));
            } else {
                lost += line.isBlank() || line.startsWith("---") ? 0 : 1;
                begins.add(new Place(file, 1, 1));
            }
        }
        return new Rendered(text, begins, lost);
    }

    private static int find(
            String line, List<String> lines, Map<String, List<Integer>> same, int cursor) {
        var exact = same.getOrDefault(line, List.of());
        for (int at : exact) {
            if (at > cursor) {
                return at;
            }
        }
        for (int i = cursor + 1; i < lines.size(); i++) {
            if (isFilledIn(lines.get(i).strip(), line)) {
                return i;
            }
        }
        for (int i = 0; i <= cursor && i < lines.size(); i++) {
            if (isFilledIn(lines.get(i).strip(), line)) {
                return i; // a loop begins again
            }
        }
        return exact.size() == 1 ? exact.getFirst() : -1;
    }

    private static boolean isFilledIn(String template, String line) {
        int at = template.indexOf("{{");
        return at >= PREFIX_MIN && line.startsWith(template.substring(0, at).stripTrailing());
    }

    /// YAML, several documents perhaps.
    public String text() {
        return text;
    }

    /// How many lines were not found again.
    public int lost() {
        return lost;
    }

    /// Where in the template something of the text comes from: the beginning of that line.
    ///
    /// @param at in the text
    public Place place(Place at) {
        return begins.get(Math.clamp(at.line() - 1L, 0, begins.size() - 1));
    }
}
