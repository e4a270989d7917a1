package dev.pitcrew.cli;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.adopt.BesideCompose;
import java.util.Set;

/// Where a verb starts several services it asks for all of them before the first, so that all are started or none. The controller asks for
/// each by itself, whoever wants it started.
final class RunsInCompose {
    private RunsInCompose() {}

    /// Before services are started for the first time.
    ///
    /// @param services that are about to be started
    /// @param status by which it is known whether one ever was
    /// @throws Refused when one of them runs already
    /// @throws dev.pitcrew.model.OperationFailed when an engine can't be asked
    static void refuseBeside(Where.Place place, Set<String> services, DeskStatus status) {
        var first =
                status.services().stream()
                        .filter(one -> one.version().isEmpty() && one.changing() == null)
                        .map(ServiceLine::name)
                        .filter(services::contains)
                        .toList();
        if (first.isEmpty()) {
            return;
        }
        var outside =
                BesideCompose.of(place.file(), place.system(), place.environment(), System.getenv())
                        .get();
        first.stream()
                .flatMap(one -> outside.objection(one).stream())
                .findFirst()
                .ifPresent(
                        why -> {
                            throw new Refused(why, "");
                        });
    }
}
