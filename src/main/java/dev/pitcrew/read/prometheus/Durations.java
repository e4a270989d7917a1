package dev.pitcrew.read.prometheus;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Spans of time as Prometheus writes them: `15s`, `1h30m`, `500ms`.
final class Durations {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|[smhdwy])");

    private Durations() {}

    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        var part = PART.matcher(text);
        var total = Duration.ZERO;
        int at = 0;
        while (part.lookingAt()) {
            total = total.plus(length(Long.parseLong(part.group(1)), part.group(2)));
            at = part.end();
            part.region(at, text.length());
        }
        return at > 0 && at == text.length() ? Optional.of(total) : Optional.empty();
    }

    private static Duration length(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            case "w" -> Duration.ofDays(7 * count);
            default -> Duration.ofDays(365 * count);
        };
    }
}
