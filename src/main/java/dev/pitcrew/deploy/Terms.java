package dev.pitcrew.deploy;

import dev.pitcrew.model.Environment;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Windows;

/// What the system file says for all services of an environment, as far as decisions depend on it.
///
/// @param system SHA-256 of the system file in hex
/// @param windows when changes may start; their openings are the closes of trading sessions
public record Terms(String system, Windows windows) {
    /// The terms of an environment.
    public static Terms of(TradingSystem system, Environment environment) {
        return new Terms(system.digest().hex(), environment.windows());
    }
}
