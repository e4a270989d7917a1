package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Event;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/// An operator's intent on its way through the loop.
///
/// | state | what happens | state |
/// |---|---|---|
/// | waiting | the loop decides on it and begins to append | begun |
/// | waiting | whoever asked withdraws it | withdrawn |
/// | begun | nothing of it could be kept | waiting |
/// | begun | it is durable, or refused | answered |
///
/// Any thread may withdraw it or wait for the answer.
public final class Submission {
    private final BiFunction<Desk, Instant, List<Event>> intent;
    private final CompletableFuture<List<Event>> answer = new CompletableFuture<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

    private enum Stage {
        WAITING,
        BEGUN,
        WITHDRAWN
    }

    Submission(BiFunction<Desk, Instant, List<Event>> intent) {
        this.intent = intent;
    }

    /// The events once they are durable; cancelled once it is withdrawn.
    public CompletableFuture<List<Event>> answer() {
        return answer;
    }

    /// Takes it back.
    ///
    /// @return whether it is withdrawn, so that nothing will ever be done of it; else it has begun, and may yet be durable, or is answered
    public boolean withdraw() {
        return stage.compareAndSet(Stage.WAITING, Stage.WITHDRAWN) && answer.cancel(false);
    }

    /// @return false when it is withdrawn
    boolean begin() {
        return stage.compareAndSet(Stage.WAITING, Stage.BEGUN);
    }

    /// Nothing of it could be kept, so it is tried again.
    void waitAgain() {
        stage.set(Stage.WAITING);
    }

    BiFunction<Desk, Instant, List<Event>> intent() {
        return intent;
    }
}
