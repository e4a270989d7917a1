package dev.pitcrew.read.yaml;

import java.io.IOException;
import java.io.StringReader;

/// A text as the parser can read it. Where a buffer ends with the first half of a character of two (an emoji, for one), SnakeYAML Engine 3.0.1 reads the second half behind it, and fails if the
/// buffer has no place left: so the last place is never filled.
final class TextReader extends StringReader {
    TextReader(String text) {
        super(text);
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
        return super.read(buffer, from, length > 1 ? length - 1 : length);
    }
}
