package dev.pitcrew.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// GETs of the kind that instances are asked all the time, each connection kept for the next one. A controller at rest does little else, and
/// the JDK's clients cost twice as much for each; their limit holds for each wait, and this one's for the whole answer.
final class KeptConnections {
    private static final KeptConnections ALL = new KeptConnections();
    private static final long IDLE_NANOS =
            Duration.ofSeconds(4).toNanos(); // most servers keep theirs for five
    private static final int KEPT_MAX = 4; // for each address: rounds overlap when one is slow

    private final Map<Address, Deque<Connection>> idle = new HashMap<>();
    private long sweptNanos = System.nanoTime();

    private KeptConnections() {}

    /// Asks, on a connection of before if there is one. One that its server has closed meanwhile costs a second try, and no more.
    ///
    /// @param limit on all of it
    /// @throws SocketTimeoutException when it takes longer
    static Exchange get(Address address, String path, Duration limit) throws IOException {
        return ALL.ask(address, path, System.nanoTime() + limit.toNanos());
    }

    private Exchange ask(Address address, String path, long deadline) throws IOException {
        var kept = take(address);
        if (kept.isPresent()) {
            try {
                return ask(kept.get(), path, deadline);
            } catch (SocketTimeoutException slow) {
                throw slow;
            } catch (IOException broken) {
                if (kept.get().hasHeard() || Thread.currentThread().isInterrupted()) {
                    throw broken;
                }
            }
        }
        return ask(new Connection(address), path, deadline);
    }

    private Exchange ask(Connection connection, String path, long deadline) throws IOException {
        var isWhole = false;
        try {
            var answer = connection.ask(path, deadline);
            isWhole = connection.isReusable();
            return answer;
        } finally {
            if (isWhole) {
                keep(connection);
            } else {
                connection.close();
            }
        }
    }

    private synchronized Optional<Connection> take(Address address) {
        var all = idle.get(address);
        while (all != null && !all.isEmpty()) {
            var latest = all.removeLast();
            if (!latest.isOld()) {
                return Optional.of(latest);
            }
            latest.close();
        }
        return Optional.empty();
    }

    private synchronized void keep(Connection connection) {
        sweep();
        connection.rest();
        var all = idle.computeIfAbsent(connection.address, _ -> new ArrayDeque<>());
        all.addLast(connection);
        if (all.size() > KEPT_MAX) {
            all.removeFirst().close();
        }
    }

    /// Those that nobody asks any more, such as of an instance that has ended.
    private void sweep() {
        if (System.nanoTime() - sweptNanos < IDLE_NANOS) {
            return;
        }
        sweptNanos = System.nanoTime();
        for (var all : idle.values()) {
            while (!all.isEmpty() && all.getFirst().isOld()) {
                all.removeFirst().close();
            }
        }
        idle.values().removeIf(Deque::isEmpty);
    }

    /// HTTP/1.1 as a client of one request at a time needs it.
    private static final class Connection {
        private static final int LINE_MAX = 16 << 10;
        private static final int HEADERS_MAX = 200;
        private static final int BODY_MAX = 32 << 20; // a fifth of the controller's memory
        private static final int BUFFER = 4 << 10;

        private final Address address;
        private final Socket socket = new Socket(Proxy.NO_PROXY);
        private final byte[] buffer = new byte[BUFFER];
        private int at;
        private int end;
        private byte[] request = {};
        private String requested = "";
        private boolean hasHeard;
        private boolean isReusable;
        private long restedNanos;
        private long deadline;

        Connection(Address address) {
            this.address = address;
        }

        /// Whether anything of the answer has come.
        boolean hasHeard() {
            return hasHeard;
        }

        boolean isReusable() {
            return isReusable;
        }

        boolean isOld() {
            return System.nanoTime() - restedNanos > IDLE_NANOS;
        }

        void rest() {
            restedNanos = System.nanoTime();
        }

        void close() {
            try {
                socket.close();
            } catch (IOException _) {
                // It is of no use any more anyway.
            }
        }

        Exchange ask(String path, long until) throws IOException {
            deadline = until;
            hasHeard = false;
            isReusable = false;
            if (!socket.isConnected()) {
                var to = new InetSocketAddress(address.host(), address.port());
                socket.setTcpNoDelay(true);
                socket.connect(to, left());
            }
            socket.getOutputStream().write(request(path));
            var answer = Head.read(this);
            while (answer.status() >= 100 && answer.status() < 200) { // more will follow
                if (answer.status() == 101) {
                    throw new IOException("it speaks another protocol now, and nobody asked it to");
                }
                answer = Head.read(this);
            }
            var body = body(answer);
            isReusable = isReusable && at == end; // else it says what nobody asked
            return new Exchange(answer.status(), body);
        }

