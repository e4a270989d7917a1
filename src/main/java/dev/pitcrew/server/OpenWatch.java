package dev.pitcrew.server;

import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.OpenDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks for the start of day by itself at the deadline that the system file names, on each day on which a venue opens. What it asked is in
/// the ledger, so a controller that is started late asks late, and one that is started twice asks once.
public final class OpenWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenWatch.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Room room;
    private final OpenActs acts;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("start of day").factory());
    private Instant called = Instant.MIN; // touched by the timer's thread alone
    private Instant tried = Instant.MIN;

    private OpenWatch(Room room) {
        this.room = room;
        this.acts = new OpenActs(room);
    }

    /// Begins to watch, where the system file names a deadline.
    ///
    /// @param every how often the clock is looked at
    public static OpenWatch start(Room room, Duration every) {
        var watch = new OpenWatch(room);
        if (room.environment().opening().by().isPresent()) {
            var _ =
                    watch.timer.scheduleWithFixedDelay(
                            watch::turn, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        }
        return watch;
    }

    private void turn() {
        try {
            var now = room.facts().get().at();
            if (now.isBefore(tried.plus(AGAIN))) {
                return;
            }
            OpenDeadline.due(
                            room.environment().opening(),
                            room.opening().calendars().get(),
                            room.opening().asked().get(),
                            now)
                    .ifPresent(deadline -> ask(deadline, now));
        } catch (RuntimeException e) { // else nobody would ask on any later day
            LOG.log(System.Logger.Level.ERROR, "the start of day could not be asked for", e);
        }
    }

    private void ask(Instant deadline, Instant now) {
        tried = now;
        try {
            var _ = acts.deadline(this::append, "");
        } catch (RuntimeException e) {
            // Nobody else tells that the ledger, or the controller's turn to lead, is gone.
            if (called.isBefore(deadline)) {
                called = deadline;
                var what = "start of day: it can't be written down: " + e.getMessage();
                LOG.log(System.Logger.Level.ERROR, what + "; " + raise(what), e);
            }
        }
    }

    private List<String> raise(String what) {
        return room.opening().alarms().raise(what, acts.look("").rows());
    }

    private List<Event> append(Function<Intents, List<Event>> intent) {
        return Acts.await(
                room.loop().submit((desk, at) -> intent.apply(new Intents(desk, at, "", ""))),
                LIMIT,
                room.loop());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
