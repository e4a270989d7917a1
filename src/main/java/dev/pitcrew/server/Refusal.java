package dev.pitcrew.server;

/// Why a request is refused, for whoever asked.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String next;

    /// @param status of HTTP, from 400 to 599
    /// @param code for programs, such as `not-an-operator`
    /// @param message what is refused and why
    /// @param next what to do about it; empty when the message says all
    public Refusal(int status, String code, String message, String next) {
        super(message);
        this.status = status;
        this.code = code;
        this.next = next;
    }

    int status() {
        return status;
    }

    /// As the API sends it.
    Body body() {
        return new Body(code, String.valueOf(getMessage()), next);
    }

    /// @param code for programs
    /// @param message for people
    /// @param next what to do; may be empty
    public record Body(String code, String message, String next) {}
}
