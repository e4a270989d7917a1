package dev.pitcrew.model;

/// Where an instance listens.
public sealed interface Port {
    /// A free one is chosen for each instance when it starts.
    record Auto() implements Port {}

    /// @param number from 1 to 65535
    record Fixed(int number) implements Port {
        public Fixed {
            if (number < 1 || number > 65_535) {
                throw new IllegalArgumentException("a port is from 1 to 65535, got " + number);
            }
        }
    }
}
