package dev.pitcrew.app.init;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The venues and brokers that the variables of services speak of.
final class Venues {
    private static final Set<String> ALWAYS_OPEN =
            Set.of(
                    "binance",
                    "bybit",
                    "okx",
                    "kraken",
                    "coinbase",
                    "bitfinex",
                    "kucoin",
                    "deribit",
                    "bitmex",
                    "bitget",
                    "mexc",
                    "gateio",
                    "hyperliquid",
                    "polymarket",
                    "dydx",
                    "poloniex",
                    "huobi");
    private static final Set<String> OTHERS =
            Set.of(
                    "alpaca",
                    "apca",
                    "ibkr",
                    "oanda",
                    "tradier",
                    "zerodha",
                    "kite",
                    "upstox",
                    "schwab",
                    "tastytrade",
                    "dhan",
                    "angel");
    private static final Pattern NAMES =
            Pattern.compile("(?i)(.*_)?(EXCHANGES?|BROKERS?|VENUES?)(_NAME)?");
    private static final Pattern KEYS = Pattern.compile("(?i).*(KEY|SECRET|TOKEN|PASSPHRASE).*");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(wss?|https?)://[^/:@\\s]{1,200}.*");

    private Venues() {}

    /// Each with where it is spoken of, in the order of their names.
    static List<String> of(List<Container> containers) {
        var found = new TreeMap<String, String>();
        for (Container one : containers) {
            for (var variable : one.environment()) {
                var words = new ArrayList<String>();
                if (KEYS.matcher(variable.name()).matches()) {
                    words.addAll(words(variable.name()));
                }
                boolean isNamed = NAMES.matcher(variable.name()).matches();
                variable.value()
                        .map(Located::value)
                        .filter(value -> value.length() < 200)
                        .filter(value -> isNamed || ADDRESS.matcher(value).matches())
                        .ifPresent(value -> words.addAll(words(value)));
                for (String word : words) {
                    if (ALWAYS_OPEN.contains(word) || OTHERS.contains(word)) {
                        found.putIfAbsent(
                                word, variable.name() + " at " + Said.place(variable.place()));
                    }
                }
            }
        }
        return found.entrySet().stream()
                .map(one -> one.getKey() + " (" + one.getValue() + ")")
                .toList();
    }

    static boolean isAlwaysOpen(String venue) {
        return ALWAYS_OPEN.contains(venue.replaceFirst(" .*", ""));
    }

    private static List<String> words(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+", 50));
    }
}
