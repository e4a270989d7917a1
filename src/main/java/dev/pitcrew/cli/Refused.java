package dev.pitcrew.cli;

/// The answer is no, and why. Ends a verb with [ExitCode#REFUSED].
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String next;

    /// @param message what is refused and why
    /// @param next what to do about it; may be empty
    Refused(String message, String next) {
        super(message);
        this.next = next;
    }

    String sentence() {
        return getMessage() + (next.isEmpty() ? "" : "; " + next);
    }
}
