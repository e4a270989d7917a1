package dev.pitcrew.runtime.nginx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.nginx.Sockets.Socket;
import dev.pitcrew.runtime.process.CLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Has the kernel tell of established TCP connections alone. Each order is a connection of its own, so a minute's worth of ended ones fills
/// `/proc/net/tcp`: tens of thousands of lines for a dozen that count.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>
final class SocketDump {
    private static final int NETLINK = 16;
    private static final int RAW = 3;
    private static final int CLOSED_WITH_EXEC = 0x80000;
    private static final int SOCK_DIAG = 4;
    private static final int BY_FAMILY = 20;
    private static final int DUMP = 0x301;
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int AT_ONCE = 0x40; // a dump is there when it was asked for
    private static final int TCP = 6;
    private static final int ESTABLISHED = 1 << 1;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int HEAD_BYTES = 16;
    private static final int REQUEST_BYTES = HEAD_BYTES + 56;
    private static final int ANSWER_BYTES = HEAD_BYTES + 72;
    private static final int BUFFER_BYTES = 1 << 16;

    private static final MethodHandle SOCKET =
            CLibrary.function(
                    "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SEND =
            CLibrary.function(
                    "send",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECEIVE =
            CLibrary.function(
                    "recv",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE =
            CLibrary.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private SocketDump() {}

    /// Of IPv4, and of IPv4 in IPv6's.
    ///
    /// @throws IOException when this kernel does not tell, or not us
    static List<Socket> now() throws IOException {
        int descriptor =
                (int)
                        CLibrary.call(
                                () ->
                                        (int)
                                                SOCKET.invokeExact(
                                                        NETLINK,
                                                        RAW | CLOSED_WITH_EXEC,
                                                        SOCK_DIAG));
        if (descriptor < 0) {
            throw new IOException("the kernel can't be asked for sockets");
        }
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(BUFFER_BYTES, 8);
            var all = new ArrayList<Socket>();
            dump(descriptor, INET, buffer, all);
            dump(descriptor, INET6, buffer, all);
            return all;
        } finally {
            var _ = CLibrary.call(() -> (int) CLOSE.invokeExact(descriptor));
        }
    }

    private static void dump(int descriptor, int family, MemorySegment buffer, List<Socket> into)
            throws IOException {
        var request = request(family);
        MemorySegment.copy(MemorySegment.ofArray(request), 0, buffer, 0, request.length);
        long sent =
                CLibrary.call(
                        () -> (long) SEND.invokeExact(descriptor, buffer, (long) REQUEST_BYTES, 0));
        if (sent != REQUEST_BYTES) {
            throw new IOException("the kernel takes no question for sockets");
        }
        while (true) {
            long count =
                    CLibrary.call(
                            () ->
                                    (long)
                                            RECEIVE.invokeExact(
                                                    descriptor,
                                                    buffer,
                                                    (long) BUFFER_BYTES,
                                                    AT_ONCE));
            if (count <= 0) {
                throw new IOException("the kernel does not tell of sockets");
            }
            var answer = buffer.asSlice(0, count).asByteBuffer().order(ByteOrder.nativeOrder());
            if (isLast(answer, into)) {
                return;
            }
        }
    }

    private static byte[] request(int family) {
        var request = new byte[REQUEST_BYTES];
        ByteBuffer.wrap(request)
                .order(ByteOrder.nativeOrder())
                .putInt(REQUEST_BYTES)
                .putShort((short) BY_FAMILY)
                .putShort((short) DUMP)
                .putLong(0)
                .put((byte) family)
                .put((byte) TCP)
                .putShort((short) 0)
                .putInt(ESTABLISHED);
        return request;
    }

    private static boolean isLast(ByteBuffer answer, List<Socket> into) throws IOException {
        for (int at = 0; at + HEAD_BYTES <= answer.limit(); ) {
            int length = answer.getInt(at);
            switch (answer.getShort(at + 4)) {
                case DONE -> {
                    return true;
                }
                case ERROR -> throw new IOException("the kernel refuses to tell of sockets");
                case BY_FAMILY -> {
                    if (length >= ANSWER_BYTES) {
                        socket(answer, at + HEAD_BYTES).ifPresent(into::add);
                    }
                }
                default -> {}
            }
            at += Math.max(HEAD_BYTES, (length + 3) & ~3);
        }
        return false;
    }

    /// @param at where its `struct inet_diag_msg` begins
    private static Optional<Socket> socket(ByteBuffer answer, int at) {
        int address = answer.get(at) == INET6 ? 12 : 0; // its last four bytes
        return address(answer, at + 4, at + 8 + address)
                .flatMap(
                        local ->
                                address(answer, at + 6, at + 24 + address)
                                        .map(
                                                remote ->
                                                        new Socket(
                                                                local,
                                                                remote,
                                                                Integer.toUnsignedString(
                                                                        answer.getInt(at + 68)))));
    }

    /// Ports and addresses are in the order of the network.
    private static Optional<Address> address(ByteBuffer answer, int port, int host) {
        int number = ((answer.get(port) & 0xff) << 8) | (answer.get(port + 1) & 0xff);
        return number == 0
                ? Optional.empty()
                : Optional.of(
                        new Address(
                                "%d.%d.%d.%d"
                                        .formatted(
                                                answer.get(host) & 0xff,
                                                answer.get(host + 1) & 0xff,
                                                answer.get(host + 2) & 0xff,
                                                answer.get(host + 3) & 0xff),
                                number));
    }
}
