package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a controller that stands by knows: the ledger, as the leading one writes it, and nothing else. It looks at no instance, decides nothing
/// and writes nothing; whoever asks it for something is told who leads.
public final class Follower implements AutoCloseable {
    private static final long LOOK_MILLIS = 500;

    private final ControllerSettings settings;
    private final LedgerStore store;
    private final Ledger ledger;
    private final Recollection recollection;
    private final Loop loop;
    private final Supplier<String> leader;
    private final InstantSource clock = InstantSource.system();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("follower").factory());
    private Past past; // touched by the timer's thread, once it is there
    private volatile @Nullable OperationFailed trouble;

    /// Opens the ledger to read, and folds it.
    ///
    /// @param leader who leads, for people
    /// @throws OperationFailed when there is no ledger yet, or it can't be read
    public Follower(ControllerSettings settings, Supplier<String> leader) {
        this.settings = settings;
        this.leader = leader;
        store =
                LedgerPlace.of(
                                settings.system(),
                                settings.where(),
                                settings.dataFolder(),
                                settings.variables())
                        .reading();
        try {
            ledger =
                    Ledger.openToRead(
                            store,
                            settings.key(false),
                            Set.of(Recollection.DESK, Recollection.SHOWN));
            recollection = new Recollection(ledger, () -> false, _ -> {}, clock);
            past = Past.of(ledger, recollection);
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
        loop =
                new Loop(
                        Desk.decider(settings.system(), settings.where()),
                        past.desk(),
                        new Silent(),
                        (_, _, _, _) -> {},
                        Runnable::run,
                        this::refuse);
        var _ =
                timer.scheduleWithFixedDelay(
                        this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Nothing comes from it, and nothing gets into it.
    private final class Silent implements Journal {
        @Override
        public List<Event> replay() {
            return List.of();
        }

        @Override
        public void append(List<Event> events) {
            throw notLeading();
        }
    }

    private void look() {
        try {
            ledger.catchUp();
            past = past.further(ledger);
            loop.follow(past.desk());
            trouble = null;
        } catch (OperationFailed e) {
            trouble = e;
        } catch (RuntimeException e) { // a fault of ours must not end it
            System.getLogger(Follower.class.getName())
                    .log(System.Logger.Level.ERROR, "the ledger can't be followed", e);
        }
        refuse();
    }

    private void refuse() {
        loop.refuse(notLeading());
    }

    /// Why nothing can be asked for here.
    public OperationFailed notLeading() {
        return new OperationFailed(
                Code.LEDGER_LEASE_LOST,
                "this controller stands by and only reads: %s; ask that one; `pitcrew kill` works here as well"
                        .formatted(leader.get()),
                null);
    }

    /// The desk as the ledger has it, and where every intent is refused.
    public Loop loop() {
        return loop;
    }

    /// The ledger, to read; it stays the follower's own.
    public Ledger ledger() {
        return ledger;
    }

    /// Where folds over the ledger begin.
    public Recollection recollection() {
        return recollection;
    }

    /// It observes nothing.
    public Facts facts() {
        return new Facts(
                clock.instant(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Observed.unknown(),
                Map.of(),
                Map.of());
    }

    /// How it is.
    public ControllerStatus status() {
        return new ControllerStatus(
                Optional.empty(),
                Optional.ofNullable(trouble).map(OperationFailed::getMessage),
                List.of(),
                Map.of(),
                Map.of(),
                settings.where().witnesses().stream()
                        .collect(
                                Collectors.toMap(
                                        Object::toString,
                                        _ -> new WitnessState.Silent("not asked by who stands by"),
                                        (one, _) -> one)),
                Optional.empty(),
                ledger.size(),
                Optional.empty(),
                "%s; this one, pid %d, stands by and only reads"
                        .formatted(leader.get(), ProcessHandle.current().pid()),
                recollection.told());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            var _ = timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
