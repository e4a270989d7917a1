package dev.pitcrew.app.adopt;

import dev.pitcrew.app.adopt.Adoption.OfService;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.runtime.docker.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What of a project that runs would be taken over, and what not, and why.
///
/// @param project by its label
/// @param engine where it runs
/// @param services of the system file, in its order
/// @param left containers that stay Compose's: their services are left out, or nobody names them
public record Taking(String project, String engine, List<Row> services, List<String> left) {
    public Taking {
        services = List.copyOf(services);
        left = List.copyOf(left);
    }

    /// What becomes of a service.
    public enum Fate {
        /// Its containers become instances.
        TAKE,
        /// Pitcrew keeps it already.
        KEPT,
        /// Nothing of it runs.
        ABSENT,
        /// It runs, and can't be taken over as it is.
        REFUSED
    }

    /// One service.
    ///
    /// @param service its name in the system file
    /// @param why it is not taken; empty when it is
    /// @param image the digest, in hex, of what all of its containers run; empty unless it is taken
    /// @param containers that are taken
    /// @param notes what to know before it is
    public record Row(
            String service,
            Fate fate,
            String why,
            String image,
            List<Taken> containers,
            List<String> notes) {
        public Row {
            containers = List.copyOf(containers);
            notes = List.copyOf(notes);
        }
    }

    /// A container that becomes an instance.
    ///
    /// @param name with its host's where there are several
    /// @param ports where on the host it listens, by the names of the service's ports
    /// @param restart its restart policy until then
    public record Taken(
            String name, String id, String image, Map<String, Integer> ports, String restart) {}

    /// Decides, purely.
    ///
    /// @param adoption what runs, held against the files
    /// @param found the same, as the engine describes it
    /// @param kept what Pitcrew keeps already: versions by service
    static Taking of(
            TradingSystem system, Adoption adoption, List<Found> found, Map<String, String> kept) {
        var rows = new ArrayList<Row>();
        for (Service service : system.services()) {
            var declared =
                    adoption.services().stream()
                            .filter(one -> isOf(service, one.service()))
                            .findFirst();
            var its = found.stream().filter(one -> isOf(service, one.service())).toList();
            rows.add(
                    Optional.ofNullable(kept.get(service.name()))
                            .map(one -> kept(service, one))
                            .orElseGet(() -> row(service, declared, its)));
        }
        return new Taking(
                adoption.project(),
                adoption.engine(),
                rows,
                found.stream()
                        .filter(
                                one ->
                                        system.services().stream()
                                                .noneMatch(it -> isOf(it, one.service())))
                        .map(Found::name)
                        .sorted()
                        .toList());
    }

    private static boolean isOf(Service service, String compose) {
        return ComposeProject.systemName(compose).equals(service.name());
    }

    private static Row kept(Service service, String version) {
        return not(service, Fate.KEPT, "Pitcrew keeps it already, as version " + version);
    }

    private static Row row(Service service, Optional<OfService> declared, List<Found> its) {
        if (declared.isEmpty()) {
            return not(service, Fate.ABSENT, "the project has no such service");
        }
        var living = its.stream().filter(one -> one.container().state().lives()).toList();
        if (living.isEmpty()) {
            return not(
                    service,
                    Fate.ABSENT,
                    its.isEmpty()
                            ? "no container of it is there"
                            : its.getFirst().name()
                                    + " is "
                                    + its.getFirst().container().state().status());
        }
        return TakingRules.objection(service, living)
                .map(why -> not(service, Fate.REFUSED, why))
                .orElseGet(() -> take(service, declared.get(), living));
    }

    private static Row take(Service service, OfService declared, List<Found> living) {
        return new Row(
                service.name(),
                Fate.TAKE,
                "",
                digest(living.getFirst().container()),
                living.stream()
                        .map(
                                one ->
                                        new Taken(
                                                one.name(),
                                                one.container().id(),
                                                one.container().image(),
                                                TakingRules.ports(service, one),
                                                one.container().restart().policy()))
                        .toList(),
                TakingRules.notes(service, declared, living));
    }

    private static String digest(Container one) {
        return one.imageId().substring(one.imageId().indexOf(':') + 1);
    }

    private static Row not(Service service, Fate fate, String why) {
        return new Row(service.name(), fate, why, "", List.of(), List.of());
    }

    /// Whether something of it is refused.
    public boolean isRefused() {
        return services.stream().anyMatch(one -> one.fate() == Fate.REFUSED);
    }

    /// What is taken.
    public List<Row> taken() {
        return services.stream().filter(one -> one.fate() == Fate.TAKE).toList();
    }
}
