package dev.pitcrew.deploy;

import dev.pitcrew.model.Fraction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// Numbers as people read them.
public final class Words {
    private Words() {}

    /// Such as `250 ms`, `3 s`, `1.5 s`, `10 min`.
    public static String of(Duration duration) {
        var millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + " min";
        }
        return (millis % 1000 == 0 ? "" + millis / 1000 : "" + millis / 1000.0) + " s";
    }

    /// Such as `3 orders`, `1 order`.
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /// Such as `2.50 %`.
    static String share(long part, long whole) {
        return "%.2f %%".formatted(100.0 * part / whole);
    }

    /// Such as `5 %`, `0.5 %`.
    static String percent(Fraction share) {
        return new BigDecimal(share.value() * 100)
                        .setScale(2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    /// The first eight digits of a digest.
    static String brief(String digest) {
        return digest.length() > 8 ? digest.substring(0, 8) : digest;
    }
}
