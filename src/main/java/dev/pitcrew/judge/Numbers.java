package dev.pitcrew.judge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as sentences have them.
final class Numbers {
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final double PLAIN_FROM = 1e-4;
    private static final double PLAIN_BELOW = 9_999.5;

    private Numbers() {}

    /// Whole when it is whole, else with four digits that count.
    static String of(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "no limit" : "minus no limit";
        }
        if (Math.abs(value - Math.rint(value)) < 1e-9 && Math.abs(value) < 1e15) {
            return String.valueOf((long) Math.rint(value));
        }
        double size = Math.abs(value);
        return size >= PLAIN_FROM && size < PLAIN_BELOW // as they mostly are, and made at each look
                ? BigDecimal.valueOf(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /// A share in percent.
    static String percent(double share) {
        return of(share * 100) + " %";
    }
}
