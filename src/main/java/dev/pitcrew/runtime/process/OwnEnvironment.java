package dev.pitcrew.runtime.process;

import java.util.List;

/// What of our own environment a process that we start gets to see. Ours may hold the controller's secrets, and an operator's token.
public final class OwnEnvironment {
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ");

    private OwnEnvironment() {}

    /// Leaves only what is harmless; what is meant for the process is added afterwards.
    public static void strip(ProcessBuilder builder) {
        builder.environment().keySet().retainAll(INHERITED);
    }
}
