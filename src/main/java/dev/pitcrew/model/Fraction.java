package dev.pitcrew.model;

/// A share of traffic or capacity, from 0 to 1.
public record Fraction(double value) {
    public Fraction {
        if (!(value >= 0 && value <= 1)) { // said positively, so NaN is refused as well
            throw new IllegalArgumentException("fraction must be from 0 to 1, got " + value);
        }
    }
}
