package dev.pitcrew.read.secret;

import dev.pitcrew.model.infra.SecretText.Sort;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells by the name of a key what its value opens.
final class SecretNames {
    private static final Set<String> ENDS =
            Set.of("password", "passwd", "pwd", "passphrase", "secret", "token", "apikey");
    private static final Set<String> KEYS =
            Set.of("api", "secret", "access", "private", "signing", "encryption", "jwt");

    /// What the name of every secret has somewhere.
    static final List<String> ANY =
            List.of("pass", "pwd", "secret", "token", "key", "mnemonic", "phrase");

    /// Word in a name or a file -> the venue or broker as people call it.
    private static final Map<String, String> VENUES =
            Map.ofEntries(
                    Map.entry("binance", "Binance"),
                    Map.entry("bybit", "Bybit"),
                    Map.entry("okx", "OKX"),
                    Map.entry("kraken", "Kraken"),
                    Map.entry("coinbase", "Coinbase"),
                    Map.entry("alpaca", "Alpaca"),
                    Map.entry("apca", "Alpaca"),
                    Map.entry("bitfinex", "Bitfinex"),
                    Map.entry("kucoin", "KuCoin"),
                    Map.entry("huobi", "Huobi"),
                    Map.entry("deribit", "Deribit"),
                    Map.entry("bitmex", "BitMEX"),
                    Map.entry("bitget", "Bitget"),
                    Map.entry("mexc", "MEXC"),
                    Map.entry("ibkr", "Interactive Brokers"),
                    Map.entry("oanda", "OANDA"),
                    Map.entry("tradier", "Tradier"),
                    Map.entry("zerodha", "Zerodha"),
                    Map.entry("kite", "Zerodha"),
                    Map.entry("upstox", "Upstox"),
                    Map.entry("hyperliquid", "Hyperliquid"),
                    Map.entry("exchange", "an exchange"),
                    Map.entry("broker", "a broker"));

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern BETWEEN = Pattern.compile("[_.\\-]+");

    private SecretNames() {}

    /// The words of a name: `dbPassword`, `DB_PASSWORD` and `db.password` are two.
    static List<String> words(String name) {
        String small = HUMP.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
        return BETWEEN.splitAsStream(small).filter(word -> !word.isEmpty()).toList();
    }

    /// What the value of a key opens; empty when it is no secret by its name.
    static Optional<Sort> sort(String name) {
        var words = words(name);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String last = words.getLast();
        String before = words.size() > 1 ? words.get(words.size() - 2) : "";
        if (last.equals("mnemonic") || (last.equals("phrase") && before.equals("seed"))) {
            return Optional.of(Sort.WALLET);
        }
        boolean named = ENDS.contains(last) || (last.equals("key") && KEYS.contains(before));
        if (!named || before.equals("public") || words.contains("page")) {
            return Optional.empty();
        }
        if (last.equals("key") && before.equals("private")) {
            return Optional.of(Sort.WALLET);
        }
        if (words.stream().anyMatch(VENUES::containsKey)) {
            return Optional.of(Sort.VENUE);
        }
        boolean api =
                last.equals("apikey")
                        || last.equals("token")
                        || words.contains("api")
                        || (last.equals("key") && before.equals("access"));
        return Optional.of(api ? Sort.TOKEN : Sort.PASSWORD);
    }

    /// The venue that a text speaks of; empty when it speaks of none. Queues have brokers and exchanges as well, so those words count in the name of a key alone.
    static Optional<String> venueIn(String text) {
        return words(text).stream()
                .filter(word -> !word.equals("exchange") && !word.equals("broker"))
                .filter(VENUES::containsKey)
                .map(VENUES::get)
                .findFirst();
    }

    /// The venue that a name speaks of; empty when it speaks of none.
    static Optional<String> venue(String name) {
        return words(name).stream().filter(VENUES::containsKey).map(VENUES::get).findFirst();
    }
}
