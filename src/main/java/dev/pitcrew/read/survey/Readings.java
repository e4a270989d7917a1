package dev.pitcrew.read.survey;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What formats said of copies of one repository. A format is given files and may ask for others: where the files are the very same, and what it asked for is, so is what it says, as formats are pure.
public final class Readings {
    private static final int KEPT = 12;

    private final Map<Format, Deque<Reading<?>>> byFormat = new ConcurrentHashMap<>();

    /// @param claimed the files that it was given
    /// @param asked what it asked for besides
    private record Reading<T>(List<SourceFile> claimed, Asked asked, T said) {}

    /// What a format asked of the files of a repository. For one thread.
    static final class Asked {
        private final Map<String, Optional<SourceFile>> files = new HashMap<>();
        private @Nullable List<SourceFile> all;

        /// It asked for a file by its path, and that was found.
        void file(String path, Optional<SourceFile> found) {
            files.put(path, found);
        }

        /// It asked for all files.
        void all(List<SourceFile> found) {
            all = found;
        }

        boolean isSameIn(Sources now) {
            return (all == null || areSame(all, now.all()))
                    && files.entrySet().stream()
                            .allMatch(one -> isSame(one.getValue(), now.file(one.getKey())));
        }
    }

    /// What a format says, taken over or read.
    ///
    /// @param read reads the claimed files, with what it asks for from the files that it is given
    @SuppressWarnings("unchecked") // of one format all say the same kind
    <T> T of(Format format, List<SourceFile> claimed, Sources sources, Function<Sources, T> read) {
        var before = byFormat.computeIfAbsent(format, _ -> new ArrayDeque<>());
        for (Reading<?> one : before) {
            if (areSame(one.claimed(), claimed) && one.asked().isSameIn(sources)) {
                return (T) one.said();
            }
        }
        var asked = new Asked();
        var said = read.apply(sources.heardBy(asked));
        before.addFirst(new Reading<>(claimed, asked, said));
        if (before.size() > KEPT) {
            before.removeLast();
        }
        return said;
    }

    @SuppressWarnings("ReferenceEquality") // what nobody edited is the very same
    private static boolean isSame(Optional<SourceFile> one, Optional<SourceFile> other) {
        return one.orElse(null) == other.orElse(null);
    }

    /// Whether two lists have the very same objects, in the same order: quick, and what nobody edited is.
    @SuppressWarnings("ReferenceEquality") // as said
    public static <T> boolean areSame(List<T> some, List<T> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i) != others.get(i)) {
                return false;
            }
        }
        return true;
    }
}
