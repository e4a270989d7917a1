package dev.pitcrew.cli;

import dev.pitcrew.app.WrittenKill;
import dev.pitcrew.app.adopt.BesideCompose;
import dev.pitcrew.runtime.Alarms;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.Follower;
import dev.pitcrew.runtime.http.ServiceHooks;
import dev.pitcrew.runtime.process.Processes;
import dev.pitcrew.server.Api;
import dev.pitcrew.server.ControllerFile;
import dev.pitcrew.server.Listening;
import dev.pitcrew.server.OpeningRoom;
import dev.pitcrew.server.Operators;
import dev.pitcrew.server.Room;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// API and console of a controller that stands by, to read. It is opened on a thread of its own, so that nobody waits for it who could lead.
final class StandbyFace implements AutoCloseable {
    private static final long AGAIN_MILLIS = 1_000;

    private final Where.Place place;
    private final ControllerSettings settings;
    private final Operators operators;
    private final Listening listening;
    private final Supplier<String> leader;
    private final Path listed;
    private final Consumer<String> told;
    private final Deque<AutoCloseable> open = new ArrayDeque<>(); // guarded by this, as is isClosed
    private boolean isClosed;
    private final Thread opening;

    /// @param listening where it answers, if nobody else does there; else anywhere on the loopback
    /// @param leader who leads, for people
    /// @param listed the file that says where it answers
    /// @param told hears where that is
    StandbyFace(
            Where.Place place,
            ControllerSettings settings,
            Operators operators,
            Listening listening,
            Supplier<String> leader,
            Path listed,
            Consumer<String> told) {
        this.place = place;
        this.settings = settings;
        this.operators = operators;
        this.listening = listening;
        this.leader = leader;
        this.listed = listed;
        this.told = told;
        opening = Thread.ofPlatform().daemon().name("standby").start(this::open);
    }

    private void open() {
        var said = "";
        try {
            while (!isClosed()) {
                try {
                    serve(new Follower(settings, leader));
                    return;
                } catch (RuntimeException | IOException e) { // the ledger may not be there yet
                    if (!said.equals(e.toString())) {
                        said = e.toString();
                        System.getLogger(StandbyFace.class.getName())
                                .log(
                                        System.Logger.Level.WARNING,
                                        "stands by, and can't answer yet: " + said);
                    }
                }
                Thread.sleep(AGAIN_MILLIS);
            }
        } catch (InterruptedException _) { // it is closed
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    private synchronized void serve(Follower follower) throws IOException {
        open.push(follower);
        if (isClosed) {
            closeAll();
            return;
        }
        try {
            var processes =
                    DockerRuntime.startedBefore(
                            place.system(),
                            place.environment(),
                            place.data().path(),
                            System.getenv());
            var hooks = new ServiceHooks(processes);
            open.push(hooks);
            var api = api(room(follower, processes, hooks));
            open.push(api);
            ControllerFile.here(api.port()).write(listed);
            told.accept(
                    "stands by: %s; it answers at http://127.0.0.1:%d, to read"
                            .formatted(leader.get(), api.port()));
        } catch (IOException | RuntimeException e) {
            closeAll();
            throw e;
        }
    }

    private Api api(Room room) throws IOException {
        try {
            return new Api(room, operators, listening);
        } catch (BindException _) { // on one machine the leading controller has that port
            return new Api(room, operators, Listening.onLoopback(0));
        }
    }

    private Room room(Follower follower, Processes processes, ServiceHooks hooks)
            throws IOException {
        return new Room(
                place.system(),
                place.environment(),
                follower.loop(),
                follower::facts,
                follower.ledger(),
                DockerRuntime.artifacts(place.system(), place.environment(), System.getenv())
                        ::release,
                BesideCompose.of(
                        place.file(), place.system(), place.environment(), System.getenv()),
                follower::status,
                new OpeningRoom(
                        () -> {
                            throw follower.notLeading();
                        },
                        List::of,
                        () -> Instant.MIN,
                        new Alarms(
                                place.system(),
                                place.environment(),
                                place.data().path(),
                                System.getenv())),
                WrittenKill.of(
                                place.system(),
                                place.data().path(),
                                processes,
                                hooks,
                                System.getenv(),
                                Clock.systemUTC())
                        ::run,
                follower.recollection());
    }

    private synchronized void closeAll() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger(StandbyFace.class.getName())
                        .log(System.Logger.Level.WARNING, "something did not close", e);
            }
        }
    }

    /// Whoever is about to lead doesn't wait for what is being opened: that closes itself.
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            closeAll();
        }
        opening.interrupt();
    }
}
