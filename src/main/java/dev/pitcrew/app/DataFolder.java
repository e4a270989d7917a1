package dev.pitcrew.app;

import java.io.IOException;
import java.nio.file.Files;
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

    /// Says which environment's folder this is, since its first controller.
    public Path environment() {
        return path.resolve("environment");
    }

    /// Whether it may be used for an environment: it is that one's, or nobody's yet, or it can't be told.
    public boolean belongsTo(String environment) {
        try {
            return Files.readString(environment()).strip().equals(environment);
        } catch (
                IOException
                        _) { // no controller ever ran here; and a kill has to work with a broken
            // disk
            return true;
        }
    }

    /// The registry of processes.
    public Path processes() {
        return path.resolve("processes");
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

    /// Which controllers take turns here, the one that leads among them.
    public Path turns() {
        return path.resolve("turns");
    }

    /// What a controller in the background prints.
    public Path controllerLog() {
        return path.resolve("controller.log");
    }
}
