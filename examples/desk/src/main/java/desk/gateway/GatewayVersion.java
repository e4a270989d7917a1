package desk.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a version of the gateway does differently, from its version file: the formats it reads and writes, and the
/// faults that the demo's bad versions have.
///
/// @param reads data formats of the order store that it can read
/// @param writes data format that it changes the order store to when it is activated
/// @param readableBy data formats that can read what it writes
/// @param flaw what is wrong with it
record GatewayVersion(
        Set<StoreFormat> reads, StoreFormat writes, List<String> readableBy, Flaw flaw) {
    GatewayVersion {
        reads = Set.copyOf(reads);
        readableBy = List.copyOf(readableBy);
    }

    /// What can be wrong with a version.
    enum Flaw {
        NONE,
        NEVER_READY,
        /// The process dies 20 s after its start.
        CRASHES,
        /// `drain` is accepted and never ends.
        NO_DRAIN,
        /// It says it is active, and tries to log on, without having been told.
        STARTS_ACTIVE,
        WRONG_DIGEST,
        /// One request in twenty takes five times as long, or five times 100 ms where that is longer.
        SLOW,
        /// Three orders in a hundred are refused.
        REJECTS,
        /// One order in twenty goes to the venue twice.
        DUPLICATES
    }

    /// @throws IllegalArgumentException when the flaw or a format is unknown
    static GatewayVersion of(Map<String, String> file) {
        var flaw = file.getOrDefault("flaw", "none").replace('-', '_').toUpperCase(Locale.ROOT);
        return new GatewayVersion(
                formats(file.getOrDefault("reads", "orders-1")),
                StoreFormat.of(file.getOrDefault("writes", "orders-1")),
                List.of(file.getOrDefault("readableBy", "orders-1").split(" ")),
                Flaw.valueOf(flaw));
    }

    private static Set<StoreFormat> formats(String text) {
        return List.of(text.split(" ")).stream().map(StoreFormat::of).collect(Collectors.toSet());
    }

    /// @param readableBy formats that can read a store, separated by spaces
    boolean canRead(String readableBy) {
        var readers = List.of(readableBy.split(" "));
        return reads.stream().map(StoreFormat::toString).anyMatch(readers::contains);
    }

    boolean has(Flaw flaw) {
        return this.flaw == flaw;
    }

    /// Whether this version refuses that order, always the same ones.
    boolean refuses(String id) {
        return has(Flaw.REJECTS) && share(id) < 3;
    }

    /// Whether this version is slow with that request.
    boolean dawdles(String id) {
        return has(Flaw.SLOW) && share(id) < 5;
    }

    /// Whether this version sends that order twice.
    boolean doubles(String id) {
        return has(Flaw.DUPLICATES) && share(id) < 5;
    }

    /// From 0 to 99, each equally often, also of ids that count up: their hashes count up as well, so the bits are mixed.
    ///
    /// @see <a href="https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp">MurmurHash3, fmix32</a>
    private static int share(String id) {
        var hash = id.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Integer.remainderUnsigned(hash ^ (hash >>> 16), 100);
    }
}
