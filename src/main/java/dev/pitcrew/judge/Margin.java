package dev.pitcrew.judge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// By how much a canary may be worse without doing harm: by the larger of the two.
///
/// @param relative a part of the baseline's; 0.2 allows 1.2 times as much
/// @param absolute of a share alone, in shares: 0.001 allows 0.1 percentage points more; 0 for none
public record Margin(double relative, double absolute) {
    /// Of errors and other shares: a fifth more, or 0.1 percentage points.
    public static final Margin OF_SHARES = new Margin(0.2, 0.001);

    private static final Pattern PART = Pattern.compile("\\+?(\\d+(?:\\.\\d*)?|\\.\\d+)(%|pp)?");

    public Margin {
        if (!(relative >= 0 && relative <= 100 && absolute >= 0 && absolute < 1)) {
            throw new IllegalArgumentException(
                    "a margin is from 0 to 100 times, or from 0 to 1 of a share, got %s and %s"
                            .formatted(relative, absolute));
        }
    }

    /// A relative one alone.
    public static Margin of(double relative) {
        return new Margin(relative, 0);
    }

    /// As people write it: `20%`, `0.2`, `0.1pp`, or two of them with a comma between; empty when it is none of them.
    public static Optional<Margin> parse(String text) {
        double relative = 0;
        double absolute = 0;
        for (String part : text.strip().split(",", 2)) {
            Matcher found = PART.matcher(part.strip());
            if (!found.matches()) {
                return Optional.empty();
            }
            double number = Double.parseDouble(found.group(1));
            if ("pp".equals(found.group(2))) {
                absolute = number / 100;
            } else {
                relative = "%".equals(found.group(2)) ? number / 100 : number;
            }
        }
        return relative <= 100 && absolute < 1
                ? Optional.of(new Margin(relative, absolute))
                : Optional.empty();
    }

    /// So many times the baseline's is allowed.
    double limit() {
        return 1 + relative;
    }

    boolean hasAbsolute() {
        return absolute > 0;
    }

    /// `20 % or 0.1 percentage points`.
    @Override
    public String toString() {
        String more = Numbers.of(relative * 100) + " %";
        String points = Numbers.of(absolute * 100) + " percentage points";
        return !hasAbsolute() ? more : relative == 0 ? points : more + " or " + points;
    }
}
