package dev.pitcrew.judge.input;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an instance's `/metrics` said once, in Prometheus text.
///
/// @param values by series; NaN is left out, since it says nothing
public record Scrape(Map<Series, Double> values) {
    private static final int PROBLEMS_MAX = 20;
    private static final Pattern LINE =
            Pattern.compile(
                    "([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{.*})?\\s+(\\S+)(?:\\s+(-?\\d+(?:\\.\\d+)?))?(?:\\s*#.*)?");
    private static final Pattern LABEL =
            Pattern.compile(
                    "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:,|$)");

    /// @param name of the metric
    /// @param labels by name
    public record Series(String name, Map<String, String> labels) {
        public Series {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        }

        /// Whether the other has this name and at least these labels.
        boolean matches(Series other) {
            return name.equals(other.name)
                    && other.labels.entrySet().containsAll(labels.entrySet());
        }

        /// The same without a label.
        Series without(String label) {
            var fewer = new TreeMap<>(labels);
            fewer.remove(label);
            return new Series(name, fewer);
        }
    }

    public Scrape {
        values = Map.copyOf(values);
    }

    /// Reads one scrape.
    ///
    /// @param name of the file, for what is wrong
    public static Read<Scrape> read(String name, String text) {
        var values = new HashMap<Series, Double>();
        var problems = new ArrayList<Problem>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size() && problems.size() < PROBLEMS_MAX; i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var found = LINE.matcher(line);
            var number = found.matches() ? Table.number(found.group(3)) : OptionalDouble.empty();
            var labels = found.matches() ? labels(found.group(2)) : Map.<String, String>of();
            if (number.isEmpty() || labels.containsKey("")) {
                problems.add(
                        new Problem(
                                new Place(name, i + 1, 1),
                                "'"
                                        + line
                                        + "' is no Prometheus text; write what /metrics answers into the file"));
            } else if (!Double.isNaN(number.getAsDouble())
                    && values.put(new Series(found.group(1), labels), number.getAsDouble())
                            != null) {
                problems.add(
                        new Problem(
                                new Place(name, i + 1, 1),
                                "'"
                                        + line
                                        + "' is there twice; write one scrape of one instance into a file"));
            }
        }
        return problems.isEmpty() ? new Read.Good<>(new Scrape(values)) : new Read.Bad<>(problems);
    }

    /// The series that `name` or `name{label="value"}` names.
    ///
    /// @return it; an empty label name in it when it can't be understood
    static Series selector(String text) {
        int brace = text.indexOf('{');
        return brace < 0
                ? new Series(text.strip(), Map.of())
                : new Series(
                        text.substring(0, brace).strip(), labels(text.substring(brace).strip()));
    }

    private static Map<String, String> labels(@Nullable String braced) {
        if (braced == null) {
            return Map.of();
        }
        String inside = braced.substring(1, Math.max(1, braced.length() - 1)).strip();
        var labels = new TreeMap<String, String>();
        Matcher one = LABEL.matcher(inside);
        int at = 0;
        while (at < inside.length()) {
            if (!one.find(at) || one.start() != at) {
                return Map.of("", ""); // no label is called so: it can't be understood
            }
            labels.put(one.group(1), one.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
            at = one.end();
        }
        return labels;
    }

    /// Whether something is said of such a series, or of a histogram of that name.
    boolean has(Series wanted) {
        var buckets = new Series(wanted.name() + "_bucket", wanted.labels());
        return values.keySet().stream()
                .anyMatch(one -> wanted.matches(one) || buckets.matches(one));
    }
}
