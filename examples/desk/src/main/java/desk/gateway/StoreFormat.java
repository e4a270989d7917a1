package desk.gateway;

import java.util.Arrays;

/// How orders are written down in the store. A version writes one format and reads some.
enum StoreFormat {
    /// What every version reads.
    ORDERS_1("orders-1"),
    /// Also who took the order, in a column of its own, which a version that doesn't know it leaves alone.
    ORDERS_2("orders-2"),
    /// The price in a column of another name: a version that doesn't know it can read no order at all.
    ORDERS_4("orders-4");

    private final String text;

    StoreFormat(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException when there is no such format
    static StoreFormat of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no format is called " + text));
    }

    @Override
    public String toString() {
        return text;
    }
}
