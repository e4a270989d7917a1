package dev.pitcrew.model.infra;

/// What a service of a repository seems to do. Finer than [dev.pitcrew.model.Role], which is what a system file declares.
public enum Duty {
    /// Sends orders to a venue or broker.
    ORDER_ENTRY("order entry"),
    /// Decides what to trade.
    STRATEGY("strategy"),
    /// Takes market data in.
    MARKET_DATA("market data"),
    /// Checks limits before or after the trade.
    RISK("risk"),
    /// Keeps orders, positions, trades.
    BOOKS("books"),
    API("API"),
    WEB("web"),
    PROXY("proxy"),
    STORE("store"),
    QUEUE("queue"),
    MONITOR("monitor"),
    /// Runs now and then: migrations, backups, reports.
    JOB("job"),
    OTHER("other");

    private final String text;

    Duty(String text) {
        this.text = text;
    }

    /// For people.
    public String text() {
        return text;
    }

    /// Whether orders pass through it, or are born there.
    public boolean isOrderPath() {
        return this == ORDER_ENTRY || this == STRATEGY || this == RISK || this == BOOKS;
    }
}
