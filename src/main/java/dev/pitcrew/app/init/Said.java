package dev.pitcrew.app.init;

import dev.pitcrew.model.Place;
import java.time.Duration;
import java.util.Locale;

/// How what was found is written: as a comment names it, and as a system file does.
final class Said {
    private Said() {}

    /// `file:line`: columns say nothing to a person.
    static String place(Place place) {
        return place.file() + ":" + place.line();
    }

    /// A reason without what might be a secret: a command is not repeated.
    static String because(String because) {
        return because.startsWith("command ")
                ? "its command"
                : because.replaceFirst("^set:", "overlay ");
    }

    /// A name that a system file takes; empty where nothing of the text can be one.
    static String name(String text) {
        var name =
                text.toLowerCase(Locale.ROOT)
                        .replaceAll("[._\\s]", "-")
                        .replaceAll("[^a-z0-9-]", "")
                        .replaceFirst("^[^a-z]+", "")
                        .replaceFirst("-+$", "");
        return name.substring(0, Math.min(name.length(), 63));
    }

    /// A duration in the largest unit that has it whole.
    static String time(Duration time) {
        long millis = Math.max(1, time.toMillis());
        return millis % 60_000 == 0
                ? millis / 60_000 + "m"
                : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
