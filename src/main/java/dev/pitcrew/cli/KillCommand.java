package dev.pitcrew.cli;

import dev.pitcrew.app.Kill;
import dev.pitcrew.app.KillOrder;
import dev.pitcrew.app.KillScope;
import dev.pitcrew.app.KillTest;
import dev.pitcrew.app.Reach;
import dev.pitcrew.app.WrittenKill;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.DockerRuntime;
import dev.pitcrew.runtime.Spool;
import dev.pitcrew.runtime.http.ServiceHooks;
import dev.pitcrew.runtime.http.ServiceProbing;
import dev.pitcrew.server.Asked;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pitcrew kill`: stops all order flow by itself, whatever else is dead.
@Command(
        description = {
            "It blocks new orders and cancels open ones, waits until none is open, else logs out where the venue cancels on disconnect, else cuts, and names each order that may still live and whom to call. It needs no controller, ledger or balancer. Only `rearm` lifts it.",
            "",
            "Exit code 0: no order is open, confirmed. Exit code 4: call the venue."
        })
final class KillCommand extends DeskCommand {
    private static final String WORKS = "all of it would work";

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Only this service, and the strategies that send to it.")
    private @Nullable String service;

    @Option(
            names = "--venue",
            paramLabel = "NAME",
            description = "Only services connected to this venue.")
    private @Nullable String venue;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            converter = TimeOption.class,
            defaultValue = "5s",
            description =
                    "How long to wait until no order is open, before each harder measure: such as 5s; else ${DEFAULT-VALUE}.")
    private Duration limit = Duration.ofSeconds(5);

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, in your words; it goes into the ledger.")
    private String reason = "";

    @Option(
            names = "--test",
            description =
                    "Check that it would work, and stop nothing. A gate may ask when that was last done.")
    private boolean isTest;

    @Override
    Unnamed unnamed() {
        return Unnamed.RUNNING;
    }

    @Override
    ExitCode run(Where.Place place) throws IOException {
        var order =
                new KillOrder(
                        UUID.randomUUID().toString(),
                        Optional.ofNullable(service),
                        Optional.ofNullable(venue),
                        limit,
                        Client.whoAmI(place.data()),
                        reason);
        var processes =
                DockerRuntime.startedBefore(
                        place.system(), place.environment(), place.data().path(), System.getenv());
        var probing = new ServiceProbing(Clock.systemUTC());
        try (var hooks = new ServiceHooks(processes)) {
            var reach =
                    new Reach(
                            place.system(),
                            place.data().path(),
                            processes,
                            hooks,
                            probing,
                            System.getenv());
            return isTest
                    ? test(new KillTest(reach).run(order), order, place)
                    : kill(new Kill(reach, Clock.systemUTC()), order, place);
        }
    }

    private ExitCode kill(Kill kill, KillOrder order, Where.Place place) {
        // Told and written down beside, and not waited for: so nobody begins again meanwhile, and
        // after us neither should we die.
        var telling = Thread.ofVirtual().start(() -> tell(place, order, Spool.BEGUN));
        var report =
                new WrittenKill(
                                kill,
                                new Spool(place.data().path()),
                                place.system(),
                                Clock.systemUTC())
                        .run(order);
        telling.interrupt();
        for (var trouble : report.troubles()) {
            err().println("pitcrew: " + trouble);
        }
        show(
                report,
                "%s, environment %s\n%s"
                        .formatted(
                                place.system().name(),
                                place.environment().name(),
                                KillText.of(report, ink())));
        return report.isClean() ? ExitCode.OK : ExitCode.STUCK;
    }

    private static void tell(Where.Place place, KillOrder order, String result) {
        try (var client = Client.of(place.data())) {
            for (var name : KillScope.of(place.system(), order).names()) {
                client.ask("killed", Asked.killed(name, order.name(), order.reason(), result));
            }
        } catch (Refused
                | OperationFailed
                        _) { // no controller runs, or it does not answer: the spool tells it later
        }
    }

    private ExitCode test(List<KillTest.Tried> tried, KillOrder order, Where.Place place) {
        var good = tried.stream().allMatch(KillTest.Tried::works);
        var notes = new ArrayList<String>();
        if (good) {
            record(order, place).ifPresent(notes::add);
        }
        show(tried, KillTest.text(tried));
        notes.forEach(note -> err().println("pitcrew: " + note));
        return good ? ExitCode.OK : ExitCode.REFUSED;
    }

    /// By way of the controller, else of the spool: whoever has a wrong token does not get round it by the spool.
    ///
    /// @return why it could not be written down
    private static Optional<String> record(KillOrder order, Where.Place place) {
        var names = KillScope.of(place.system(), order).names();
        try {
            if (ControllerFile.read(place.data().controller()).isEmpty()) {
                spool(names, order, place);
                return Optional.empty();
            }
            try (var client = Client.of(place.data())) {
                for (var name : names) {
                    client.ask(
                            "kill-tested",
                            new Asked(name, null, null, null, "", WORKS, false, false));
                }
            } catch (OperationFailed _) { // it does not answer
                spool(names, order, place);
            }
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of("the test is not in the ledger: " + e.sentence());
        } catch (OperationFailed e) {
            return Optional.of("the test is not in the ledger: " + e.getMessage());
        }
    }

    private static void spool(List<String> services, KillOrder order, Where.Place place) {
        var spool = new Spool(place.data().path());
        var now = Clock.systemUTC().instant();
        for (var name : services) {
            spool.write(new DeskEvent.KillTested(now, name, order.by(), WORKS));
        }
    }
}
