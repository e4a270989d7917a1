package dev.pitcrew.judge.input;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an instance's `/metrics` said once, in Prometheus text.
///
/// @param values by series; NaN is left out, since it says nothing
public record Scrape(Map<Series, Double> values) {
    /// Nothing said.
    public static final Scrape NONE = new Scrape(Map.of());

    private static final int PROBLEMS_MAX = 20;
    private static final String INSTANCE = "instance";
    private static final String END = "le";
    private static final String BUCKET = "_bucket";
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

        /// The same with a label, in place of one of that name.
        Series with(String label, String value) {
            var more = new TreeMap<>(labels);
            more.put(label, value);
            return new Series(name, more);
        }

        /// The same without a label.
        Series without(String label) {
            var fewer = new TreeMap<>(labels);
            fewer.remove(label);
            return new Series(name, fewer);
        }

        /// As Prometheus writes it.
        @Override
        public String toString() {
            return labels.isEmpty()
                    ? name
                    : labels.entrySet().stream()
                            .map(one -> one.getKey() + "=\"" + escaped(one.getValue()) + "\"")
                            .collect(Collectors.joining(",", name + "{", "}"));
        }

        private static String escaped(String value) {
            return value.replace("\\", "\\\\").replace("\"", "\\\"");
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

    /// Of series as text, such as [#byText] gives.
    public static Scrape of(Map<String, Double> byText) {
        var values = new HashMap<Series, Double>();
        byText.forEach((series, value) -> values.put(selector(series), value));
        return new Scrape(values);
    }

    /// All of it, by the text of its series.
    public SortedMap<String, Double> byText() {
        var text = new TreeMap<String, Double>();
        values.forEach((series, value) -> text.put(series.toString(), value));
        return text;
    }

    /// Of these counters and classic histograms alone, each added up over all labels but its own, and under the name of the instance.
    ///
    /// @param selectors `name` or `name{label="value"}`, of a histogram without the endings `_bucket` and the like
    public Scrape only(Collection<String> selectors, String instance) {
        var sums = new HashMap<Series, Double>();
        for (String text : selectors) {
            var counter = selector(text);
            var histogram = new Series(counter.name() + BUCKET, counter.labels());
            values.forEach(
                    (series, value) -> {
                        if (Double.isFinite(value) && counter.matches(series)) {
                            sums.merge(counter.with(INSTANCE, instance), value, Double::sum);
                        } else if (Double.isFinite(value) && histogram.matches(series)) {
                            var bucket = histogram.with(END, series.labels().getOrDefault(END, ""));
                            sums.merge(bucket.with(INSTANCE, instance), value, Double::sum);
                        }
                    });
        }
        return new Scrape(sums);
    }

    /// By how much all of it has grown since another one; what is smaller than before started again.
    public Scrape since(Scrape before) {
        var grown = new HashMap<Series, Double>();
        values.forEach(
                (series, value) -> {
                    double was = before.values.getOrDefault(series, 0.0);
                    grown.put(series, value < was ? value : value - was);
                });
        return new Scrape(grown);
    }

    /// What one instance said of all that is here.
    public Scrape ofInstance(String instance) {
        var its = new HashMap<Series, Double>();
        values.forEach(
                (series, value) -> {
                    if (instance.equals(series.labels().get(INSTANCE))) {
                        its.put(series, value);
                    }
                });
        return new Scrape(its);
    }

    /// Who said something of all that is here.
    public Set<String> instances() {
        return values.keySet().stream()
                .flatMap(one -> Optional.ofNullable(one.labels().get(INSTANCE)).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Of several instances together, each with its own series.
    public static Scrape together(Collection<Scrape> scrapes) {
        var all = new HashMap<Series, Double>();
        scrapes.forEach(one -> all.putAll(one.values));
        return new Scrape(all);
    }

    /// Whether something is said of such a series, or of a histogram of that name.
    boolean has(Series wanted) {
        var buckets = new Series(wanted.name() + BUCKET, wanted.labels());
        return values.keySet().stream()
                .anyMatch(one -> wanted.matches(one) || buckets.matches(one));
    }
}
