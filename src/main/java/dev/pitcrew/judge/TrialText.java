package dev.pitcrew.judge;

import dev.pitcrew.judge.Evidence.Counted;
import dev.pitcrew.judge.Evidence.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A [Trial] as text, one line a thing, always the same for the same trial: what is stored with a rollout and read again
/// after a restart. Numbers are written so that they are read as they were.
public final class TrialText {
    private static final String HEAD = "trial 1";

    private TrialText() {}

    /// The canonical text, each line with its end.
    public static String write(Trial trial) {
        var lines = new ArrayList<String>();
        lines.add(HEAD);
        lines.add("looks\t" + trial.looks());
        trial.split()
                .ifPresent(
                        one ->
                                lines.add(
                                        row(
                                                "split",
                                                one.canaryShare(),
                                                one.baseline(),
                                                one.canary())));
        trial.guards()
                .values()
                .forEach(one -> lines.add(row("guard", one.name(), one.seen(), one.allowed())));
        trial.peaks().forEach((name, peak) -> lines.add(row("peak", name, peak)));
        trial.evidence().forEach((name, one) -> lines.add(line(name, one)));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String line(String name, Evidence evidence) {
        return switch (evidence) {
            case Counted(var counts, var baseline, var canary, var burst, var missing) ->
                    row("counted", name, baseline, canary, burst, missing, counts(counts));
            case Measured(var baseline, var canary, var signs, var missing, var thinned) ->
                    row(
                            "measured",
                            name,
                            missing,
                            thinned,
                            signs.halfWins(),
                            signs.pairs(),
                            values(baseline),
                            values(canary));
        };
    }

    private static String row(Object... cells) {
        for (Object one : cells) {
            if (one instanceof String text && (text.contains("\t") || text.contains("\n"))) {
                throw new IllegalArgumentException("a name has no tab and no line end: " + text);
            }
        }
        return Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining("\t"));
    }

    private static String counts(Counts counts) {
        return counts.phases().entrySet().stream()
                .map(
                        one ->
                                one.getKey()
                                        + ":"
                                        + one.getValue().canary()
                                        + ":"
                                        + one.getValue().baseline())
                .collect(Collectors.joining(" "));
    }

    private static String values(Values values) {
        return values.buckets().stream()
                .map(one -> one.low() + ":" + one.high() + ":" + one.count())
                .collect(Collectors.joining(" "));
    }

    /// The trial that was written.
    ///
    /// @throws IllegalArgumentException when it is no such text; the message names the line
    public static Trial read(String text) {
        var lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            throw new IllegalArgumentException("a trial's text begins with '" + HEAD + "'");
        }
        var evidence = new TreeMap<String, Evidence>();
        var peaks = new TreeMap<String, Double>();
        var guards = new TreeMap<String, Guard>();
        Optional<Split> split = Optional.empty();
        long looks = 0;
        for (int i = 1; i < lines.size(); i++) {
            var cells = List.of(lines.get(i).split("\t", -1));
            try {
                switch (cells.getFirst()) {
                    case "looks" -> looks = Long.parseLong(cells.get(1));
                    case "split" ->
                            split =
                                    Optional.of(
                                            new Split(
                                                    number(cells, 1),
                                                    number(cells, 2),
                                                    number(cells, 3)));
                    case "guard" ->
                            guards.put(
                                    cells.get(1),
                                    new Guard(cells.get(1), number(cells, 2), number(cells, 3)));
                    case "peak" -> peaks.put(cells.get(1), number(cells, 2));
                    case "counted" -> evidence.put(cells.get(1), counted(cells));
                    case "measured" -> evidence.put(cells.get(1), measured(cells));
                    default -> throw new IllegalArgumentException("no such thing");
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " of a trial's text is damaged: " + lines.get(i), e);
            }
        }
        return new Trial(evidence, peaks, guards, split, looks);
    }

    private static Counted counted(List<String> cells) {
        var counts = Counts.NONE;
        for (var one : triples(cells.get(6))) {
            counts = counts.and(number(one, 0), number(one, 1), number(one, 2));
        }
        return new Counted(
                counts,
                number(cells, 2),
                number(cells, 3),
                number(cells, 4),
                Long.parseLong(cells.get(5)));
    }

    private static Measured measured(List<String> cells) {
        return new Measured(
                values(cells.get(6)),
                values(cells.get(7)),
                new SignCount(Long.parseLong(cells.get(4)), Long.parseLong(cells.get(5))),
                Long.parseLong(cells.get(2)),
                Long.parseLong(cells.get(3)));
    }

    private static Values values(String cell) {
        return new Values(
                triples(cell).stream()
                        .map(
                                one ->
                                        new Values.Bucket(
                                                number(one, 0),
                                                number(one, 1),
                                                Long.parseLong(one.get(2))))
                        .toList());
    }

    private static List<List<String>> triples(String cell) {
        return cell.isEmpty()
                ? List.of()
                : Arrays.stream(cell.split(" ", -1))
                        .map(one -> List.of(one.split(":", -1)))
                        .toList();
    }

    private static double number(List<String> cells, int i) {
        return Double.parseDouble(cells.get(i));
    }
}
