package dev.pitcrew.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether two releases read what the other one writes.
record Formats(Optional<Release> from, Release to) {
    /// The new one reads what the old one has written.
    boolean isCarriedOver() {
        return from.filter(old -> !to.state().canRead(old.state())).isEmpty();
    }

    /// The old one reads what the new one will have written.
    boolean haveWayBack() {
        return from.filter(old -> !old.state().canRead(to.state())).isEmpty();
    }

    boolean areUnsafe() {
        return !isCarriedOver() || !haveWayBack();
    }

    boolean areReadable() {
        return from.isPresent() && !areUnsafe();
    }

    String lostText() {
        return cannotRead(to, from.orElse(to));
    }

    List<String> notes() {
        var notes = new ArrayList<String>();
        if (!haveWayBack()) {
            notes.add("no way back: " + cannotRead(from.orElse(to), to));
        }
        if (!isCarriedOver()) {
            notes.add("nothing is carried over: " + lostText());
        }
        return notes;
    }

    private static String cannotRead(Release reader, Release writer) {
        return "%s can't read %s, which %s writes"
                .formatted(reader.version(), writer.state().writes(), writer.version());
    }
}
