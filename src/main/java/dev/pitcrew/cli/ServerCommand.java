package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.Artifacts;
import dev.pitcrew.runtime.Controller;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.Markets;
import dev.pitcrew.server.Api;
import dev.pitcrew.server.ControllerFile;
import dev.pitcrew.server.Operators;
import dev.pitcrew.server.PrivateFile;
import dev.pitcrew.server.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew server`: the controller, in the foreground, until TERM or INT. Its end never stops a service.
@Command(
        description = {
            "The controller decides, keeps what was approved, and answers the other verbs. TERM or INT ends it, and never a service. `up` starts one in the background. The first one makes its user an operator."
        })
final class ServerCommand extends DeskCommand {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port of its API, on 127.0.0.1 only; 0 takes any free one; else 0.")
    private int port;

    @Override
    ExitCode run(Where.Place place) throws Exception {
        var settings = settings(place);
        var data = place.data();
        Files.createDirectories(data.path());
        Files.writeString(data.environment(), place.environment().name() + "\n");
        var operators = new Operators(data.operators(), new SecureRandom());
        var asked = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, closed)));
        try (var controller = Controller.open(settings);
                var api = api(place, controller, operators)) {
            ControllerFile.here(api.port()).write(data.controller());
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
                                    data.path()));
            out().flush();
            asked.await();
            Files.deleteIfExists(data.controller());
        } finally {
            closed.countDown();
        }
        return ExitCode.OK;
    }

    /// Before anything is begun: a file that this release can't work with is refused with the place to mend.
    private static ControllerSettings settings(Where.Place place) {
        var name = place.environment().name();
        Markets.of(place.system(), place.environment())
                .flatMap(Markets::problem)
                .ifPresent(
                        problem -> {
                            var where =
                                    SystemFile.place(
                                            place.file(), "environments", name, "gates", "market");
                            throw new Refused(
                                    where + " the market gate can't be measured: " + problem, "");
                        });
        try {
            return new ControllerSettings(
                    place.system(), name, place.data().path(), System.getenv());
        } catch (IllegalArgumentException e) {
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

    private Api api(Where.Place place, Controller controller, Operators operators)
            throws IOException {
        firstOperator(operators, place.data());
        return new Api(room(place, controller), operators, port);
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

    private static Room room(Where.Place place, Controller controller) throws IOException {
        return new Room(
                place.system(),
                place.environment(),
                controller.loop(),
                controller::facts,
                controller.ledger(),
                new Artifacts(place.system().folder())::release,
                controller::status);
    }
}
