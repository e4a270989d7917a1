package dev.pitcrew.app;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What the ledger says, as people read it: sizes and ages in the unit that fits. The ledger's own words stay as they are. Pure.
public final class PlainWords {
    private static final Pattern BYTES = Pattern.compile("\\b([0-9]{4,18}) bytes\\b");
    private static final Pattern PART =
            Pattern.compile("\\b([0-9]+\\.[0-9]+|[0-9](?:\\.[0-9]+)?E-[0-9]+) (hours|days)\\b");
    private static final Pattern STARTED =
            Pattern.compile("\\bStart(?:Active)?\\[instance=([^,\\]]+), version=([^\\]]+)]");
    private static final String[] SIZES = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int SECONDS_AN_HOUR = 3600;
    private static final int SECONDS_A_DAY = 86_400;

    private PlainWords() {}

    /// A sentence, such as of a gate: `78257872896 bytes` becomes `72.9 GiB`, and `0.000676 hours` `2.4 s`.
    public static String sentence(String text) {
        var sizes = replaced(BYTES, text, found -> size(Long.parseLong(found.group(1))));
        var ages =
                replaced(
                        PART,
                        sizes,
                        found ->
                                age(
                                        Double.parseDouble(found.group(1))
                                                * (found.group(2).equals("days")
                                                        ? SECONDS_A_DAY
                                                        : SECONDS_AN_HOUR)));
        return STARTED.matcher(ages).replaceAll("$1 was started as version $2");
    }

    private static String replaced(
            Pattern pattern, String text, Function<MatchResult, String> with) {
        return pattern.matcher(text).replaceAll(with);
    }

    private static String size(long bytes) {
        double left = bytes;
        int unit = -1;
        while (left >= 1024 && unit < SIZES.length - 1) {
            left /= 1024;
            unit++;
        }
        return number(left) + " " + SIZES[unit];
    }

    private static String age(double seconds) {
        if (seconds < 120) {
            return number(seconds) + " s";
        }
        if (seconds < 2 * SECONDS_AN_HOUR) {
            return number(seconds / 60) + " min";
        }
        return seconds < 2 * SECONDS_A_DAY
                ? number(seconds / SECONDS_AN_HOUR) + " hours"
                : number(seconds / SECONDS_A_DAY) + " days";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value)
                .replaceFirst("\\.0$", "");
    }
}
