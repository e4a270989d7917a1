package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.OpenFacts;
import dev.pitcrew.market.Calendar;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Opening.Backup;
import dev.pitcrew.model.Opening.BackupCommand;
import dev.pitcrew.model.Opening.BackupFile;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.SequenceNumbers;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.http.Instance;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.runtime.http.Probing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Looks up what a start of day asks and nobody observes all the time. Each thing on a thread of its own; what does not tell stays unknown.
public final class Openings {
    private final TradingSystem system;
    private final Environment environment;
    private final Supplier<Desk> desk;
    private final Instances instances;
    private final Probing probing;
    private final Memory memory;
    private final Variables variables;
    private final InstantSource clock;
    private final Optional<Markets> markets;

    Openings(
            TradingSystem system,
            Environment environment,
            Supplier<Desk> desk,
            Instances instances,
            Probing probing,
            Memory memory,
            Variables variables,
            InstantSource clock) {
        this.system = system;
        this.environment = environment;
        this.desk = desk;
        this.instances = instances;
        this.probing = probing;
        this.memory = memory;
        this.variables = variables;
        this.clock = clock;
        this.markets = Markets.ofOpening(system, environment);
    }

    /// The calendars of the venues that are listed, as they are now. It may read a file.
    public List<Calendar> calendars() {
        markets.ifPresent(Markets::refresh);
        return markets.map(Markets::venues).orElse(List.of());
    }

    /// When the controller asked for a start of day by itself last; `Instant.MIN` when it never did.
    public Instant asked() {
        return memory.opened();
    }

    /// Looks; takes no longer than the slowest of what it asks may take.
    public OpenFacts look(ControllerStatus status) {
        var venues = calendars();
        var sequences =
                all(
                        system.services().stream()
                                .filter(one -> one.probe(ProbeName.SEQUENCE_OUT).isPresent())
                                .toList(),
                        Service::name,
                        this::sequence);
        var backups = all(environment.opening().backups(), Backup::name, this::age);
        return new OpenFacts(
                venues,
                markets.flatMap(Markets::problem),
                sequences,
                backups,
                memory.sequences(),
                killTests(),
                troubles(status));
    }

    private static List<String> troubles(ControllerStatus status) {
        var troubles = new ArrayList<String>();
        status.objection().ifPresent(troubles::add);
        status.trouble().ifPresent(troubles::add);
        status.unknownInstances()
                .forEach(one -> troubles.add(one + " runs, and the ledger knows nothing of it"));
        return troubles;
    }

    private Map<String, Instant> killTests() {
        var all = new HashMap<String, Instant>();
        for (var service : system.services()) {
            memory.killTested(service.name()).ifPresent(at -> all.put(service.name(), at));
        }
        return all;
    }

    private static <T, R> Map<String, R> all(
            List<T> each, Function<T, String> name, Function<T, R> how) {
        var asked =
                each.stream()
                        .collect(
                                Collectors.toMap(
                                        name,
                                        one ->
                                                CompletableFuture.supplyAsync(
                                                        () -> how.apply(one),
                                                        Thread.ofVirtual()::start)));
        return asked.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().join()));
    }

    private Observed<SequenceNumbers> sequence(Service service) {
        var sent = clock.instant();
        var roster = desk.get().service(service.name()).roster();
        return roster.active()
                .flatMap(name -> instance(service, name, roster.versionOf(name).orElse("")))
                .flatMap(one -> sequence(service, one))
                .map(one -> new Observed<>(one, sent))
                .orElse(Observed.unknown());
    }

    private Optional<Instance> instance(Service service, String name, String version) {
        try {
            return instances.of(service, version, name);
        } catch (IllegalArgumentException _) { // a command of it names what is not known now
            return Optional.empty();
        }
    }

    private Optional<SequenceNumbers> sequence(Service service, Instance instance) {
        var probes =
                service.probes().byName().entrySet().stream()
                        .filter(
                                one ->
                                        one.getKey() == ProbeName.SEQUENCE_OUT
                                                || one.getKey() == ProbeName.SEQUENCE_IN)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var read = probing.read(instance, probes, service.probes().timeout());
        var out = number(read.get(ProbeName.SEQUENCE_OUT));
        var in = number(read.get(ProbeName.SEQUENCE_IN));
        return out.flatMap(one -> in.map(other -> new SequenceNumbers(one, other)));
    }

    private static Optional<Long> number(@org.jspecify.annotations.Nullable ProbeReading reading) {
        try {
            return reading instanceof ProbeReading.Value(var text, _)
                    ? Optional.of(Long.parseLong(text.strip()))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private Observed<Duration> age(Backup backup) {
        var sent = clock.instant();
        try {
            var age =
                    switch (backup.source()) {
                        case BackupFile(var path) ->
                                newest(system.folder().resolve(path.fill(variables.common())))
                                        .map(at -> Duration.between(at, sent));
                        case BackupCommand(var command, var timeout) -> {
                            var argv =
                                    command.stream()
                                            .map(word -> word.fill(variables.common()))
                                            .toList();
                            var text = Commands.output(argv, system.folder(), timeout);
                            yield Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
                        }
                    };
            return age.filter(one -> !one.isNegative()) // made in the future, it tells nothing
                    .map(one -> new Observed<>(one, clock.instant()))
                    .orElse(Observed.unknown());
        } catch (IOException | IllegalArgumentException _) {
            return Observed.unknown();
        }
    }

    /// When a file was last written, or of a folder the newest file in it.
    private static Optional<Instant> newest(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Optional.of(Files.getLastModifiedTime(path).toInstant());
        }
        var latest = Optional.<Instant>empty();
        try (var files = Files.newDirectoryStream(path, Files::isRegularFile)) {
            for (var file : files) {
                var at = Files.getLastModifiedTime(file).toInstant();
                latest = Optional.of(latest.filter(at::isBefore).orElse(at));
            }
        }
        return latest;
    }
}
