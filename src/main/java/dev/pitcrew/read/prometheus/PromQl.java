package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.infra.Query.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An expression of Prometheus's query language.
sealed interface PromQl {
    /// Where it begins in its text, from 0.
    int at();

    /// @param value may be infinite or no number
    record Num(int at, double value) implements PromQl {}

    record Text(int at, String value) implements PromQl {}

    /// @param metric empty when only matchers are given
    /// @param range empty for an instant
    record Series(
            int at, String metric, List<Matcher> matchers, Optional<Range> range, boolean isShifted)
            implements PromQl {
        public Series {
            matchers = List.copyOf(matchers);
        }
    }

    /// @param at where the duration stands
    record Range(int at, Duration length) {}

    record Subquery(int at, PromQl of, Range range) implements PromQl {}

    record Call(int at, String function, List<PromQl> arguments) implements PromQl {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// @param isBy whether only the labels are kept, rather than all others
    /// @param labels empty as well when no clause is given, which keeps none
    record Aggregation(
            int at, String operator, boolean isBy, List<String> labels, List<PromQl> arguments)
            implements PromQl {
        public Aggregation {
            labels = List.copyOf(labels);
            arguments = List.copyOf(arguments);
        }
    }

    /// @param at where the left side begins
    /// @param operatorAt where the operator stands
    record Binary(
            int at, int operatorAt, String operator, boolean isBool, PromQl left, PromQl right)
            implements PromQl {}

    record Negative(int at, PromQl of) implements PromQl {}
}
