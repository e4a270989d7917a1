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

/// The places of some files in the text of a fact, where they stand as `path:line:column`. Facts are many and so are files, so a text is gone through once for all paths without odd characters.
final class PlacesIn {
    private static final Pattern PLAIN = Pattern.compile("[\\w/.-]+");

    private final Set<String> plain = new HashSet<>();
    private final List<Pattern> odd;

    PlacesIn(Collection<String> files) {
        files.stream().filter(one -> PLAIN.matcher(one).matches()).forEach(plain::add);
        this.odd =
                files.stream()
                        .filter(one -> !plain.contains(one))
                        .map(
                                one ->
                                        Pattern.compile(
                                                "(?<![\\w/.-])("
                                                        + Pattern.quote(one)
                                                        + "):(\\d+):(\\d+)"))
                        .toList();
    }

    /// The text with other lines in its places.
    ///
    /// @param now the line for a file and a line of it
    String moved(String text, ToIntBiFunction<String, Integer> now) {
        String moved = plain.isEmpty() ? text : movedPlain(text, now);
        for (Pattern one : odd) {
            moved =
                    one.matcher(moved)
                            .replaceAll(
                                    at ->
                                            Matcher.quoteReplacement(
                                                    at.group(1)
                                                            + ":"
                                                            + now.applyAsInt(at.group(1), line(at))
                                                            + ":"
                                                            + at.group(3)));
        }
        return moved;
    }

    private String movedPlain(String text, ToIntBiFunction<String, Integer> now) {
        var moved = new StringBuilder(text.length() + 16);
        int copied = 0;
        var scan = new Scan(text);
        while (scan.next()) {
            String file = scan.path();
            if (plain.contains(file)) {
                moved.append(text, copied, scan.lineStart)
                        .append(now.applyAsInt(file, scan.line()));
                copied = scan.lineEnd;
            }
        }
        return copied == 0 ? text : moved.append(text, copied, text.length()).toString();
    }

    /// Whether one of its places is so.
    ///
    /// @param isSo of a file and a line of it
    boolean any(String text, BiPredicate<String, Integer> isSo) {
        var scan = new Scan(text);
        while (!plain.isEmpty() && scan.next()) {
            String file = scan.path();
            if (plain.contains(file) && isSo.test(file, scan.line())) {
                return true;
            }
        }
        return odd.stream()
                .flatMap(one -> one.matcher(text).results())
                .anyMatch(at -> isSo.test(at.group(1), line(at)));
    }

    private static int line(MatchResult at) {
        return Integer.parseInt(at.group(2));
    }

    /// Finds what reads as `(?<![\w/.-])([\w/.-]+):(\d+):(\d+)`, one after the other, in one pass.
    private static final class Scan {
        private final String text;
        private int start;
        private int pathEnd;
        private int lineStart;
        private int lineEnd;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        boolean next() {
            while (at < text.length()) {
                if (at > 0 && isPath(text.charAt(at - 1))) { // a place ends within a longer word
                    at = end(at);
                }
                while (at < text.length() && !isPath(text.charAt(at))) {
                    at++;
                }
                start = at;
                pathEnd = end(at);
                at = pathEnd;
                if (isPlace()) {
                    return true;
                }
            }
            return false;
        }

        private boolean isPlace() {
            lineStart = pathEnd + 1;
            lineEnd = digits(pathEnd);
            int end = digits(lineEnd);
            if (lineEnd < 0 || end < 0) {
                return false;
            }
            at = end;
            return true;
        }

        /// The end of a colon and digits.
        ///
        /// @return below 0 when there are none
        private int digits(int from) {
            int end = from + 1;
            while (end > 0 && end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            return end > from + 1 && from >= 0 && text.charAt(from) == ':' ? end : -1;
        }

        private int end(int from) {
            int end = from;
            while (end < text.length() && isPath(text.charAt(end))) {
                end++;
            }
            return end;
        }

        String path() {
            return text.substring(start, pathEnd);
        }

        int line() {
            return Integer.parseInt(text, lineStart, lineEnd, 10);
        }

        private static boolean isPath(char one) {
            return (one >= 'a' && one <= 'z')
                    || (one >= 'A' && one <= 'Z')
                    || (one >= '-' && one <= '9') // - . / and digits
                    || one == '_';
        }

        private static boolean isDigit(char one) {
            return one >= '0' && one <= '9';
        }
    }
}
