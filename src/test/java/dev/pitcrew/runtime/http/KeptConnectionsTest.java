package dev.pitcrew.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a server that says byte for byte what it is told to, one answer for each request.
class KeptConnectionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration BRIEF = Duration.ofMillis(200);
    private static final String CLOSE = "<close>";
    private static final String DRIP = "<drip>";

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private ServerSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        for (var one : open) {
            one.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) { // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (var request = request(socket.getInputStream());
                    !request.isEmpty();
                    request = request(socket.getInputStream())) {
                heard.add(request);
                var answer = answers.remove();
                if (answer.startsWith(CLOSE)) {
                    return;
                }
                var isLast = answer.endsWith(CLOSE);
                var text = isLast ? answer.substring(0, answer.length() - CLOSE.length()) : answer;
                if (text.endsWith(DRIP)) {
                    drip(socket, text.substring(0, text.length() - DRIP.length()));
                }
                socket.getOutputStream().write(text.getBytes(UTF_8));
                if (isLast) {
                    return;
                }
            }
        } catch (IOException _) { // whoever asked has gone
        }
    }

    private static String request(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            bytes.write(one);
            if (bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return bytes.toString(ISO_8859_1);
            }
        }
        return "";
    }

    /// A byte now and then, so that each single wait is short.
    private static void drip(Socket socket, String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            while (true) {
                socket.getOutputStream().write(' ');
                Thread.sleep(Duration.ofMillis(20));
            }
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private Exchange get() throws IOException {
        return get("/status", LIMIT);
    }

    private Exchange get(String path, Duration limit) throws IOException {
        return KeptConnections.get(Address.local(server.getLocalPort()), path, limit);
    }

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.getBytes(UTF_8).length, body);
    }

    @Test
    void one_connection_carries_one_request_after_the_other() throws IOException {
        answers.addAll(List.of(answer("first"), answer("zwölf")));

        assertThat(get()).isEqualTo(new Exchange(200, "first"));
        assertThat(get("/other?x=1#here", LIMIT)).isEqualTo(new Exchange(200, "zwölf"));

        assertThat(connections).hasValue(1);
        assertThat(heard)
                .last()
                .isEqualTo(
                        "GET /other?x=1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: pitcrew\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n"
                                .formatted(server.getLocalPort()));
    }

    @Test
    void a_connection_that_its_server_closed_meanwhile_costs_a_second_try() throws IOException {
        answers.addAll(List.of(answer("first"), CLOSE, answer("second")));

        assertThat(get().body()).isEqualTo("first");
        assertThat(get().body()).isEqualTo("second");
        assertThat(connections).hasValue(2);
    }

    @Test
    void a_connection_that_is_new_and_breaks_is_a_failure() {
        answers.add(CLOSE);

        assertThatThrownBy(this::get).isInstanceOf(IOException.class);
        assertThat(connections).hasValue(1);
    }

    @Test
    void an_answer_that_has_begun_is_not_asked_for_again() throws IOException {
        answers.addAll(
                List.of(
                        answer("first"),
                        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal" + CLOSE));
        get();

        assertThatThrownBy(this::get).isInstanceOf(IOException.class).hasMessageContaining("early");
        assertThat(heard).hasSize(2);
    }

    @Test
    void whatever_says_that_it_closes_is_not_used_again() throws IOException {
        answers.addAll(
                List.of(
                        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nConnection: Close\r\n\r\nno",
                        "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold",
                        "HTTP/1.1 200 OK\r\n\r\nto the end" + CLOSE,
                        answer("more") + "than asked for",
                        answer("last")));

        assertThat(get().body()).isEqualTo("no");
        assertThat(get().body()).isEqualTo("old");
        assertThat(get().body()).isEqualTo("to the end");
        assertThat(get().body()).isEqualTo("more");
        assertThat(get().body()).isEqualTo("last");
        assertThat(connections).hasValue(5);
    }

    @Test
    void an_old_server_may_ask_for_more_on_its_connection() throws IOException {
        answers.addAll(
                List.of(
                        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nold",
                        answer("more")));

        get();
        assertThat(get().body()).isEqualTo("more");
        assertThat(connections).hasValue(1);
    }

    @Test
    void chunks_are_put_together() throws IOException {
        answers.addAll(
                List.of(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n, all of y\r\n2\r\nou\r\n0\r\nTrailer: x\r\n\r\n",
                        answer("next")));

        assertThat(get().body()).isEqualTo("hello, all of you");
        assertThat(get().body()).isEqualTo("next");
        assertThat(connections).hasValue(1);
    }

    @Test
    void what_is_said_before_the_answer_is_no_answer() throws IOException {
        answers.add("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("yes"));

        assertThat(get()).isEqualTo(new Exchange(200, "yes"));
    }

    @Test
    void an_answer_without_a_body_ends_where_its_headers_do() throws IOException {
        answers.addAll(List.of("HTTP/1.1 204 No Content\r\n\r\n", answer("next")));

        assertThat(get()).isEqualTo(new Exchange(204, ""));
        assertThat(get().body()).isEqualTo("next");
        assertThat(connections).hasValue(1);
    }

    @Test
    void the_limit_holds_for_the_whole_answer_and_not_for_each_wait() {
        answers.add("HTTP/1.1 200 OK\r\n\r\n" + DRIP);

        assertThatThrownBy(() -> get("/status", BRIEF)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void what_is_no_http_is_a_failure() {
        answers.addAll(
                List.of(
                        "SSH-2.0-OpenSSH\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nlong\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"));

        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(this::get).isInstanceOf(IOException.class);
        }
    }
}
