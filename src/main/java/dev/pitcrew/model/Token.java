package dev.pitcrew.model;

/// An activation token: it only grows, so whoever has seen a newer one refuses an older.
///
/// @param value at least 0; 0 is older than every token that was ever given out
public record Token(long value) implements Comparable<Token> {
    public Token {
        if (value < 0) {
            throw new IllegalArgumentException("a token is at least 0, got " + value);
        }
    }

    /// The one after it.
    public Token next() {
        return new Token(Math.addExact(value, 1));
    }

    public boolean isNewerThan(Token other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Token other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
