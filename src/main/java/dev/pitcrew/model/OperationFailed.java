package dev.pitcrew.model;

import org.jspecify.annotations.Nullable;

/// The outside world failed: a disk, a process, another machine. Wrapped once where it happens, handled once at the edge.
///
/// The code says who must act; the message says what failed, where, and what to do next.
public final class OperationFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What kind of failure, and who must act. Codes are never renamed: exit codes and runbooks hang on them.
    public enum Code {
        /// The disk is full: an operator makes room; nothing is lost meanwhile.
        DISK_FULL,
        /// A file is damaged beyond what can be mended: an operator restores it.
        FILE_CORRUPT,
        /// A file or folder can't be used: an operator looks at its rights and its disk.
        FILE_UNUSABLE,
        /// Somebody else uses what only one may use: an operator ends one of the two.
        IN_USE,
        /// Another machine or process does not answer: it may come back by itself.
        UNREACHABLE,
        /// A process could not be started: whoever wrote its command mends it.
        NOT_STARTED,
        /// An image could not be built: whoever wrote its Dockerfile mends it.
        NOT_BUILT,
        /// An image could not be pulled: an operator looks at its name, its registry and the login.
        NOT_PULLED,
        /// The operator makes room on the ledger's disk; nothing was written, and appending works again by itself.
        LEDGER_FULL,
        /// The operator restores the ledger from its last good copy; the damaged file is left as it was found.
        LEDGER_CORRUPT,
        /// The operator stops the other controller, or lets it work: a ledger has one writer.
        LEDGER_IN_USE,
        /// Nobody has to act: another controller leads, and this one, which was away for too long, stands by.
        LEDGER_LEASE_LOST,
        /// The operator installs the newer release that wrote this ledger.
        LEDGER_NEWER,
        /// The operator repairs the ledger's disk or its rights, then restarts the controller.
        LEDGER_UNAVAILABLE,
        /// The operator looks at the signing key's file: missing, unreadable, or not the one of this ledger.
        KEY_UNUSABLE,
        /// The operator restores the newest copy of the ledger: a witness knows more of it, another past, or another key;
        /// one that was begun anew on purpose has to be made known to the witness first.
        LEDGER_DISPUTED,
        /// The witness's operator looks at its host; Pitcrew tries again by itself.
        WITNESS_UNREACHABLE,
    }

    private final Code code;
    private final String
            message; // kept as well, since a Throwable's own may be null for the compiler

    /// @param code what kind of failure
    /// @param message what failed, where, and what to do next
    /// @param cause what the library below threw; null when Pitcrew itself found the failure
    public OperationFailed(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.message = message;
    }

    /// What kind of failure.
    public Code code() {
        return code;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
