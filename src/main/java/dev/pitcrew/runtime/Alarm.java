package dev.pitcrew.runtime;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// When it is decided again: at once when there is news, often while something is underway, and for a while after news; else now and then, for
/// what only time brings about.
final class Alarm {
    private static final Duration UNDERWAY = Duration.ofMillis(20);
    private static final Duration CALM = Duration.ofMillis(100);
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration UNREST =
            Duration.ofSeconds(
                    30); // longer than most limits and pauses that something may run into

    private final Semaphore news = new Semaphore(0);
    private volatile long newsNanos = System.nanoTime();

    /// Something is new. Any thread may say so, at any time.
    void ring() {
        newsNanos = System.nanoTime();
        news.release();
    }

    /// Waits for news, but not for long.
    ///
    /// @param isCalm whether nothing is underway
    void await(boolean isCalm) throws InterruptedException {
        var _ = news.tryAcquire(pause(isCalm).toMillis(), TimeUnit.MILLISECONDS);
        news.drainPermits(); // what was new until now is looked at together
    }

    private Duration pause(boolean isCalm) {
        if (!isCalm) {
            return UNDERWAY;
        }
        return System.nanoTime() - newsNanos < UNREST.toNanos() ? CALM : REST;
    }
}
