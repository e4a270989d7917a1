package dev.pitcrew.model;

import java.util.Comparator;

/// Names one instance of a service: `gateway-2`.
///
/// @param number counted from 1, never used twice for one service
public record InstanceName(String service, int number) implements Comparable<InstanceName> {
    private static final Comparator<InstanceName> ORDER =
            Comparator.comparing(InstanceName::service).thenComparingInt(InstanceName::number);

    public InstanceName {
        Words.requireName(service);
        if (number < 1) {
            throw new IllegalArgumentException("instances count from 1, got " + number);
        }
    }

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException when the text names no instance
    public static InstanceName parse(String text) {
        int dash = text.lastIndexOf('-');
        try {
            return new InstanceName(
                    text.substring(0, Math.max(dash, 0)),
                    Integer.parseInt(text.substring(dash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not an instance: '" + text + "'", e);
        }
    }

    @Override
    public int compareTo(InstanceName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return service + "-" + number;
    }
}
