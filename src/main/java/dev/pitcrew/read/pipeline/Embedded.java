package dev.pitcrew.read.pipeline;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.function.IntFunction;

/// Where the characters of a YAML value stand in its file. Value and file are walked side by side, so that it holds for plain, quoted, literal and folded values alike.
final class Embedded {
    private Embedded() {}

    static IntFunction<Place> places(SourceFile file, Scalar value) {
        String text = value.text();
        String source = file.text();
        int at = offset(file, value.place());
        at = header(source, at);
        int[] map = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                map[i] = Math.min(at, source.length());
                boolean last = i + 1 < text.length() && !Character.isWhitespace(text.charAt(i + 1));
                while (last && at < source.length() && Character.isWhitespace(source.charAt(at))) {
                    at++;
                }
            } else {
                int found = source.indexOf(c, at);
                if (found >= 0 && found - at < 200) {
                    at = found;
                }
                map[i] = Math.min(at, source.length());
                at = Math.min(at + 1, source.length());
            }
        }
        map[text.length()] = Math.min(at, source.length());
        return i -> file.place(map[Math.clamp(i, 0, text.length())]);
    }

    private static int offset(SourceFile file, Place place) {
        int offset = 0;
        String source = file.text();
        for (int line = 1; line < place.line(); line++) {
            int newline = source.indexOf('\n', offset);
            if (newline < 0) {
                return source.length();
            }
            offset = newline + 1;
        }
        return Math.min(offset + place.column() - 1, source.length());
    }

    /// Behind `|-`, `>` and what belongs to them, anchors and tags as well.
    private static int header(String source, int start) {
        int at = start;
        while (at < source.length() && (source.charAt(at) == '&' || source.charAt(at) == '!')) {
            while (at < source.length() && !Character.isWhitespace(source.charAt(at))) {
                at++;
            }
            while (at < source.length() && source.charAt(at) == ' ') {
                at++;
            }
        }
        if (at < source.length() && (source.charAt(at) == '|' || source.charAt(at) == '>')) {
            int newline = source.indexOf('\n', at);
            return newline < 0 ? source.length() : newline + 1;
        }
        return at;
    }
}
