package dev.pitcrew.app;

import java.nio.file.Path;

/// Where Pitcrew keeps what belongs to one environment of one system.
///
/// @param path absolute
public record DataFolder(Path path) {
    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /// The folder of an environment when nobody names another: `.pitcrew/ENVIRONMENT` beside the system file.
    public static DataFolder of(Path systemFolder, String environment) {
        return new DataFolder(systemFolder.resolve(".pitcrew").resolve(environment));
    }

    /// The registry of processes.
    public Path processes() {
        return path.resolve("processes");
    }

    /// What was done without the ledger and is to be taken in by it.
    public Path spool() {
        return path.resolve("spool");
    }

    /// Operators and the hashes of their tokens.
    public Path operators() {
        return path.resolve("operators.json");
    }

    /// The token of the operator for whom `up` made this folder.
    public Path ownToken() {
        return path.resolve("operator.token");
    }

    /// Which controller runs, and where it answers.
    public Path controller() {
        return path.resolve("controller.json");
    }

    /// What a controller in the background prints.
    public Path controllerLog() {
        return path.resolve("controller.log");
    }
}
