package dev.pitcrew.runtime.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at each process every 20 ms, at a few microseconds each.
///
/// It keeps `/proc/PID/statm` open: an open file belongs to that very process, and reading it fails once it is gone,
/// whoever gets the pid next. A zombie has no memory any more, which costs a quarter of asking for its state: the kernel
/// adds up all threads for that.
final class MemoryEndings implements Endings {
    private static final long LOOK_MILLIS = 20;

    private final Map<Identity, RandomAccessFile> files = new ConcurrentHashMap<>();
    private final byte[] buffer = new byte[128]; // for the one thread that waits

    @Override
    public void add(Identity identity) throws IOException {
        files.put(identity, new RandomAccessFile(ProcStat.memory(identity.pid()).toFile(), "r"));
    }

    @Override
    public void remove(Identity identity) {
        var file = files.remove(identity);
        if (file != null) {
            close(file);
        }
    }

    @Override
    public List<Identity> await() throws InterruptedException {
        Thread.sleep(LOOK_MILLIS);
        List<Identity> ended = new ArrayList<>();
        files.forEach(
                (identity, file) -> {
                    if (!lives(file)) {
                        remove(identity);
                        ended.add(identity);
                    }
                });
        return ended;
    }

    private boolean lives(RandomAccessFile memory) {
        try {
            memory.seek(0);
            return memory.read(buffer) > 0 && buffer[0] != '0';
        } catch (IOException _) { // no such process any more
            return false;
        }
    }

    private static void close(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException _) {
            // It was only read.
        }
    }

    @Override
    public void close() {
        files.keySet().forEach(this::remove);
    }
}
