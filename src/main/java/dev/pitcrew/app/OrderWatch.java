package dev.pitcrew.app;

import dev.pitcrew.app.Reach.Alive;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Reconciliation;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Watches which orders are open while a kill is underway: by the venue's own word, which is its drop copy or the mass status that an
/// order-entry instance asks it for, and in the order-entry instances' own accounts.
///
/// None is open only when the venue's word says so and no source that answers says otherwise: what a desk believes of itself can object
/// to a kill's success, and never proves it.
final class OrderWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 20;
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    private final KillScope scope;
    private final Reach reach;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition seen = lock.newCondition();
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().daemon().unstarted(task));
    private @Nullable Round last; // guarded by the lock, as is all below
    private @Nullable OpenOrders lastNamed;
    private Instant newest = Instant.MIN;

    /// One look at all sources.
    ///
    /// @param asked when it began
    /// @param count the most that any source says; null when none answered
    /// @param isVenues whether one of them passes on the venue's word
    /// @param by which sources answered
    private record Round(Instant asked, @Nullable Long count, boolean isVenues, String by) {
        boolean isNone() {
            return isVenues && count != null && count == 0;
        }
    }

    /// @param isVenues whether it passes on the venue's word, and not the desk's own account
    private record Said(String by, OpenOrders orders, boolean isVenues) {}

    OrderWatch(KillScope scope, Reach reach, InstantSource clock) {
        this.scope = scope;
        this.reach = reach;
        this.clock = clock;
    }

    /// Begins to look, again and again.
    OrderWatch start() {
        var _ = rounds.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    private void look() {
        var asked = clock.instant();
        List<Said> said;
        var told = Instant.MIN;
        try {
            said = Stream.concat(dropCopy().stream(), own()).toList();
            told = lastAccepted();
        } catch (
                RuntimeException
                        _) { // such as a registry that can't be read just now: nobody answered
            said = List.of();
        }
        lock.lock();
        try {
            Long most = null;
            for (var one : said) {
                most = Math.max(most == null ? 0 : most, one.orders().count());
                remember(one);
            }
            newest = told.isAfter(newest) ? told : newest;
            last =
                    new Round(
                            asked,
                            most,
                            said.stream().anyMatch(Said::isVenues),
                            said.stream().map(Said::by).collect(Collectors.joining(", ")));
            seen.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whoever only counts can't take back what another source named.
    private void remember(Said said) {
        if (!said.orders().isNamed()) {
            return;
        }
        lastNamed = said.orders();
        for (var order : said.orders().orders()) {
            var at = instant(order.at());
            newest = at.isAfter(newest) ? at : newest;
        }
    }

    private static Instant instant(String text) {
        try {
            return text.isEmpty() ? Instant.MIN : Instant.parse(text);
        } catch (
                DateTimeParseException
                        _) { // a source may write times as it likes; then it tells none
            return Instant.MIN;
        }
    }

    /// A drop copy that is not ready is not connected to the venue: what it says is old.
    private Optional<Said> dropCopy() {
        return ready().flatMap(
                        one ->
                                orders(one)
                                        .map(orders -> new Said(one.name(), orders, true))
                                        .stream())
                .findFirst();
    }

    private Stream<Alive> ready() {
        return scope.dropCopy().stream()
                .flatMap(service -> reach.alive(service).stream())
                .filter(one -> reach.ask(one, ProbeName.READY).filter("true"::equals).isPresent());
    }

    /// When the venue took its last order, whether it rested or was filled at once; `Instant.MIN` when nobody tells.
    private Instant lastAccepted() {
        return ready().flatMap(one -> reach.ask(one, ProbeName.LAST_ACCEPTED).stream())
                .map(OrderWatch::instant)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private Optional<OpenOrders> orders(Alive one) {
        return reach.fetch(one, "/open-orders", TIMEOUT)
                .flatMap(text -> OpenOrders.list(text, scope.sessions()))
                .or(
                        () ->
                                books(one.service())
                                        .flatMap(path -> reach.fetch(one, path, TIMEOUT))
                                        .flatMap(OpenOrders::books));
    }

    private Optional<String> books(Service dropCopy) {
        return scope.orderEntry().stream()
                .flatMap(one -> one.reconcile().stream())
                .map(Reconciliation::theirs)
                .filter(source -> source.service().equals(dropCopy.name()))
                .map(Reconciliation.Source::path)
                .findFirst();
    }

    private Stream<Said> own() {
        return scope.orderEntry().stream()
                .flatMap(service -> reach.alive(service).stream())
                .flatMap(
                        one -> Stream.of(believes(one), massStatus(one)).flatMap(Optional::stream));
    }

    private Optional<Said> believes(Alive one) {
        return reach.count(one, ProbeName.OPEN_ORDERS)
                .map(open -> open + reach.count(one, ProbeName.UNANSWERED).orElse(0L))
                .map(open -> new Said(one.name(), OpenOrders.counted(open), false));
    }

    private Optional<Said> massStatus(Alive one) {
        return reach.count(one, ProbeName.VENUE_OPEN_ORDERS)
                .map(
                        open ->
                                new Said(
                                        "the venue's mass status to " + one.name(),
                                        OpenOrders.counted(open),
                                        true));
    }

    /// Waits until no order is open, as seen by a look that began after `since`.
    ///
    /// @return who said so, and when; empty when the limit was over first
    Optional<None> awaitNone(Instant since, Duration limit) {
        var left = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                var round = last;
                if (round != null && !round.asked().isBefore(since) && round.isNone()) {
                    return Optional.of(new None(round.by(), clock.instant()));
                }
                if (left <= 0) {
                    return Optional.empty();
                }
                left = seen.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// No order is open.
    record None(String by, Instant at) {}

    /// How many are open, as of the last look; null when nobody could tell.
    @Nullable Long count() {
        lock.lock();
        try {
            return last == null ? null : last.count();
        } finally {
            lock.unlock();
        }
    }

    /// Each open order as a source named it last, even when that source is silent by now.
    List<OpenOrder> named() {
        lock.lock();
        try {
            return lastNamed == null ? List.of() : lastNamed.orders();
        } finally {
            lock.unlock();
        }
    }

    /// When the newest order came alive that was seen; `Instant.MIN` when none was seen with its time.
    Instant newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
