package dev.pitcrew.model;

import org.jspecify.annotations.Nullable;

/// The world failed: a disk, a process, another machine. Wrapped once where it happens, handled once at the edge.
public final class OperationFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Code code;

    /// What failed, and who must act.
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
        NOT_STARTED
    }

    /// @param code what kind of failure
    /// @param message what failed, where, and what to do next
    /// @param cause what the platform said; null when nothing was thrown
    public OperationFailed(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
