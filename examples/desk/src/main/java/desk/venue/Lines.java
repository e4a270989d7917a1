package desk.venue;

import desk.common.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// The two market-data lines: the same quotes with the same sequence numbers on both, until one is told to fail.
final class Lines implements AutoCloseable {
    /// One update, as it is sent.
    ///
    /// @param session differs after each start of the venue, which begins again with sequence 1
    /// @param seq counts over all instruments
    record Quote(
            long session, long seq, String symbol, BigDecimal bid, BigDecimal ask, long atMillis) {}

    private final Market market;
    private final Line a;
    private final Line b;
    private final Random random;
    private final long session = System.currentTimeMillis();
    private long seq;

    Lines(Market market, int portA, int portB, Random random) throws IOException {
        this.market = market;
        this.random = random;
        a = new Line(portA);
        b = new Line(portB);
    }

    /// Sends one quote for each instrument, a few hundredths around the house's own.
    void tick() {
        for (var symbol : market.references().keySet()) {
            var drift = BigDecimal.valueOf(random.nextInt(5) - 2).movePointLeft(2);
            var quote =
                    new Quote(
                            session,
                            ++seq,
                            symbol,
                            rounded(market.housePrice(symbol, Side.SELL).add(drift)),
                            rounded(market.housePrice(symbol, Side.BUY).add(drift)),
                            System.currentTimeMillis());
            var line = (Json.text(quote) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            a.send(line);
            b.send(line);
        }
    }

    private static BigDecimal rounded(BigDecimal price) {
        return price.setScale(2, RoundingMode.HALF_UP);
    }

    /// @throws IllegalArgumentException when the name is neither A nor B
    Line line(String name) {
        return switch (name) {
            case "A" -> a;
            case "B" -> b;
            default -> throw new IllegalArgumentException("no line " + name);
        };
    }

    @Override
    public void close() throws IOException {
        a.close();
        b.close();
    }

    /// One line: a TCP port that sends every update to everyone connected.
    static final class Line implements AutoCloseable {
        private final ServerSocket server;
        private final CopyOnWriteArrayList<Socket> listeners = new CopyOnWriteArrayList<>();
        private volatile long stalledUntilNanos = System.nanoTime();
        private int toSkip;

        Line(int port) throws IOException {
            server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
            Thread.ofVirtual().name("line").start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        /// Leaves out the next updates.
        synchronized void gap(int count) {
            toSkip += count;
        }

        /// Sends nothing for a while; what falls into it is lost on this line.
        void stall(long millis) {
            stalledUntilNanos = System.nanoTime() + millis * 1_000_000;
        }

        private synchronized void send(byte[] line) {
            if (toSkip > 0) {
                toSkip--;
            } else if (System.nanoTime() - stalledUntilNanos >= 0) {
                listeners.forEach(listener -> send(listener, line));
            }
        }

        private void send(Socket listener, byte[] line) {
            try {
                OutputStream out = listener.getOutputStream();
                out.write(line);
            } catch (IOException e) {
                listeners.remove(listener); // it went away
            }
        }

        private void accept() {
            try {
                while (true) {
                    var listener = server.accept();
                    listener.setTcpNoDelay(true);
                    listeners.add(listener);
                }
            } catch (IOException e) {
                listeners.forEach(Line::closeQuietly); // the server was closed
            }
        }

        private static void closeQuietly(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed as far as it can be.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
