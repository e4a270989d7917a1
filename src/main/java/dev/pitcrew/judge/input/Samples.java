package dev.pitcrew.judge.input;

import dev.pitcrew.judge.Evidence.Measured;
import dev.pitcrew.judge.SignCount;
import dev.pitcrew.judge.Values;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/// Latencies of one arm, in the order in which they came.
///
/// @param looks some hundred values each, or one interval of an HdrHistogram log
/// @param missing values that were none: NaN, infinite
/// @param thinned how many were left out, because they came too soon after another one or are of an order that is in already
public record Samples(List<Values> looks, long missing, long thinned) {
    private static final int LOOK = 100;
    private static final long PAIRS_MAX = 1_000_000;
    private static final String[] VALUE = {
        "value", "latency", "duration", "seconds", "millis", "micros", "nanos"
    };
    private static final String[] KEY = {
        "key", "order", "order_id", "orderid", "session", "client"
    };
    private static final String[] TIME = {"time", "timestamp", "at"};

    public Samples {
        looks = List.copyOf(looks);
    }

    /// Reads one value a line; CSV with a header that names the column `value`, and maybe `time` and `key`; or an HdrHistogram log.
    ///
    /// @param name of the file, for what is wrong
    /// @param thinning after a value the next ones are left out for so long, where there are times; zero for none
    public static Read<Samples> read(String name, byte[] content, Duration thinning) {
        var text = new String(content, StandardCharsets.UTF_8);
        return isLog(text) ? log(name, content) : table(name, text, thinning);
    }

    private static boolean isLog(String text) {
        return text.startsWith("#[")
                || text.startsWith("\"StartTimestamp\"")
                || text.lines()
                        .limit(8)
                        .anyMatch(line -> line.contains("StartTimestamp") || line.contains("HIST"));
    }

    private static Read<Samples> log(String name, byte[] content) {
        var looks = new ArrayList<Values>();
        int interval = 0;
        try (var reader = new HistogramLogReader(new ByteArrayInputStream(content))) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                interval++;
                if (next instanceof Histogram histogram) {
                    looks.add(values(histogram));
                } else {
                    return bad(
                            name,
                            1,
                            "interval "
                                    + interval
                                    + " is a histogram of doubles; write one of whole numbers, such as nanoseconds");
                }
            }
        } catch (RuntimeException e) {
            return bad(
                    name,
                    1,
                    "interval "
                            + (interval + 1)
                            + " of the HdrHistogram log can't be read ("
                            + e.getMessage()
                            + "); write the log anew, or cut it before that");
        }
        return new Read.Good<>(new Samples(looks, 0, 0));
    }

    private static Values values(Histogram histogram) {
        var buckets = new ArrayList<Values.Bucket>();
        for (var one : histogram.recordedValues()) {
            long value = one.getValueIteratedTo();
            buckets.add(
                    new Values.Bucket(
                            (double) histogram.lowestEquivalentValue(value),
                            (double) histogram.highestEquivalentValue(value),
                            one.getCountAddedInThisIterationStep()));
        }
        return Values.of(buckets);
    }

    private static Read<Samples> table(String name, String text, Duration thinning) {
        var table = new Table(name, text);
        int value = 0;
        if (table.hasHeader()) {
            var found = table.column(VALUE);
            if (found.isEmpty()) {
                return bad(name, 1, "has no column with the values; name it 'value'");
            }
            value = found.get();
        }
        var key = table.column(KEY);
        var time = table.column(TIME);
        if (!thinning.isZero() && time.isEmpty()) {
            return bad(
                    name,
                    1,
                    "has no column 'time', so it can't be thinned by time; add one, or leave --thin out");
        }
        var keys = new HashSet<String>();
        var looks = new ArrayList<Values>();
        var look = new ArrayList<Double>();
        double next = Double.NEGATIVE_INFINITY;
        long missing = 0;
        long thinned = 0;
        for (var line : table.lines()) {
            var cell = table.cell(line, value);
            var number = cell.map(Table::number).orElse(OptionalDouble.empty());
            if (cell.isPresent() && number.isEmpty()) {
                table.problem(
                        line.number(), "'" + cell.get() + "' is no number; write one value a line");
            }
            if (number.isEmpty()) {
                continue;
            }
            if (number.getAsDouble() < 0) {
                table.problem(
                        line.number(),
                        cell.orElse("")
                                + " is below zero, which no latency is; look at the clocks");
                continue;
            }
            if (!Double.isFinite(number.getAsDouble())) {
                missing++;
                continue;
            }
            if (key.isPresent() && !keys.add(table.cell(line, key.get()).orElse(""))) {
                thinned++;
                continue;
            }
            if (!thinning.isZero()) {
                var at = Table.time(table.cell(line, time.orElse(0)).orElse(""));
                if (at.isEmpty()) {
                    table.problem(
                            line.number(),
                            "has no time; write seconds, or an instant such as 2026-01-05T09:30:00Z");
                    continue;
                }
                if (at.getAsDouble() < next) {
                    thinned++;
                    continue;
                }
                next = at.getAsDouble() + thinning.toNanos() / 1e9;
            }
            look.add(number.getAsDouble());
            if (look.size() == LOOK) {
                looks.add(values(look));
                look.clear();
            }
        }
        if (!look.isEmpty()) {
            looks.add(values(look));
        }
        return table.problems().isEmpty()
                ? new Read.Good<>(new Samples(looks, missing, thinned))
                : new Read.Bad<>(table.problems());
    }

    private static Values values(List<Double> look) {
        return Values.of(look.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Read<Samples> bad(String name, int line, String message) {
        return new Read.Bad<>(List.of(new Problem(new Place(name, line, 1), message)));
    }

    /// All values, whatever the order.
    public Values all() {
        return merged(looks);
    }

    private static Values merged(List<Values> parts) {
        if (parts.size() < 2) {
            return parts.isEmpty() ? Values.NONE : parts.getFirst();
        }
        int half = parts.size() / 2;
        return merged(parts.subList(0, half)).and(merged(parts.subList(half, parts.size())));
    }

    /// Of both arms, what the judge takes: look against look for the pairs, and all values for the quantiles.
    ///
    /// @param limit 1 + the margin of the sign test
    public static Measured compared(Samples baseline, Samples canary, double limit) {
        var signs = SignCount.NONE;
        for (int i = 0; i < Math.min(baseline.looks.size(), canary.looks.size()); i++) {
            var theirs = baseline.looks.get(i);
            var ours = canary.looks.get(i);
            if (Math.max(theirs.size(), ours.size()) <= PAIRS_MAX) {
                signs = signs.and(theirs, ours, limit, i);
            }
        }
        return new Measured(
                baseline.all(),
                canary.all(),
                signs,
                baseline.missing + canary.missing,
                baseline.thinned + canary.thinned);
    }
}
