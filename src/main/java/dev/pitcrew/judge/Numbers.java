package dev.pitcrew.judge;

import java.util.Locale;

/// Numbers as sentences have them.
final class Numbers {
    private Numbers() {}

    /// Whole when it is whole, else with four digits that count.
    static String of(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "no limit" : "minus no limit";
        }
        if (Math.abs(value - Math.rint(value)) < 1e-9 && Math.abs(value) < 1e15) {
            return String.valueOf((long) Math.rint(value));
        }
        String text = String.format(Locale.ROOT, "%.4g", value);
        return text.contains("e") ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /// A share in percent.
    static String percent(double share) {
        return of(share * 100) + " %";
    }
}
