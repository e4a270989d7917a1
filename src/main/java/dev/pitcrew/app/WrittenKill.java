package dev.pitcrew.app;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.Spool;
import dev.pitcrew.runtime.http.Hooks;
import dev.pitcrew.runtime.http.ServiceProbing;
import dev.pitcrew.runtime.process.Processes;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A kill that is written down for the ledger by way of the spool: first that it began, beside it, then what came of it. Nothing of that is
/// waited for before the kill.
///
/// @param spool of the environment's data folder
public record WrittenKill(Kill kill, Spool spool, TradingSystem system, InstantSource clock) {
    /// One that reaches whatever runs of a system.
    ///
    /// @param folder the environment's data folder
    /// @param variables of this process
    public static WrittenKill of(
            TradingSystem system,
            Path folder,
            Processes processes,
            Hooks hooks,
            Map<String, String> variables,
            InstantSource clock) {
        var reach =
                new Reach(system, folder, processes, hooks, new ServiceProbing(clock), variables);
        return new WrittenKill(new Kill(reach, clock), new Spool(folder), system, clock);
    }

    /// Kills, and returns what came of it.
    ///
    /// @throws IllegalArgumentException when the order names nothing that could be killed
    public KillReport run(KillOrder order) {
        var begun = new FutureTask<>(() -> writeDown(begun(order)));
        Thread.ofVirtual().start(begun);
        var report = written(kill.run(order), order);
        if (report.troubles().isEmpty()) {
            takeBack(begun);
        }
        return report;
    }

    private List<DeskEvent.Killed> begun(KillOrder order) {
        var now = clock.instant();
        return KillScope.of(system, order).names().stream()
                .map(name -> killed(now, name, order, Spool.BEGUN))
                .toList();
    }

    private KillReport written(KillReport report, KillOrder order) {
        try {
            writeDown(
                    report.services().stream()
                            .map(name -> killed(report.at(), name, order, report.sentence()))
                            .toList());
            return report;
        } catch (OperationFailed e) {
            return report.with(
                    "the kill is not written down for the ledger, so start nothing of it; make room and kill again: "
                            + e.getMessage());
        }
    }

    private static DeskEvent.Killed killed(
            Instant at, String service, KillOrder order, String result) {
        return new DeskEvent.Killed(
                at, service, order.by(), order.reason(), true, result, order.name());
    }

    private List<Path> writeDown(List<DeskEvent.Killed> kills) {
        return kills.stream().map(spool::write).toList();
    }

    /// What came of it is written down, so that it began need not be.
    private void takeBack(FutureTask<List<Path>> begun) {
        try {
            begun.get(1, TimeUnit.SECONDS).forEach(spool::takeBack);
        } catch (ExecutionException | TimeoutException | OperationFailed _) {
            // The ledger then says so as well.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
