package desk.gateway;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// What hooks and the session want of the gateway's thread, which grants one wish after the other.
final class Wishes {
    private final BlockingQueue<Runnable> wishes = new LinkedBlockingQueue<>();

    /// Grants the next wish, or waits a while for one. For the gateway's thread.
    void grant(long millis) throws InterruptedException {
        var wish = wishes.poll(millis, TimeUnit.MILLISECONDS);
        if (wish != null) {
            wish.run();
        }
    }

    /// Something has changed that the thread should look at now.
    void wake() {
        if (wishes.isEmpty()) {
            wishes.add(() -> {});
        }
    }

    /// Wants something, and waits for nobody.
    void later(Runnable wish) {
        wishes.add(wish);
    }

    /// Wants something, and waits until it is granted.
    void now(Runnable wish) {
        now(
                () -> {
                    wish.run();
                    return true;
                });
    }

    /// @return what came of it
    <T> T now(Supplier<T> wish) {
        var done = new CompletableFuture<T>();
        wishes.add(
                () -> {
                    try {
                        done.complete(wish.get());
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
        return done(done);
    }

    /// Waits as long as a hook may.
    ///
    /// @throws IllegalStateException when it failed or takes too long
    static <T> T done(Future<T> future) {
        try {
            return future.get(3, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the gateway can't do it now: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
