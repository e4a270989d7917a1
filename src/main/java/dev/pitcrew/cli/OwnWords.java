package dev.pitcrew.cli;

import dev.pitcrew.assess.Family;
import java.util.Locale;

/// Words by which people ask for checks of their own.
final class OwnWords {
    private OwnWords() {}

    /// Whether a word is a code of own checks, or means all of them.
    static boolean isOwn(String word) {
        return word.toUpperCase(Locale.ROOT).matches(Family.OWN.prefix() + "(-[0-9]+)?");
    }
}
