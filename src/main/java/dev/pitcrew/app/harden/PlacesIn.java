package dev.pitcrew.app.harden;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ToIntBiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The places of some files in the text of a fact, where they stand as `path:line:column`. Facts are many and so are files, so a text is gone through once for all paths without odd characters.
final class PlacesIn {
    private static final String PATH = "[\\w/.-]+";
    private static final String BEFORE = "(?<![\\w/.-])(";
    private static final String AFTER = "):(\\d+):(\\d+)";
    private static final Pattern WHOLE = Pattern.compile(PATH);
    private static final Pattern ANY = Pattern.compile(BEFORE + PATH + AFTER);

    private final Set<String> plain = new HashSet<>();
    private final List<Pattern> odd;

    PlacesIn(Collection<String> files) {
        files.stream().filter(one -> WHOLE.matcher(one).matches()).forEach(plain::add);
        this.odd =
                files.stream()
                        .filter(one -> !plain.contains(one))
                        .map(one -> Pattern.compile(BEFORE + Pattern.quote(one) + AFTER))
                        .toList();
    }

    /// The text with other lines in its places.
    ///
    /// @param now the line for a file and a line of it
    String moved(String text, ToIntBiFunction<String, Integer> now) {
        String moved = text;
        for (Pattern one : patterns()) {
            moved = one.matcher(moved).replaceAll(at -> Matcher.quoteReplacement(place(at, now)));
        }
        return moved;
    }

    private String place(MatchResult at, ToIntBiFunction<String, Integer> now) {
        return isMeant(at)
                ? at.group(1) + ":" + now.applyAsInt(at.group(1), line(at)) + ":" + at.group(3)
                : at.group();
    }

    /// Whether one of its places is so.
    ///
    /// @param isSo of a file and a line of it
    boolean any(String text, BiPredicate<String, Integer> isSo) {
        return patterns().stream()
                .flatMap(one -> one.matcher(text).results())
                .anyMatch(at -> isMeant(at) && isSo.test(at.group(1), line(at)));
    }

    private List<Pattern> patterns() {
        return Stream.concat(Stream.of(ANY), odd.stream()).toList();
    }

    private boolean isMeant(MatchResult at) {
        return plain.contains(at.group(1)) || !WHOLE.matcher(at.group(1)).matches();
    }

    private static int line(MatchResult at) {
        return Integer.parseInt(at.group(2));
    }
}
