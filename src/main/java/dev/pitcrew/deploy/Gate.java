package dev.pitcrew.deploy;

import dev.pitcrew.model.Observed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A condition on a measurement. All gates are of this one kind, whatever they measure: a market window, a clock, a disk, a command.
///
/// @param name such as `clock`; [Facts#measures] has the measurement under the same name
/// @param sense whether the limit is a ceiling or a floor
/// @param limit in `unit`
/// @param unit such as `ms`, `days`, `orders`
/// @param maxAge a measurement older than this is unknown, and unknown never passes
public record Gate(String name, Sense sense, double limit, String unit, Duration maxAge) {
    /// Which side of the limit passes.
    public enum Sense {
        /// Passes up to the limit.
        AT_MOST,
        /// Passes from the limit on.
        AT_LEAST
    }

    /// What a gate measured.
    ///
    /// @param number in the gate's unit
    /// @param by what measured it, such as `chronyc tracking`
    public record Measure(double number, String by) {}

    /// What a gate said, with its numbers.
    ///
    /// @param gate the gate
    /// @param measured null when unknown
    /// @param at when it was measured; `Instant.MIN` when it never was
    /// @param passed never true for an unknown measurement
    public record Evidence(Gate gate, @Nullable Measure measured, Instant at, boolean passed) {
        /// One sentence a person can read, such as `clock 3 ms (at most 50 ms, by chronyc tracking)`.
        public String sentence() {
            var bound =
                    (gate.sense == Sense.AT_MOST ? "at most " : "at least ")
                            + gate.amount(gate.limit);
            return measured == null
                    ? gate.name + " is unknown (" + bound + ")"
                    : "%s %s (%s, by %s)"
                            .formatted(gate.name, gate.amount(measured.number), bound, measured.by);
        }
    }

    /// Judges a measurement. Unknown means no.
    public Evidence judge(Observed<Measure> observed, Instant now) {
        var known = observed.known(now, maxAge);
        var passed = known.filter(measure -> passes(measure.number)).isPresent();
        return new Evidence(this, known.orElse(null), observed.at(), passed);
    }

    private boolean passes(double number) {
        return sense == Sense.AT_MOST ? number <= limit : number >= limit;
    }

    private String amount(double number) {
        var digits = number == Math.rint(number) ? "%.0f" : "%.2f";
        return (digits.formatted(number) + " " + unit).strip();
    }
}
