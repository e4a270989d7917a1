package desk.venue;

/// Which way an order goes.
public enum Side {
    BUY('1'),
    SELL('2');

    final char fix;

    Side(char fix) {
        this.fix = fix;
    }

    /// @throws IllegalArgumentException when the code is neither 1 nor 2
    static Side of(char fix) {
        return switch (fix) {
            case '1' -> BUY;
            case '2' -> SELL;
            default -> throw new IllegalArgumentException("no side: " + fix);
        };
    }

    Side other() {
        return this == BUY ? SELL : BUY;
    }
}
