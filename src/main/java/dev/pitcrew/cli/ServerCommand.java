package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.app.WrittenKill;
import dev.pitcrew.app.adopt.BesideCompose;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.Alarms;
import dev.pitcrew.runtime.Controller;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.Markets;
import dev.pitcrew.runtime.Standby;
import dev.pitcrew.runtime.http.Certificate;
import dev.pitcrew.runtime.http.ServiceHooks;
import dev.pitcrew.runtime.ledger.PostgresLease;
import dev.pitcrew.server.Api;
import dev.pitcrew.server.ControllerFile;
import dev.pitcrew.server.Listening;
import dev.pitcrew.server.OpenWatch;
import dev.pitcrew.server.OpeningRoom;
import dev.pitcrew.server.Operators;
import dev.pitcrew.server.PrivateFile;
import dev.pitcrew.server.Room;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew server`: the controller, in the foreground, until TERM or INT. Its end never stops a service. Of several with their
/// ledger in one database, one leads and the others stand by.
@Command(
        description = {
            "The controller decides, keeps what was approved, and answers the other verbs. TERM or INT ends it, and never a service. `up` starts one in the background. The first one makes its user an operator."
        })
final class ServerCommand extends DeskCommand {
    static final String WAITING = "pitcrew: waiting for "; // how a line begins of what we wait for
    private static final long TURN_MILLIS = 500;
    private static final Duration ENGINE_LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "The port of its API and console on 127.0.0.1; 0 takes any free one; else 0.")
    private int port;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Where other hosts reach API and console as well, by TLS only: it wants --certificate and --key.")
    private @Nullable String listen;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "With --listen: the certificate and those that signed it, as PEM.")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "With --listen: the certificate's key, as PEM (PKCS #8).")
    private @Nullable Path key;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "Where controllers are on several hosts: this one's address, at which the others reach the services that run here. The ledger is in PostgreSQL, and each host has a data folder of its own.")
    private @Nullable String host;

    @Option(
            names = "--clients",
            paramLabel = "FILE",
            description =
                    "With --listen: whoever comes that way shows a certificate as well as a token; these, or who signed them, as PEM.")
    private @Nullable Path clients;

    @Override
    ExitCode run(Where.Place place) throws Exception {
        var listening = listening();
        var settings = settings(place);
        SystemFile.warnings(place.file(), place.environment().name())
                .forEach(one -> say("warning: " + one));
        var data = place.data();
        Files.createDirectories(data.path());
        Files.writeString(data.environment(), place.environment().name() + "\n");
        DockerRuntime.await(settings, ENGINE_LIMIT, this::say);
        var operators = new Operators(data.operators(), new SecureRandom());
        var asked = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, closed)));
        try {
            if (Standby.isNeeded(settings)) {
                takeTurns(place, settings, operators, listening, asked);
            } else {
                try (var controller = Controller.open(settings)) {
                    serve(place, controller, operators, listening, asked::await);
                }
            }
        } finally {
            closed.countDown();
        }
        return ExitCode.OK;
    }

    private void say(String text) {
        err().println("pitcrew: " + text);
        err().flush();
    }

    /// Stands by until it leads, leads until it can't any more, and stands by again.
    private void takeTurns(
            Where.Place place,
            ControllerSettings settings,
            Operators operators,
            Listening listening,
            CountDownLatch asked)
            throws Exception {
        var said = "";
        var listed = place.data().turns().resolve(ProcessHandle.current().pid() + ".json");
        Files.createDirectories(place.data().turns());
        ControllerFile.here(0).write(listed); // so that `down` ends us as well
        @Nullable StandbyFace face = null;
        try (var standby = Standby.of(settings)) {
            do {
                var lease = standby.tryTake();
                if (lease.isPresent()) {
                    if (face != null) { // the other one's port is wanted
                        face.close();
                        face = null;
                        ControllerFile.here(0).write(listed);
                    }
                    lead(place, settings, lease.get(), operators, listening, asked);
                    said = "";
                } else if (!said.equals(standby.told())) {
                    said = standby.told();
                    live("controller pid %d %s".formatted(ProcessHandle.current().pid(), said));
                }
                if (lease.isEmpty() && face == null) {
                    face =
                            new StandbyFace(
                                    place,
                                    settings,
                                    operators,
                                    listening,
                                    standby::leader,
                                    listed,
                                    where ->
                                            live(
                                                    "controller pid %d %s"
                                                            .formatted(
                                                                    ProcessHandle.current().pid(),
                                                                    where)));
                }
            } while (!asked.await(TURN_MILLIS, TimeUnit.MILLISECONDS));
        } finally {
            if (face != null) {
                face.close();
            }
            Files.deleteIfExists(listed);
        }
    }

    /// Until it is asked to end, or has to begin anew.
    private void lead(
            Where.Place place,
            ControllerSettings settings,
            PostgresLease lease,
            Operators operators,
            Listening listening,
            CountDownLatch asked)
            throws Exception {
        try (var controller = Controller.open(settings, lease)) {
            serve(
                    place,
                    controller,
                    operators,
                    listening,
                    () -> {
                        while (!asked.await(TURN_MILLIS, TimeUnit.MILLISECONDS)
                                && !controller.isOver()) {
                            // Nobody tells us that another one leads; so we look.
                        }
                    });
        } catch (OperationFailed e) {
            if (e.code() != Code.LEDGER_UNAVAILABLE && e.code() != Code.LEDGER_LEASE_LOST) {
                throw e;
            }
            live("controller can't lead: " + e.getMessage());
        }
    }

    /// Waits for the end of a controller's work.
    @FunctionalInterface
    private interface End {
        void await() throws InterruptedException;
    }

    private void serve(
            Where.Place place,
            Controller controller,
            Operators operators,
            Listening listening,
            End end)
            throws Exception {
        var data = place.data();
        firstOperator(operators, data);
        try (var hooks = new ServiceHooks(controller.processes())) {
            answer(place, room(place, controller, hooks), operators, listening, end);
        }
    }

    private void answer(
            Where.Place place, Room room, Operators operators, Listening listening, End end)
            throws Exception {
        var data = place.data();
        try (var api = new Api(room, operators, listening);
                var _ = OpenWatch.start(room, LOOK)) {
            var here = ControllerFile.here(api.port());
            here.write(data.controller());
            show(
                    Map.of(
                            "system", place.system().name(),
                            "environment", place.environment().name(),
                            "pid", ProcessHandle.current().pid(),
                            "url", "http://127.0.0.1:" + api.port(),
                            "data", data.path().toString()),
                    "controller of %s %s: pid %d, http://127.0.0.1:%d, data in %s"
                                    .formatted(
                                            place.system().name(),
                                            place.environment().name(),
                                            ProcessHandle.current().pid(),
                                            api.port(),
                                            data.path())
                            + api.portBeyond().map(port -> "\nalso https://" + listen).orElse(""));
            out().flush();
            end.await();
            if (ControllerFile.read(data.controller()).filter(here::equals).isPresent()) {
                Files.deleteIfExists(data.controller()); // unless another one leads already
            }
        }
    }

    /// Before anything is begun: a file that this release can't work with is refused with the place to mend.
    private ControllerSettings settings(Where.Place place) {
        var name = place.environment().name();
        Stream.concat(
                        Markets.of(place.system(), place.environment()).stream(),
                        place.system().services().stream()
                                .flatMap(
                                        one ->
                                                Markets.of(place.system(), place.environment(), one)
                                                        .stream()))
                .flatMap(one -> one.problem().stream())
                .findFirst()
                .ifPresent(
                        problem -> {
                            var where =
                                    SystemFile.place(
                                            place.file(), "environments", name, "gates", "market");
                            throw new Refused(
                                    where + " the market gate can't be measured: " + problem, "");
                        });
        Markets.ofOpening(place.system(), place.environment())
                .flatMap(Markets::problem)
                .ifPresent(
                        problem -> {
                            var where =
                                    SystemFile.place(place.file(), "environments", name, "opening");
                            throw new Refused(
                                    where + " the start of day can't be told: " + problem, "");
                        });
        try {
            return new ControllerSettings(
                    place.system(),
                    name,
                    place.data().path(),
                    System.getenv(),
                    Optional.ofNullable(host));
        } catch (IllegalArgumentException e) {
            if (host != null) {
                throw new Refused(String.valueOf(e.getMessage()), "");
            }
            var where = SystemFile.place(place.file(), "environments", name, "balancer");
            throw new Refused(where + " " + e.getMessage(), "");
        }
    }

    /// Asks for the end and waits for it; a signal is the usual way to end, so the exit code is 0.
    private static void end(CountDownLatch asked, CountDownLatch closed) {
        if (closed.getCount() == 0) {
            return; // it ended by itself, with an exit code of its own
        }
        asked.countDown();
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.OK.code());
    }

    /// Beyond this host nobody speaks in the clear.
    private Listening listening() {
        if (listen == null) {
            if (certificate != null || key != null || clients != null) {
                throw new UsageError(
                        "--certificate, --key and --clients go with --listen HOST:PORT");
            }
            return Listening.onLoopback(port);
        }
        var end = listen.lastIndexOf(':');
        if (end < 1 || !listen.substring(end + 1).matches("\\d{1,5}")) {
            throw new UsageError("--listen wants HOST:PORT, got '" + listen + "'");
        }
        if (certificate == null || key == null) {
            throw new UsageError(
                    "--listen wants --certificate FILE and --key FILE: other hosts are never served in the clear");
        }
        var address =
                new InetSocketAddress(
                        listen.substring(0, end), Integer.parseInt(listen.substring(end + 1)));
        return new Listening(
                port,
                Optional.of(
                        new Listening.Beyond(
                                address,
                                Certificate.tls(certificate, key, Optional.ofNullable(clients)),
                                clients != null)));
    }

    /// Without any operator nobody could do anything, so whoever starts the first controller is one. Behind the controller's lock: of two
    /// first starts only one gets here.
    private static void firstOperator(Operators operators, DataFolder data) {
        if (operators.names().isEmpty()) {
            var name = Operators.nameOf(Client.user());
            PrivateFile.write(
                    data.ownToken(),
                    operators.add(name, Optional.of("the first controller")) + "\n");
        }
    }

    private static Room room(Where.Place place, Controller controller, ServiceHooks hooks)
            throws IOException {
        return new Room(
                place.system(),
                place.environment(),
                controller.loop(),
                controller::facts,
                controller.ledger(),
                DockerRuntime.artifacts(place.system(), place.environment(), System.getenv())
                        ::release,
                BesideCompose.of(
                        place.file(), place.system(), place.environment(), System.getenv()),
                controller::status,
                OpeningRoom.of(
                        controller,
                        new Alarms(
                                place.system(),
                                place.environment(),
                                place.data().path(),
                                System.getenv())),
                WrittenKill.of(
                                place.system(),
                                place.data().path(),
                                controller.processes(),
                                hooks,
                                System.getenv(),
                                Clock.systemUTC())
                        ::run,
                controller.recollection());
    }
}
