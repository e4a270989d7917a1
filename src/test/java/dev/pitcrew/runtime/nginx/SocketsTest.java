package dev.pitcrew.runtime.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.nginx.Sockets.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @BeforeEach
    void onLinux() {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "this is not Linux");
    }

    /// Both ends of a connection, which are the same in what the kernel lists and in what it is asked for.
    @Test
    void the_kernel_s_answer_and_its_list_have_the_same_connections() throws IOException {
        try (var server = new ServerSocket(0, 1, LOOPBACK);
                var _ = new java.net.Socket(LOOPBACK, server.getLocalPort());
                var _ = server.accept()) {
            var port = server.getLocalPort();

            var asked = of(new Sockets(SocketDump.now()), port);
            var listed = of(Sockets.listed(), port);

            assertThat(asked).hasSize(2).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void a_connection_counts_for_the_process_that_has_it() throws IOException {
        try (var server = new ServerSocket(0, 1, LOOPBACK);
                var _ = new java.net.Socket(LOOPBACK, server.getLocalPort())) {
            var target = new Address(LOOPBACK.getHostAddress(), server.getLocalPort());

            assertThat(Sockets.now().to(target::equals, Set.of(ProcessHandle.current().pid())))
                    .isEqualTo(1);
            assertThat(Sockets.now().to(target::equals, Set.of())).isZero();
        }
    }

    @Test
    void what_only_listens_or_has_ended_is_no_connection() throws IOException {
        try (var server = new ServerSocket(0, 1, LOOPBACK)) {
            var port = server.getLocalPort();
            try (var _ = new java.net.Socket(LOOPBACK, port);
                    var _ = server.accept()) {
                assertThat(of(Sockets.now(), port)).isNotEmpty();
            }

            assertThat(of(Sockets.now(), port)).isEmpty();
        }
    }

    private static List<Socket> of(Sockets all, int port) {
        return all.all().stream()
                .filter(one -> one.local().port() == port || one.remote().port() == port)
                .toList();
    }
}
