package desk.common;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// One kept connection to one HTTP server, for one thread: much cheaper than a general client, and it does what the
/// desk needs. It connects when needed, and again after a failure.
public final class HttpConnection implements AutoCloseable {
    private static final int LINE_MAX = 16_384;

    private final URI base;
    private final int limitMillis;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    /// @param base such as `http://127.0.0.1:8080`
    /// @param limit of one request, from connecting to the whole answer's next byte
    public HttpConnection(String base, Duration limit) {
        this.base = URI.create(base);
        this.limitMillis = Math.toIntExact(limit.toMillis());
    }

    /// The server's base URL.
    public String base() {
        return base.toString();
    }

    /// An answer.
    ///
    /// @param status HTTP status
    /// @param body as text
    public record Answer(int status, String body) {}

    /// @throws IOException when there is no answer; whether the server acted is then unknown
    public Answer get(String path) throws IOException {
        return request("GET", path, "", Map.of());
    }

    /// @throws IOException when there is no answer; whether the server acted is then unknown
    public Answer post(String path, String body, Map<String, String> headers) throws IOException {
        return request("POST", path, body, headers);
    }

    private Answer request(String method, String path, String body, Map<String, String> headers)
            throws IOException {
        try {
            connect();
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            var head = new StringBuilder();
            head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
            head.append(base.getAuthority()).append("\r\nContent-Length: ").append(bytes.length);
            headers.forEach(
                    (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
            head.append("\r\n\r\n").append(body);
            // One write, so one packet.
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
            return answer();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        if (socket.isConnected() && !socket.isClosed()) {
            return;
        }
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(limitMillis);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), limitMillis);
        in = new BufferedInputStream(socket.getInputStream());
    }

    private Answer answer() throws IOException {
        var status = Integer.parseInt(line().split(" ", 3)[1]);
        var length = 0;
        var chunked = false;
        var last = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
            last |= header.equals("connection: close");
        }
        var body = chunked ? chunks() : text(length);
        if (last) {
            close();
        }
        return new Answer(status, body);
    }

    private String chunks() throws IOException {
        var body = new StringBuilder();
        while (true) {
            var size = Integer.parseInt(line().strip(), 16);
            body.append(text(size));
            line();
            if (size == 0) {
                return body.toString();
            }
        }
    }

    private String text(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the answer was cut short");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > LINE_MAX) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
