package dev.pitcrew.runtime.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Has the kernel tell, at once and at no cost meanwhile: a file descriptor of each process in an epoll set becomes readable when the
/// process ends, also while it is a zombie.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>, from Linux 5.3
/// @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
final class PidEndings implements Endings {
    private static final int PIDFD_OPEN = 434; // the same on every processor
    private static final int ADD = 1;
    private static final int READABLE = 1;
    private static final int WAIT_MILLIS = 1000;
    private static final int MOST = 64; // at once; the others come with the next call
    // The struct holds 32 bits of events and 64 of our own, packed on x86-64 alone.
    private static final boolean IS_PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int OWN_AT = IS_PACKED ? 4 : 8;
    private static final int EVENT_BYTES = OWN_AT + 8;

    private static final MethodHandle SYSCALL =
            CLibrary.function(
                    "syscall",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle CREATE =
            CLibrary.function("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle CONTROL =
            CLibrary.function(
                    "epoll_ctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle WAIT =
            CLibrary.function(
                    "epoll_wait",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            CLibrary.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment events = arena.allocate((long) EVENT_BYTES * MOST, 8);
    private final Map<Integer, Identity> watched = new ConcurrentHashMap<>(); // by descriptor
    private final int set;

    /// @throws IOException when this kernel has no such descriptors, or may not give them to us
    PidEndings() throws IOException {
        close(open(ProcessHandle.current().pid()));
        set = (int) CLibrary.call(() -> (int) CREATE.invokeExact(0));
        if (set < 0) {
            throw new IOException("no epoll set can be made");
        }
    }

    @Override
    public void add(Identity identity) throws IOException {
        int descriptor = open(identity.pid());
        watched.put(descriptor, identity);
        try (var own = Arena.ofConfined()) {
            var event = own.allocate(EVENT_BYTES, 8);
            event.set(JAVA_INT_UNALIGNED, 0, READABLE);
            event.set(JAVA_INT_UNALIGNED, OWN_AT, descriptor);
            if (CLibrary.call(() -> (int) CONTROL.invokeExact(set, ADD, descriptor, event)) != 0) {
                remove(identity);
                throw new IOException("pid " + identity.pid() + " can't be watched");
            }
        }
    }

    private static int open(long pid) throws IOException {
        int number = Math.toIntExact(pid);
        long descriptor =
                CLibrary.call(() -> (long) SYSCALL.invokeExact((long) PIDFD_OPEN, number, 0));
        if (descriptor < 0) {
            throw new IOException("there is no process " + pid);
        }
        return (int) descriptor;
    }

    @Override
    public void remove(Identity identity) {
        watched.forEach(
                (descriptor, one) -> {
                    if (one.equals(identity) && watched.remove(descriptor, one)) {
                        close(descriptor); // which takes it out of the set
                    }
                });
    }

    @Override
    public List<Identity> await() {
        int count =
                (int) CLibrary.call(() -> (int) WAIT.invokeExact(set, events, MOST, WAIT_MILLIS));
        List<Identity> ended = new ArrayList<>();
        for (int i = 0; i < count; i++) { // none when a signal came
            int descriptor = events.get(JAVA_INT_UNALIGNED, (long) i * EVENT_BYTES + OWN_AT);
            var identity = watched.remove(descriptor);
            if (identity != null) {
                close(descriptor);
                ended.add(identity);
            }
        }
        return ended;
    }

    @Override
    public void close() {
        watched.values().forEach(this::remove);
        close(set);
    }

    private static void close(int descriptor) {
        var _ = CLibrary.call(() -> (int) CLOSE.invokeExact(descriptor));
    }
}
