package desk.venue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Cancel on disconnect: a client's open orders are cancelled when its connection ends, by logout or otherwise.
final class Disconnects {
    private final Trading trading;
    private final Sessions sessions;
    private final ScheduledExecutorService scheduler;
    private volatile Optional<Duration> grace;

    Disconnects(
            Trading trading, Sessions sessions, ScheduledExecutorService scheduler, String mode) {
        this.trading = trading;
        this.sessions = sessions;
        this.scheduler = scheduler;
        this.grace = parse(mode);
    }

    /// @param mode `off`, `on`, or a grace in milliseconds
    void set(String mode) {
        grace = parse(mode);
    }

    String mode() {
        return grace.map(wait -> wait.isZero() ? "on" : wait.toMillis() + "").orElse("off");
    }

    /// Acts unless the client is back within the grace.
    // Never on the caller's thread: the engine holds a session's locks when it tells of a
    // disconnect.
    void gone(String compId) {
        grace.ifPresent(
                wait ->
                        scheduler.schedule(
                                () -> cancelUnlessBack(compId),
                                wait.toMillis(),
                                TimeUnit.MILLISECONDS));
    }

    private void cancelUnlessBack(String compId) {
        var immediate = grace.map(Duration::isZero).orElse(false);
        if (grace.isPresent() && (immediate || !sessions.isLoggedOn(compId))) {
            trading.cancelAll(compId, "cancel on disconnect");
        }
    }

    private static Optional<Duration> parse(String mode) {
        return switch (mode) {
            case "off" -> Optional.empty();
            case "on" -> Optional.of(Duration.ZERO);
            default -> Optional.of(Duration.ofMillis(Long.parseLong(mode)));
        };
    }
}
