package dev.pitcrew.deploy;

import dev.pitcrew.model.Observed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A condition on a measurement. All gates are of this one kind, whatever they measure: a market window, a clock, a disk, a command.
///
/// @param name such as `clock`; [Facts#measures] has the measurement under the same name
/// @param sense whether the limit is a ceiling or a floor
/// @param limit in `unit`
/// @param unit such as `ms`, `days`, `orders`
/// @param maxAge a measurement older than this is unknown, and unknown never passes
public record Gate(String name, Sense sense, double limit, String unit, Duration maxAge) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ssX", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final MathContext THREE_DIGITS = new MathContext(3);

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
    /// @param detail what the number is made of, such as the difference of each instrument; may be empty
    public record Measure(double number, String by, String detail) {
        /// A number that needs no explanation.
        public Measure(double number, String by) {
            this(number, by, "");
        }
    }

    /// What a gate said, with its numbers.
    ///
    /// @param gate the gate
    /// @param measured null when unknown
    /// @param at when it was measured; `Instant.MIN` when it never was
    /// @param passed never true for an unknown measurement
    public record Evidence(Gate gate, @Nullable Measure measured, Instant at, boolean passed) {
        /// One sentence a person can read, such as `clock 3 ms (at most 50 ms, by chronyc tracking, 12:00:01Z)`.
        public String sentence() {
            if (at.equals(Instant.MIN)) {
                return text(", never measured");
            }
            var time = TIME.format(at);
            return text(measured == null ? ", last measured " + time : ", " + time);
        }

        /// The same without the time, for a line that is drawn again and again while somebody waits.
        public String brief() {
            return text("");
        }

        private String text(String when) {
            var bound =
                    (gate.sense == Sense.AT_MOST ? "at most " : "at least ")
                            + gate.amount(gate.limit);
            return measured == null
                    ? "%s is unknown (%s%s)".formatted(gate.name, bound, when)
                    : "%s %s (%s, by %s%s)%s"
                            .formatted(
                                    gate.name,
                                    gate.amount(measured.number),
                                    bound,
                                    measured.by,
                                    when,
                                    measured.detail.isEmpty() ? "" : ": " + measured.detail);
        }
    }

    /// Judges a measurement. Unknown means no.
    public Evidence judge(Observed<Measure> observed, Instant now) {
        var known = observed.known(now, maxAge);
        var passed = known.filter(measure -> passes(measure.number)).isPresent();
        return new Evidence(this, known.orElse(null), observed.at(), passed);
    }

    /// All of it in one line; what to say where there are no gates is the caller's.
    static String sentences(List<Evidence> evidence) {
        return evidence.stream().map(Evidence::sentence).collect(Collectors.joining("; "));
    }

    private boolean passes(double number) {
        return sense == Sense.AT_MOST ? number <= limit : number >= limit;
    }

    private String amount(double number) {
        var digits =
                number == Math.rint(number)
                        ? "%.0f".formatted(number)
                        : BigDecimal.valueOf(number).round(THREE_DIGITS).toPlainString();
        return (digits + " " + unit).strip();
    }
}
