package dev.pitcrew.runtime.process;

import java.io.IOException;
import java.util.List;

/// Tells which processes have ended, of those that it was told to look at. One thread waits; any may add.
sealed interface Endings extends AutoCloseable permits PidEndings, MemoryEndings {
    /// The best that this kernel has.
    static Endings open() {
        try {
            return new PidEndings();
        } catch (IOException | UnsupportedOperationException _) {
            return new MemoryEndings();
        }
    }

    /// Looks at it from now on.
    ///
    /// @throws IOException when there is no process with its pid
    void add(Identity identity) throws IOException;

    /// Looks at it no more.
    void remove(Identity identity);

    /// Waits for a while, at most a second, and tells who ended meanwhile; each is told once.
    List<Identity> await() throws InterruptedException;

    @Override
    void close();
}
