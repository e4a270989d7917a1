package desk.feed;

import desk.common.Json;
import desk.common.Settings.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The connection to one market-data line; it connects again by itself.
final class Line implements AutoCloseable {
    private static final int RETRY_MILLIS = 200;

    private final Address address;
    private final Consumer<Quote> quotes;
    private final ScheduledExecutorService scheduler;
    private volatile boolean closed;
    private volatile Socket socket = new Socket();

    /// @param quotes is called for each update on this line's own thread
    /// @param scheduler for the next attempt to connect
    Line(Address address, Consumer<Quote> quotes, ScheduledExecutorService scheduler) {
        this.address = address;
        this.quotes = quotes;
        this.scheduler = scheduler;
    }

    void start() {
        Thread.ofVirtual().name("line " + address).start(this::listen);
    }

    boolean connected() {
        return socket.isConnected() && !socket.isClosed();
    }

    private void listen() {
        try (var opened = new Socket()) {
            socket = opened;
            if (closed) {
                return;
            }
            opened.connect(new InetSocketAddress(address.host(), address.port()), 1000);
            var reader =
                    new BufferedReader(
                            new InputStreamReader(opened.getInputStream(), StandardCharsets.UTF_8));
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                quotes.accept(Json.parse(line, Quote.class));
            }
        } catch (IOException | IllegalArgumentException e) {
            // Refused, cut off, or half a line at the end: all end in the next attempt.
        }
        again();
    }

    private void again() {
        if (!closed) {
            try {
                scheduler.schedule(this::start, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The feed is closing.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as it can be.
        }
    }
}
