package dev.pitcrew.model.infra;

import java.util.Locale;
import java.util.Set;

/// The libraries that talk to venues and brokers, as their registries call them.
public final class VenueLibraries {
    private static final Set<String> LIBRARIES =
            Set.of(
                    "ccxt",
                    "ccxtpro",
                    "ib-insync",
                    "ib-async",
                    "ibapi",
                    "alpaca-py",
                    "alpaca-trade-api",
                    "python-binance",
                    "binance-connector",
                    "binance-futures-connector",
                    "pybit",
                    "okx",
                    "python-okx",
                    "krakenex",
                    "python-kraken-sdk",
                    "oandapyv20",
                    "quickfix",
                    "simplefix",
                    "freqtrade",
                    "nautilus-trader",
                    "kiteconnect",
                    "smartapi-python",
                    "upstox-python-sdk",
                    "dhanhq",
                    "hyperliquid-python-sdk",
                    "bitmex",
                    "py-clob-client",
                    "coinbase-advanced-py",
                    "lumibot",
                    "vnpy",
                    "metatrader5",
                    "tastytrade",
                    "robin-stocks",
                    "schwab-py",
                    "tda-api",
                    "longport",
                    "futu-api",
                    "binance-api-node",
                    "node-binance-api",
                    "@alpacahq/alpaca-trade-api",
                    "bybit-api",
                    "okx-api",
                    "binance");

    private VenueLibraries() {}

    /// Whether a library is one of them.
    public static boolean isOne(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return LIBRARIES.contains(lower)
                || lower.startsWith("org.quickfixj:")
                || lower.startsWith("org.knowm.xchange:")
                || lower.startsWith("quickfixj");
    }
}
