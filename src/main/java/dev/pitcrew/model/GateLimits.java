package dev.pitcrew.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The limits that measurements are held against before a change.
///
/// @param clockOffset the largest bound of the clock's error
/// @param killTestedWithin the kill switch was tested no longer ago than this
/// @param diskFree at least so much is free where the ledger is
/// @param witnessedWithin a witness saw the ledger no longer ago than this
/// @param openOrders at most so many orders rest at the venue when a single-active service is changed; where nothing is said and the
///     service drains by `wait`, none
/// @param market when a change may begin, as the markets go
/// @param commands the system's own gates
public record GateLimits(
        Optional<Duration> clockOffset,
        Optional<Duration> killTestedWithin,
        ByteSize diskFree,
        Optional<Duration> witnessedWithin,
        Optional<Long> openOrders,
        Optional<MarketLimit> market,
        List<CommandGate> commands) {
    public GateLimits {
        commands = List.copyOf(commands);
    }

    /// A gate that a command measures: it prints one number.
    ///
    /// @param command the argument vector, started without a shell
    /// @param atMost the largest number that passes
    /// @param timeout without a number by then it is unknown, which means no
    public record CommandGate(
            String name, List<Template> command, double atMost, Duration timeout) {
        public CommandGate {
            Words.requireName(name);
            command = List.copyOf(command);
        }
    }
}
