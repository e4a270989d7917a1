package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Query.Matcher;
import dev.pitcrew.read.prometheus.PromQlTokens.Kind;
import dev.pitcrew.read.prometheus.PromQlTokens.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// Reads expressions of Prometheus's query language, as of version 3: precedence, modifiers, subqueries, comments.
///
/// @see <a href="https://prometheus.io/docs/prometheus/latest/querying/basics/">Querying basics</a>
final class PromQlParser {
    private static final int DEPTH_MAX = 100;
    private static final int TOKENS_MAX = 4000;
    private static final Set<String> AGGREGATIONS =
            Set.of(
                    "sum",
                    "avg",
                    "count",
                    "min",
                    "max",
                    "group",
                    "stddev",
                    "stdvar",
                    "topk",
                    "bottomk",
                    "count_values",
                    "quantile",
                    "limitk",
                    "limit_ratio");
    private static final Map<String, Integer> BINDS =
            Map.ofEntries(
                    Map.entry("or", 1),
                    Map.entry("and", 2),
                    Map.entry("unless", 2),
                    Map.entry("==", 3),
                    Map.entry("!=", 3),
                    Map.entry(">", 3),
                    Map.entry("<", 3),
                    Map.entry(">=", 3),
                    Map.entry("<=", 3),
                    Map.entry("+", 4),
                    Map.entry("-", 4),
                    Map.entry("*", 5),
                    Map.entry("/", 5),
                    Map.entry("%", 5),
                    Map.entry("atan2", 5),
                    Map.entry("^", 6));
    private static final int POWER = 6;

    private final List<Token> tokens;
    private final IntFunction<Place> places;
    private int next;
    private int depth;

    private PromQlParser(List<Token> tokens, IntFunction<Place> places) {
        this.tokens = tokens;
        this.places = places;
    }

    /// Something in an expression that can't be read.
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int at;

        Unreadable(int at, String message) {
            super(message, null, false, false);
            this.at = at;
        }

