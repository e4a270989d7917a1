package dev.pitcrew.cli;

import dev.pitcrew.app.BringDown;
import dev.pitcrew.app.Reach;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.http.ServiceHooks;
import dev.pitcrew.runtime.http.ServiceProbing;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew down`: ends the controller, then every service in an order that loses nothing. Refused while orders are open.
@Command(
        description = {
            "It ends the controller, then every service, those that depend on others first; who is active drains and logs out before. While orders are open it refuses and says how many."
        })
final class DownCommand extends DeskCommand {
    private static final long LIMIT_SECONDS = 15;

    @Option(
            names = "--with-open-orders",
            description =
                    "Go on although orders are open, or nobody can tell how many. Needs --reason.")
    private boolean isForced;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, in your words; it goes into the ledger.")
    private String reason = "";

    @Override
    ExitCode run(Where.Place place) throws IOException, InterruptedException {
        if (isForced && reason.isBlank()) {
            throw new IllegalArgumentException("--with-open-orders needs a --reason");
        }
        var processes =
                DockerRuntime.startedBefore(
                        place.system(), place.environment(), place.data().path(), System.getenv());
        var probing = new ServiceProbing(Clock.systemUTC());
        try (var hooks = new ServiceHooks(processes)) {
            var down =
                    new BringDown(
                            new Reach(
                                    place.system(),
                                    place.data().path(),
                                    processes,
                                    hooks,
                                    probing,
                                    System.getenv()),
                            Clock.systemUTC());
            if (!isForced) {
                refuseWhileChanging(place);
                down.openOrders()
                        .ifPresent(
                                open -> {
                                    throw new Refused(
                                            open,
                                            "wait, cancel them, or say --with-open-orders and a --reason");
                                });
            }
            endControllers(place); // first, so that the keeper brings nothing back
            var stopped = down.stopAll();
            for (var trouble : stopped.troubles()) {
                err().println("pitcrew: " + trouble);
            }
            down.writeDown(
                    stopped.instances(),
                    place.environment(),
                    Client.whoAmI(place.data()),
                    reason,
                    Clock.systemUTC().instant());
            show(
                    stopped,
                    stopped.instances().isEmpty()
                            ? "nothing ran"
                            : "stopped " + String.join(", ", stopped.instances()));
            return ExitCode.OK;
        }
    }

    /// A change in the midst of which everything ends could only be rolled back by the next controller.
    private static void refuseWhileChanging(Where.Place place) {
        if (ControllerFile.read(place.data().controller())
                .flatMap(ControllerFile::process)
                .isEmpty()) {
            return;
        }
        try (var client = Client.of(place.data())) {
            for (var service : client.status().services()) {
                var change = service.changing();
                if (change != null && !change.state().equals("waiting")) {
                    throw new Refused(
                            "%s of %s is underway".formatted(change.rollout(), service.name()),
                            "wait for its end, `pitcrew abort %s`, or say --with-open-orders and a --reason"
                                    .formatted(service.name()));
                }
            }
        }
    }

    /// Those that stand by first, so that none of them takes over.
    private static void endControllers(Where.Place place) throws IOException, InterruptedException {
        var leading = ControllerFile.read(place.data().controller());
        var all = new LinkedHashSet<ProcessHandle>();
        if (Files.isDirectory(place.data().turns())) {
            try (var files = Files.list(place.data().turns())) {
                files.flatMap(one -> ControllerFile.read(one).stream())
                        .filter(one -> leading.filter(it -> it.pid() == one.pid()).isEmpty())
                        .flatMap(one -> one.process().stream())
                        .forEach(all::add);
            }
        }
        leading.flatMap(ControllerFile::process).ifPresent(all::add);
        for (var one : all) {
            end(one);
        }
    }

    private static void end(ProcessHandle controller) throws InterruptedException {
        controller.destroy();
        try {
            controller.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new OperationFailed(
                    Code.IN_USE,
                    "the controller (pid "
                            + controller.pid()
                            + ") does not end; nothing was stopped",
                    e);
        }
    }
}
