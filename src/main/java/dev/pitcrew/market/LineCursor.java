package dev.pitcrew.market;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Goes over the words of one line of a calendar file. A comma is a word of its own, and so is what stands in double quotes; what follows a
/// `#` is a comment.
final class LineCursor {
    private final String file;
    private final int line;
    private final int end;
    private final List<Word> words;
    private int next;

    private LineCursor(String file, int line, int end, List<Word> words) {
        this.file = file;
        this.line = line;
        this.end = end;
        this.words = words;
    }

    /// @param column counted from 1
    record Word(String text, int column, boolean isQuoted) {}

    /// @throws Wrong when a quote is not closed
    static LineCursor of(String file, int line, String text) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < text.length() && text.charAt(at) != '#') {
            char c = text.charAt(at);
            int begin = at;
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == ',') {
                words.add(new Word(",", begin + 1, false));
                at++;
            } else if (c == '"') {
                at = text.indexOf('"', begin + 1);
                if (at < 0) {
                    throw new Wrong(
                            new Problem(
                                    new Place(file, line, begin + 1),
                                    "the quotes are never closed; close them on the same line"));
                }
                words.add(new Word(text.substring(begin + 1, at), begin + 1, true));
                at++;
            } else {
                while (at < text.length() && !isEnd(text.charAt(at))) {
                    at++;
                }
                words.add(new Word(text.substring(begin, at), begin + 1, false));
            }
        }
        int end = words.isEmpty() ? 1 : text.substring(0, at).stripTrailing().length() + 1;
        return new LineCursor(file, line, end, words);
    }

    private static boolean isEnd(char c) {
        return Character.isWhitespace(c) || c == ',' || c == '"' || c == '#';
    }

    boolean isDone() {
        return next == words.size();
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /// The next word in lower case, if it is one without quotes; it stays.
    Optional<String> peek() {
        return isDone() || words.get(next).isQuoted()
                ? Optional.empty()
                : Optional.of(words.get(next).text().toLowerCase(Locale.ROOT));
    }

    boolean isNextQuoted() {
        return !isDone() && words.get(next).isQuoted();
    }

    /// Takes the next word if it is this one.
    boolean take(String word) {
        boolean isIt = peek().filter(word::equals).isPresent();
        next += isIt ? 1 : 0;
        return isIt;
    }

    /// Takes the next word as it is written.
    ///
    /// @param wanted what it has to be, to go after "wanted"
    Word take(String wanted, boolean isQuoted) {
        if (isDone() || words.get(next).isQuoted() != isQuoted) {
            throw wrong(wanted);
        }
        return words.get(next++);
    }

    /// The word that was taken last, which turned out to be wrong.
    Word last() {
        return words.get(next - 1);
    }

    /// What is said when the next word is not what it has to be.
    Wrong wrong(String wanted) {
        return isDone()
                ? new Wrong(
                        new Problem(new Place(file, line, end), "the line ends; wanted " + wanted))
                : wrong(
                        words.get(next),
                        "'" + words.get(next).text() + "' can't stand here; wanted " + wanted);
    }

    Wrong wrong(Word word, String message) {
        return new Wrong(new Problem(new Place(file, line, word.column()), message));
    }

    Place place() {
        return new Place(file, line, words.isEmpty() ? 1 : words.getFirst().column());
    }

    /// The words without comments and spaces, so that they compare.
    String text() {
        var text = new StringBuilder();
        for (var word : words) {
            text.append(word.isQuoted() ? "\"" + word.text() + "\"" : word.text()).append(' ');
        }
        return text.toString().stripTrailing();
    }

    /// Leaves a line at the first thing that is wrong in it.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        Wrong(Problem problem) {
            super(problem.toString(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