        private byte[] request(String path) {
            if (!path.equals(requested)) {
                var uri =
                        address.at(path).toASCIIString().substring(("http://" + address).length());
                var fragment = uri.indexOf('#');
                request =
                        "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: pitcrew\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n"
                                .formatted(fragment < 0 ? uri : uri.substring(0, fragment), address)
                                .getBytes(US_ASCII);
                requested = path;
            }
            return request;
        }

        private String body(Head head) throws IOException {
            isReusable = head.isKept();
            if (head.status() == 204 || head.status() == 304) {
                return "";
            }
            if (head.isChunked()) {
                return chunks();
            }
            if (head.length() >= 0) {
                var whole = new ByteArrayOutputStream((int) Math.min(head.length(), BUFFER));
                take(head.length(), whole);
                return whole.toString(UTF_8);
            }
            isReusable = false;
            var whole = new ByteArrayOutputStream();
            while (at < end || fill()) {
                take((long) end - at, whole);
            }
            return whole.toString(UTF_8);
        }

        private String chunks() throws IOException {
            var whole = new ByteArrayOutputStream();
            for (var size = chunk(); size > 0; size = chunk()) {
                take(size, whole);
                line(); // which ends it
            }
            for (int i = 0; !line().isEmpty(); i++) { // trailers
                Head.requireFew(i);
            }
            return whole.toString(UTF_8);
        }

        private long chunk() throws IOException {
            var line = line();
            var extension = line.indexOf(';');
            var size = (extension < 0 ? line : line.substring(0, extension)).strip();
            try {
                return Long.parseUnsignedLong(size, 16);
            } catch (NumberFormatException _) {
                throw new IOException("no size of a chunk: " + size);
            }
        }

        private void take(long length, ByteArrayOutputStream to) throws IOException {
            if (length < 0 || length > BODY_MAX - to.size()) {
                throw new IOException("the answer is longer than " + BODY_MAX + " bytes");
            }
            for (var left = (int) length; left > 0; ) {
                if (at == end && !fill()) {
                    throw new EOFException("the answer ends too early");
                }
                int some = Math.min(left, end - at);
                to.write(buffer, at, some);
                at += some;
                left -= some;
            }
        }

        /// A line without its end.
        private String line() throws IOException {
            var line = "";
            while (true) {
                if (at == end && !fill()) {
                    throw new EOFException("the answer ends too early");
                }
                int from = at;
                while (at < end && buffer[at] != '\n') {
                    at++;
                }
                line += new String(buffer, from, at - from, ISO_8859_1);
                if (line.length() > LINE_MAX) {
                    throw new IOException("a line of the answer is longer than " + LINE_MAX);
                }
                if (at < end) {
                    at++;
                    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
                }
            }
        }

        private boolean fill() throws IOException {
            socket.setSoTimeout(left());
            int count = socket.getInputStream().read(buffer, 0, BUFFER);
            at = 0;
            end = Math.max(0, count);
            hasHeard |= count > 0;
            return count > 0;
        }

        /// What is left of the time, in milliseconds.
        private int left() throws SocketTimeoutException {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            return (int) Math.min(left, Integer.MAX_VALUE);
        }
    }

    /// What comes before the body.
    ///
    /// @param length of the body in bytes; negative when it is not said
    /// @param isKept whether another request may follow
    private record Head(int status, long length, boolean isChunked, boolean isKept) {
        static Head read(Connection from) throws IOException {
            var first = from.line();
            var isKept = first.startsWith("HTTP/1.1 ");
            if (!isKept && !first.startsWith("HTTP/1.0 ")) {
                throw new IOException("no HTTP: " + first);
            }
            var status = (int) number(first.substring(9, Math.min(first.length(), 12)));
            var length = -1L;
            var isChunked = false;
            var count = 0;
            for (var line = from.line(); !line.isEmpty(); line = from.line()) {
                requireFew(count++);
                if (isOf("Content-Length", line)) {
                    length = number(value(line));
                } else if (isOf("Transfer-Encoding", line)) {
                    isChunked = value(line).endsWith("chunked");
                } else if (isOf("Connection", line)) {
                    isKept =
                            isKept
                                    ? !value(line).contains("close")
                                    : value(line).contains("keep-alive");
                }
            }
            return new Head(status, length, isChunked, isKept);
        }

        private static boolean isOf(String name, String line) {
            return line.length() > name.length()
                    && line.charAt(name.length()) == ':'
                    && line.regionMatches(true, 0, name, 0, name.length());
        }

        private static String value(String line) {
            return line.substring(line.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT);
        }

        private static long number(String text) throws IOException {
            try {
                return Long.parseUnsignedLong(text);
            } catch (NumberFormatException _) {
                throw new IOException("no number: " + text);
            }
        }

        static void requireFew(int count) throws IOException {
            if (count >= Connection.HEADERS_MAX) {
                throw new IOException("more than " + Connection.HEADERS_MAX + " headers");
            }
        }
    }
}
