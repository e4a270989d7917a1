package dev.pitcrew.model;

/// A value, and where it stands.
public record Located<T>(T value, Place place) {
    /// Another value that comes from the same place.
    public <R> Located<R> as(R other) {
        return new Located<>(other, place);
    }
}
