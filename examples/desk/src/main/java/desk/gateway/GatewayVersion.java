package desk.gateway;

import java.util.List;
import java.util.Map;

/// What a version of the gateway does differently, from its version file: the formats it reads and writes, and the
/// faults that the demo's bad versions have.
///
/// @param reads data formats of the order store that it can read
/// @param writes data formats that can read what it writes
/// @param flaw what is wrong with it
record GatewayVersion(List<String> reads, List<String> writes, Flaw flaw) {
    GatewayVersion {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
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
        /// One request in twenty takes five times as long.
        SLOW,
        /// Three orders in a hundred are refused.
        REJECTS
    }

    /// @throws IllegalArgumentException when the flaw is unknown
    static GatewayVersion of(Map<String, String> file) {
        return new GatewayVersion(
                List.of(file.getOrDefault("reads", "orders-1").split(" ")),
                List.of(file.getOrDefault("readableBy", "orders-1").split(" ")),
                Flaw.valueOf(file.getOrDefault("flaw", "none").replace('-', '_').toUpperCase()));
    }

    boolean canRead(String readableBy) {
        return List.of(readableBy.split(" ")).stream().anyMatch(reads::contains);
    }

    boolean has(Flaw flaw) {
        return this.flaw == flaw;
    }

    /// Whether this version refuses that order, always the same ones.
    boolean refuses(String id) {
        return has(Flaw.REJECTS) && Math.floorMod(id.hashCode(), 100) < 3;
    }

    /// Whether this version is slow with that order.
    boolean dawdles(String id) {
        return has(Flaw.SLOW) && Math.floorMod(id.hashCode(), 100) < 5;
    }
}
