package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Query;
import dev.pitcrew.model.infra.Query.Comparison;
import dev.pitcrew.model.infra.Query.Selector;
import dev.pitcrew.read.prometheus.Panels.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// Takes from an expression what checks ask for.
final class Queries {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", ">", "<", ">=", "<=");
    private static final Set<String> SETS = Set.of("and", "or", "unless");

    private final IntFunction<Place> places;
    private final List<Selector> selectors = new ArrayList<>();
    private final List<Comparison> comparisons = new ArrayList<>();

    private Queries(IntFunction<Place> places) {
        this.places = places;
    }

    /// @param text the expression
    /// @param places the place of each of its characters
    /// @throws PromQlParser.Unreadable with where and why
    static Query of(String text, IntFunction<Place> places) {
        return of(text, places, Optional.empty());
    }

    /// @param threshold compared with the whole of it, where somebody else compares
    static Query of(String text, IntFunction<Place> places, Optional<Threshold> threshold) {
        PromQl read = PromQlParser.parse(text, places);
        PromQl whole =
                threshold
                        .<PromQl>map(
                                one ->
                                        new PromQl.Binary(
                                                read.at(),
                                                read.at(),
                                                one.operator(),
                                                false,
                                                read,
                                                new PromQl.Num(read.at(), one.number())))
                        .orElse(read);
        var queries = new Queries(places);
        queries.walk(whole, List.of());
        return new Query(
                text.strip(),
                places.apply(whole.at()),
                queries.selectors,
                queries.comparisons,
                keeps(whole),
                isAlways(whole));
    }

    private void walk(PromQl node, List<String> within) {
        switch (node) {
            case PromQl.Num _, PromQl.Text _ -> {}
            case PromQl.Series series -> selectors.add(selector(series, within));
            case PromQl.Subquery subquery -> walk(subquery.of(), inside("[:]", within));
            case PromQl.Call call ->
                    call.arguments().forEach(one -> walk(one, inside(call.function(), within)));
            case PromQl.Aggregation aggregation ->
                    aggregation
                            .arguments()
                            .forEach(one -> walk(one, inside(aggregation.operator(), within)));
            case PromQl.Negative negative -> walk(negative.of(), within);
            case PromQl.Binary binary -> {
                if (COMPARISONS.contains(binary.operator())) {
                    comparisons.add(comparison(binary));
                }
                walk(binary.left(), within);
                walk(binary.right(), within);
            }
        }
    }

    private static List<String> inside(String function, List<String> within) {
        var deeper = new ArrayList<String>();
        deeper.add(function);
        deeper.addAll(within);
        return deeper;
    }

    private Selector selector(PromQl.Series series, List<String> within) {
        return new Selector(
                places.apply(series.at()),
                series.metric(),
                series.matchers(),
                series.range()
                        .map(range -> new Located<>(range.length(), places.apply(range.at()))),
                within);
    }

    private Comparison comparison(PromQl.Binary binary) {
        var number = number(binary.right()).or(() -> number(binary.left()));
        PromQl other = number(binary.right()).isPresent() ? binary.left() : binary.right();
        return new Comparison(
                places.apply(binary.operatorAt()),
                binary.operator(),
                number,
                number.isPresent() ? bare(other) : Optional.empty());
    }

    private static Optional<Double> number(PromQl node) {
        return switch (node) {
            case PromQl.Num number -> Optional.of(number.value());
            case PromQl.Negative negative -> number(negative.of()).map(value -> -value);
            case PromQl.Binary binary -> {
                var left = number(binary.left());
                var right = number(binary.right());
                yield left.isPresent() && right.isPresent()
                        ? switch (binary.operator()) {
                            case "*" -> Optional.of(left.get() * right.get());
                            case "/" -> Optional.of(left.get() / right.get());
                            case "+" -> Optional.of(left.get() + right.get());
                            case "-" -> Optional.of(left.get() - right.get());
                            default -> Optional.empty();
                        }
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Optional<Selector> bare(PromQl node) {
        return switch (node) {
            case PromQl.Series series when series.range().isEmpty() ->
                    Optional.of(selector(series, List.of()));
            case PromQl.Aggregation(_, String operator, _, _, List<PromQl> arguments)
                    when arguments.size() == 1
                            && Set.of("sum", "max", "min", "avg").contains(operator) ->
                    bare(arguments.getFirst());
            default -> Optional.empty();
        };
    }

    /// The labels that are left in the end, where an aggregation tells.
    private static Optional<List<String>> keeps(PromQl node) {
        return switch (node) {
            case PromQl.Aggregation(_, String operator, boolean isBy, List<String> labels, _)
                    when isBy
                            && !Set.of("topk", "bottomk", "limitk", "limit_ratio", "count_values")
                                    .contains(operator) ->
                    Optional.of(labels);
            case PromQl.Binary binary
                    when COMPARISONS.contains(binary.operator())
                            && number(binary.right()).isPresent() ->
                    keeps(binary.left());
            case PromQl.Binary binary
                    when number(binary.right()).isPresent() && !SETS.contains(binary.operator()) ->
                    keeps(binary.left());
            case PromQl.Binary binary when binary.operator().equals("and") -> keeps(binary.left());
            default -> Optional.empty();
        };
    }

    private static boolean isAlways(PromQl node) {
        return switch (node) {
            case PromQl.Call call ->
                    call.function().equals("vector")
                            && call.arguments().size() == 1
                            && number(call.arguments().getFirst()).isPresent();
            case PromQl.Num _ -> true;
            case PromQl.Binary binary
                    when COMPARISONS.contains(binary.operator())
                            && isAlways(binary.left())
                            && number(binary.right()).isPresent() ->
                    switch (binary.operator()) {
                        case "==" -> value(binary.left()).equals(number(binary.right()));
                        case ">" -> compare(binary) > 0;
                        case ">=" -> compare(binary) >= 0;
                        case "<" -> compare(binary) < 0;
                        case "<=" -> compare(binary) <= 0;
                        default -> compare(binary) != 0;
                    };
            default -> false;
        };
    }

    private static int compare(PromQl.Binary binary) {
        return Double.compare(value(binary.left()).orElse(0.0), number(binary.right()).orElse(0.0));
    }

    private static Optional<Double> value(PromQl node) {
        return node instanceof PromQl.Call call && !call.arguments().isEmpty()
                ? number(call.arguments().getFirst())
                : number(node);
    }
}
