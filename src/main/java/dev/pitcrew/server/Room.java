package dev.pitcrew.server;

import dev.pitcrew.app.KillOrder;
import dev.pitcrew.app.KillReport;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Outside;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.ControllerStatus;
import dev.pitcrew.runtime.Loop;
import dev.pitcrew.runtime.Recollection;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// What of a controller the API works on.
///
/// @param system the effective system of the environment
/// @param facts the outside world as last observed
/// @param releases what a version of a service is, by its files; throws `IllegalArgumentException` when one is missing
/// @param outside asks what others run of the services; throws `OperationFailed` when that can't be told
/// @param status how the controller is
/// @param opening what a start of day works on
/// @param kill stops order flow and writes that down
/// @param recollection where what is shown of the past begins
public record Room(
        TradingSystem system,
        Environment environment,
        Loop loop,
        Supplier<Facts> facts,
        Ledger ledger,
        BiFunction<Service, Version, Release> releases,
        Supplier<Outside> outside,
        Supplier<ControllerStatus> status,
        OpeningRoom opening,
        Function<KillOrder, KillReport> kill,
        Recollection recollection) {
    /// One in which nobody can kill, nobody else runs anything, and nothing of the past is kept.
    public Room(
            TradingSystem system,
            Environment environment,
            Loop loop,
            Supplier<Facts> facts,
            Ledger ledger,
            BiFunction<Service, Version, Release> releases,
            Supplier<ControllerStatus> status,
            OpeningRoom opening) {
        this(
                system,
                environment,
                loop,
                facts,
                ledger,
                releases,
                () -> Outside.NONE,
                status,
                opening,
                _ -> {
                    throw new IllegalArgumentException(
                            "nobody can kill from here; `pitcrew kill` works");
                },
                Recollection.none(ledger));
    }

    /// What others run beside a change of a service. Asked only where nothing of it runs from here: only then one is started for the first time.
    Outside beside(Service service) {
        var instances = loop.desk().service(service.name()).roster().instances();
        return instances.isEmpty() ? outside.get() : Outside.NONE;
    }
}
