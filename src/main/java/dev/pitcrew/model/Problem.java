package dev.pitcrew.model;

/// Something wrong with an input, where it stands, and what to do about it.
///
/// @param place where to look
/// @param message what is wrong and what to do next, in one sentence
public record Problem(Place place, String message) {
    @Override
    public String toString() {
        return place + " " + message;
    }
}
