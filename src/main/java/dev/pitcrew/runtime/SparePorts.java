package dev.pitcrew.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Ports for processes that have to be told theirs before they start.
///
/// They lie below those that the usual systems give to who asks for any (from 32,768 on Linux, from 49,152 elsewhere): between the
/// choice and the start, a client's connection or another server could else be given the very port, and keep the process from it.
public final class SparePorts {
    private static final int FIRST = 30_000;
    private static final int MANY = 2_768;
    private static final int TRIES = 1_000;

    private SparePorts() {}

    /// A port at which nobody listens now.
    ///
    /// @param at the address it is for; null for all of this machine
    /// @return empty when a thousand in a row were taken
    public static OptionalInt find(@Nullable InetAddress at) {
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(MANY);
            try (var _ = new ServerSocket(port, 1, at)) {
                return OptionalInt.of(port);
            } catch (IOException _) { // taken: another one
            }
        }
        return OptionalInt.empty();
    }
}
