package dev.pitcrew.read;

import dev.pitcrew.model.Approval;
import dev.pitcrew.model.ByteSize;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.OnInconclusive;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/// Turns checked text into values.
final class Scalars {
    private Scalars() {}

    static Duration duration(String text) {
        int unit = digits(text);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("not a duration: " + text);
        };
    }

    static ByteSize size(String text) {
        int unit = digits(text);
        int shift =
                switch (text.substring(unit)) {
                    case "B" -> 0;
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    default -> throw new IllegalArgumentException("not a size: " + text);
                };
        return new ByteSize(Long.parseLong(text.substring(0, unit)) << shift);
    }

    static Fraction share(String text) {
        var percent = new BigDecimal(text.substring(0, text.length() - 1));
        return new Fraction(percent.movePointLeft(2).doubleValue());
    }

    static Approval approval(String text) {
        return switch (text) {
            case "two-people" -> new Approval.TwoPeople();
            case "none" -> new Approval.None();
            default -> new Approval.Delay(duration(text.substring("delay ".length())));
        };
    }

    static OnInconclusive onInconclusive(String text) {
        return switch (text) {
            case "rollback" -> new OnInconclusive.Rollback();
            case "promote-with-approval" -> new OnInconclusive.PromoteWithApproval();
            case "keep" -> new OnInconclusive.Keep();
            default ->
                    new OnInconclusive.HoldUntil(
                            Instant.parse(text.substring("hold-until ".length())));
        };
    }

    private static int digits(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
