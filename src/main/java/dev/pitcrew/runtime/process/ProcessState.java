package dev.pitcrew.runtime.process;

import java.time.Instant;

/// What is known of an instance's process right now.
public sealed interface ProcessState {
    /// It lives.
    ///
    /// @param pid its process id
    /// @param startTicks clock ticks from boot to its start
    /// @param stopped it is stopped by a signal (SIGSTOP or a debugger), so it lives and does nothing
    record Running(long pid, long startTicks, boolean stopped) implements ProcessState {}

    /// It ended, and how is known.
    ///
    /// @param code its exit code, from 0 to 255; 128 and the signal's number when a signal ended it
    /// @param at when it ended, by this host's clock
    /// @param why what else is known of its end, such as that the kernel ended it for its memory; empty: nothing
    record Exited(int code, Instant at, String why) implements ProcessState {
        /// Nothing else is known.
        public Exited(int code, Instant at) {
            this(code, at, "");
        }
    }

    /// No such process lives, and how it ended is not known: it was never started, or the host was rebooted, or its
    /// supervisor was killed with it.
    record Gone(String why) implements ProcessState {}

    /// It can't be told. Never a reason to act as if it were dead.
    record Unknown(String why) implements ProcessState {}

    /// Whether it is confirmed that no process of this instance lives.
    default boolean dead() {
        return switch (this) {
            case Exited _, Gone _ -> true;
            case Running _, Unknown _ -> false;
        };
    }
}
