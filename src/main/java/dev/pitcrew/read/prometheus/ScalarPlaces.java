package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.function.IntFunction;

/// Finds the characters of a scalar's value in its file, however it is written there: plain, quoted, folded or as a block.
final class ScalarPlaces {
    private ScalarPlaces() {}

    /// The place of each character of the value, by its index from 0.
    static IntFunction<Place> of(SourceFile file, Scalar scalar) {
        int[] offsets = offsets(file, scalar);
        return index ->
                offsets.length == 0
                        ? scalar.place()
                        : file.place(offsets[Math.clamp(index, 0, offsets.length - 1)]);
    }

    private static int[] offsets(SourceFile file, Scalar scalar) {
        String text = file.text();
        String value = scalar.text();
        if (scalar.place().line() > file.lines()) {
            return new int[0];
        }
        int at = start(file, scalar);
        int[] offsets = new int[value.length() + 1];
        for (int i = 0; i < value.length(); i++) {
            char wanted = value.charAt(i);
            if (!Character.isWhitespace(wanted)) {
                while (at < text.length() && text.charAt(at) != wanted) {
                    at++; // indentation, line ends, and what escapes the next character
                }
            }
            offsets[i] = Math.min(at, text.length());
            if (!Character.isWhitespace(wanted)
                    || (at < text.length() && text.charAt(at) == wanted)) {
                at++;
            }
        }
        offsets[value.length()] = Math.min(at, text.length());
        return offsets;
    }

    /// Where the value begins: behind a quote, or on the line below the sign of a block.
    private static int start(SourceFile file, Scalar scalar) {
        String text = file.text();
        int at = file.offset(scalar.place());
        while (at < text.length() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++; // an anchor or a tag
            }
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
        if (scalar.plain() || at >= text.length()) {
            return at;
        }
        if (text.charAt(at) == '|' || text.charAt(at) == '>') {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end + 1;
        }
        return at + 1;
    }
}