        int at() {
            return at;
        }
    }

    /// @param places the place of each character of the text
    /// @throws Unreadable with where and why
    static PromQl parse(String text, IntFunction<Place> places) {
        var tokens = PromQlTokens.of(text);
        if (tokens.size() > TOKENS_MAX) {
            throw new Unreadable(0, "it has more than " + TOKENS_MAX + " words");
        }
        var parser = new PromQlParser(tokens, places);
        PromQl whole = parser.expression(1);
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected();
        }
        return whole;
    }

    private PromQl expression(int least) {
        if (++depth > DEPTH_MAX) {
            throw new Unreadable(peek().at(), "it is nested more than " + DEPTH_MAX + " deep");
        }
        PromQl left = unary();
        while (true) {
            Token operator = peek();
            Integer binds =
                    operator.kind() == Kind.OPERATOR || operator.kind() == Kind.NAME
                            ? BINDS.get(operator.text().toLowerCase(Locale.ROOT))
                            : null;
            if (binds == null || binds < least) {
                depth--;
                return left;
            }
            take();
            boolean isBool = takeWord("bool");
            matching();
            PromQl right = expression(binds == POWER ? binds : binds + 1);
            left =
                    new PromQl.Binary(
                            left.at(),
                            operator.at(),
                            operator.text().toLowerCase(Locale.ROOT),
                            isBool,
                            left,
                            right);
        }
    }

    private void matching() {
        if (takeWord("on") || takeWord("ignoring")) {
            labels();
            if (takeWord("group_left") || takeWord("group_right")) {
                if (peek().text().equals("(")) {
                    labels();
                }
            }
        }
    }

    private PromQl unary() {
        Token sign = peek();
        if (isOperator("-") || isOperator("+")) {
            take();
            PromQl of = expression(POWER);
            return sign.text().equals("-") ? new PromQl.Negative(sign.at(), of) : of;
        }
        return suffixed(atom());
    }

    private PromQl suffixed(PromQl of) {
        PromQl result = of;
        while (true) {
            if (isOperator("[")) {
                result = range(result);
            } else if (peek().kind() == Kind.NAME && peek().text().equalsIgnoreCase("offset")) {
                take();
                if (isOperator("-") || isOperator("+")) {
                    take();
                }
                Token length = take();
                if (length.kind() != Kind.DURATION && length.kind() != Kind.NUMBER) {
                    throw new Unreadable(length.at(), "a duration is expected after offset");
                }
                result = shifted(result);
            } else if (isOperator("@")) {
                take();
                if (peek().kind() == Kind.NAME) {
                    take();
                    expect("(");
                    expect(")");
                } else {
                    unary();
                }
                result = shifted(result);
            } else {
                return result;
            }
        }
    }

    private static PromQl shifted(PromQl of) {
        return of instanceof PromQl.Series one
                ? new PromQl.Series(one.at(), one.metric(), one.matchers(), one.range(), true)
                : of;
    }

    private PromQl range(PromQl of) {
        expect("[");
        Token length = take();
        if (length.kind() != Kind.DURATION && length.kind() != Kind.NUMBER) {
            throw new Unreadable(length.at(), "a duration such as 5m is expected here");
        }
        Duration span =
                duration(length)
                        .orElseThrow(
                                () ->
                                        new Unreadable(
                                                length.at(),
                                                "'" + length.text() + "' is not a duration"));
        var range = new PromQl.Range(length.at(), span);
        if (isOperator(":")) {
            take();
            if (!isOperator("]")) {
                take();
            }
            expect("]");
            return new PromQl.Subquery(of.at(), of, range);
        }
        expect("]");
        if (!(of instanceof PromQl.Series one) || one.range().isPresent()) {
            throw new Unreadable(length.at(), "only series can have a range here");
        }
        return new PromQl.Series(
                one.at(), one.metric(), one.matchers(), Optional.of(range), one.isShifted());
    }

    private static Optional<Duration> duration(Token token) {
        if (token.kind() == Kind.DURATION) {
            return Durations.parse(token.text());
        }
        try { // a bare number counts seconds
            double seconds = Double.parseDouble(token.text().replace("_", ""));
            return seconds >= 0 && seconds < 1e9
                    ? Optional.of(Duration.ofMillis((long) (seconds * 1000)))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private PromQl atom() {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> new PromQl.Num(token.at(), number(token));
            case DURATION ->
                    new PromQl.Num(
                            token.at(),
                            duration(token)
                                    .map(span -> span.toMillis() / 1000.0)
                                    .orElseThrow(
                                            () -> new Unreadable(token.at(), "not a duration")));
            case TEXT -> new PromQl.Text(token.at(), token.text());
            case NAME -> named(token);
            case OPERATOR ->
                    switch (token.text()) {
                        case "(" -> {
                            PromQl inside = expression(1);
                            expect(")");
                            yield inside;
                        }
                        case "{" -> {
                            next--;
                            yield series(token.at(), "");
                        }
                        default -> {
                            next--;
                            throw unexpected();
                        }
                    };
            case END -> throw new Unreadable(token.at(), "it ends too early");
        };
    }

    private static double number(Token token) {
        String text = token.text().replace("_", "");
        try {
            return text.startsWith("0x") || text.startsWith("0X")
                    ? Long.parseLong(text.substring(2), 16)
                    : Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw new Unreadable(token.at(), "'" + token.text() + "' is not a number");
        }
    }

    private PromQl named(Token name) {
        String word = name.text().toLowerCase(Locale.ROOT);
        if (AGGREGATIONS.contains(word) && (isOperator("(") || isGrouping())) {
            return aggregation(name, word);
        }
        if (isOperator("(")) {
            return new PromQl.Call(name.at(), name.text(), arguments());
        }
        if (word.equals("inf") || word.equals("nan")) {
            return new PromQl.Num(
                    name.at(), word.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
        }
        return series(name.at(), name.text());
    }

    private boolean isGrouping() {
        return peek().kind() == Kind.NAME
                && (peek().text().equalsIgnoreCase("by")
                        || peek().text().equalsIgnoreCase("without"));
    }

    private PromQl aggregation(Token name, String operator) {
        boolean isBy = true;
        List<String> labels = List.of();
        if (isGrouping()) {
            isBy = take().text().equalsIgnoreCase("by");
            labels = labels();
        }
        List<PromQl> arguments = arguments();
        if (isGrouping()) {
            isBy = take().text().equalsIgnoreCase("by");
            labels = labels();
        }
        return new PromQl.Aggregation(name.at(), operator, isBy, labels, arguments);
    }

    private List<PromQl> arguments() {
        expect("(");
        var arguments = new ArrayList<PromQl>();
        while (!isOperator(")")) {
            arguments.add(expression(1));
            if (!isOperator(")")) {
                expect(",");
            }
        }
        expect(")");
        return arguments;
    }

    private List<String> labels() {
        expect("(");
        var labels = new ArrayList<String>();
        while (!isOperator(")")) {
            Token label = take();
            if (label.kind() != Kind.NAME && label.kind() != Kind.TEXT) {
                throw new Unreadable(label.at(), "the name of a label is expected here");
            }
            labels.add(label.text());
            if (!isOperator(")")) {
                expect(",");
            }
        }
        expect(")");
        return labels;
    }

    private PromQl series(int at, String name) {
        String metric = name;
        var matchers = new ArrayList<Matcher>();
        if (isOperator("{")) {
            take();
            while (!isOperator("}")) {
                Token label = take();
                if (label.kind() == Kind.TEXT && (isOperator(",") || isOperator("}"))) {
                    metric = label.text();
                } else if (label.kind() == Kind.NAME || label.kind() == Kind.TEXT) {
                    matchers.add(matcher(label));
                } else {
                    throw new Unreadable(label.at(), "the name of a label is expected here");
                }
                if (!isOperator("}")) {
                    expect(",");
                }
            }
            expect("}");
        }
        for (Matcher matcher : matchers) {
            if (matcher.label().equals("__name__") && matcher.operator().equals("=")) {
                metric = matcher.value();
            }
        }
        return new PromQl.Series(at, metric, matchers, Optional.empty(), false);
    }

    private Matcher matcher(Token label) {
        Token operator = take();
        if (!Set.of("=", "!=", "=~", "!~").contains(operator.text())
                || operator.kind() != Kind.OPERATOR) {
            throw new Unreadable(operator.at(), "one of = != =~ !~ is expected here");
        }
        Token value = take();
        if (value.kind() != Kind.TEXT) {
            throw new Unreadable(value.at(), "a text in quotes is expected here");
        }
        return new Matcher(places.apply(label.at()), label.text(), operator.text(), value.text());
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private boolean takeWord(String word) {
        if (peek().kind() == Kind.NAME && peek().text().equalsIgnoreCase(word)) {
            next++;
            return true;
        }
        return false;
    }

    private boolean isOperator(String text) {
        return peek().kind() == Kind.OPERATOR && peek().text().equals(text);
    }

    private void expect(String operator) {
        if (!isOperator(operator)) {
            throw peek().kind() == Kind.END
                    ? new Unreadable(peek().at(), "it ends where '" + operator + "' is expected")
                    : new Unreadable(
                            peek().at(),
                            "'" + operator + "' is expected before '" + peek().text() + "'");
        }
        next++;
    }

    private Unreadable unexpected() {
        return peek().kind() == Kind.END
                ? new Unreadable(peek().at(), "it ends too early")
                : new Unreadable(peek().at(), "'" + peek().text() + "' is not expected here");
    }
}
