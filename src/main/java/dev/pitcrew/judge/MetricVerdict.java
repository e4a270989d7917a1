package dev.pitcrew.judge;

import java.util.List;

/// What is known of one metric, and why.
///
/// @param metric its name, with the quantile where there are several
/// @param verdict what follows
/// @param statistic which test it was
/// @param logE how much speaks for harm beyond the margin; natural logarithm
/// @param limit from where on harm is shown
/// @param ratio how many times as bad the canary looks; not a number without data
/// @param ratioLow it is at least so many times as bad; harm is above the margin
/// @param ratioHigh it is at most so many times as bad; may be infinite
/// @param margin what is allowed
/// @param baseline what went in of it
/// @param canary what went in of it
/// @param notes what was done with the data, and what to doubt
/// @param sentence all of it for a person
public record MetricVerdict(
        String metric,
        Verdict verdict,
        String statistic,
        double logE,
        double limit,
        double ratio,
        double ratioLow,
        double ratioHigh,
        Margin margin,
        Arm baseline,
        Arm canary,
        List<String> notes,
        String sentence) {
    /// What went in of one arm.
    ///
    /// @param events that were counted, or the sample quantile
    /// @param of among so many requests, seconds or values
    public record Arm(double events, double of) {}

    public MetricVerdict {
        notes = List.copyOf(notes);
    }
}
