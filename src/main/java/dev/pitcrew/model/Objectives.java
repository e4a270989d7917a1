package dev.pitcrew.model;

/// Simple limits while a new version bakes.
///
/// @param errors the largest share of requests that may fail
/// @param slow the largest share of requests that may be slow
/// @param minRequests with fewer requests nothing is judged; at least 1
public record Objectives(Fraction errors, Fraction slow, long minRequests) {
    public Objectives {
        if (minRequests < 1) {
            throw new IllegalArgumentException(
                    "minRequests must be at least 1, got " + minRequests);
        }
    }
}
