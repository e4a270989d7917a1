package dev.pitcrew.read.yaml;

import dev.pitcrew.model.ByteSize;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Amounts as Compose and Kubernetes spell them; what is none, or a variable, is empty.
public final class Quantities {
    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*([a-zA-Z]{0,3})");
    private static final Pattern TIME =
            Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h|d)");

    private Quantities() {}

    /// `512m` and `1gb` of Compose, in which a kilobyte has 1,024 bytes.
    public static Optional<ByteSize> composeSize(String text) {
        return size(text, 1024);
    }

    /// `512Mi` and `1G` of Kubernetes, in which only `Mi` counts by 1,024.
    public static Optional<ByteSize> kubernetesSize(String text) {
        return size(text, text.endsWith("i") ? 1024 : 1000);
    }

    private static Optional<ByteSize> size(String text, int step) {
        var match = SIZE.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        String unit = match.group(2);
        if (unit.equals("m") && step == 1000) {
            return Optional.empty(); // thousandths of a byte, which nobody means
        }
        int power = unit.isEmpty() ? 0 : "bkmgtp".indexOf(Character.toLowerCase(unit.charAt(0)));
        double bytes = Double.parseDouble(match.group(1)) * Math.pow(step, power);
        return power < 0 || bytes > 1e18
                ? Optional.empty()
                : Optional.of(new ByteSize((long) bytes));
    }

    /// `1m30s`, `500ms`, or a number of seconds.
    public static Optional<Duration> time(String text) {
        String bare = text.strip();
        if (bare.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(bare)));
        }
        var match = TIME.matcher(bare);
        int end = 0;
        double nanos = 0;
        while (end < bare.length() && match.find() && match.start() == end) {
            end = match.end();
            double one =
                    switch (match.group(2)) {
                        case "ns" -> 1;
                        case "us", "µs" -> 1e3;
                        case "ms" -> 1e6;
                        case "s" -> 1e9;
                        case "m" -> 60e9;
                        case "h" -> 3600e9;
                        default -> 86400e9;
                    };
            nanos += Double.parseDouble(match.group(1)) * one;
        }
        return end == bare.length() && end > 0 && nanos < 9e18
                ? Optional.of(Duration.ofNanos((long) nanos))
                : Optional.empty();
    }

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern MILLI = Pattern.compile("[0-9]{1,9}m");

    /// A whole number, if it is one.
    public static Optional<Integer> whole(String text) {
        return WHOLE.matcher(text.strip()).matches()
                ? Optional.of(Integer.parseInt(text.strip()))
                : Optional.empty();
    }

    /// A number, if it is one; thousandths as `500m`.
    public static Optional<Double> number(String text) {
        String bare = text.strip();
        if (MILLI.matcher(bare).matches()) {
            return Optional.of(Double.parseDouble(bare.substring(0, bare.length() - 1)) / 1000);
        }
        return bare.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
                ? Optional.of(Double.parseDouble(bare))
                : Optional.empty();
    }

    /// Whether it says yes, in any of the words that YAML 1.1 has for it.
    public static boolean isTrue(Scalar scalar) {
        return scalar.text().toLowerCase(Locale.ROOT).matches("true|yes|on|y");
    }

    /// Whether it says no, in any of the words that YAML 1.1 has for it.
    public static boolean isFalse(Scalar scalar) {
        return scalar.text().toLowerCase(Locale.ROOT).matches("false|no|off|n");
    }
}
