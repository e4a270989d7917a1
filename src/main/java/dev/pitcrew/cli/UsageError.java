package dev.pitcrew.cli;

/// The command line can't be understood, and why. Ends a verb with [ExitCode#USAGE].
final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what is wrong and what to say instead
    UsageError(String message) {
        super(message);
    }
}
