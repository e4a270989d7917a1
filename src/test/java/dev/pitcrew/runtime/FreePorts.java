package dev.pitcrew.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports for processes that have to be told theirs before they start.
///
/// They lie below those that the system gives to who asks for any: a client that connects again while nobody listens could else be given
/// the very port, and keep the server from it. None is given out twice, so that one whose server was not quick enough stays its own.
public final class FreePorts {
    private static final int FIRST = 15_000;
    private static final int MANY = 15_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % MANY));

    private FreePorts() {}

    /// A port at which nobody listens.
    public static int next() {
        for (int tried = 0; tried < MANY; tried++) {
            int port = FIRST + NEXT.getAndIncrement() % MANY;
            try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException _) { // taken: the next one
            }
        }
        throw new IllegalStateException("no port is free");
    }
}
