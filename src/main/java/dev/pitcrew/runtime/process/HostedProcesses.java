package dev.pitcrew.runtime.process;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.process.Placement.Wish;
import dev.pitcrew.runtime.process.ProcessState.Gone;
import dev.pitcrew.runtime.process.ProcessState.Unknown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The processes of a desk on several hosts, seen from one of them. What runs here is this host's to start and to end; what runs elsewhere is
/// known by name and address, and only its own host confirms its death: while nobody there says anything, nothing is confirmed.
///
/// Where an instance is to run is written down before it starts, so none runs that another host takes for dead.
public final class HostedProcesses implements Processes {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 50;

    private final Processes here;
    private final String host;
    private final Placements placements;
    private final Path dataFolder;
    private final Set<String> granting = ConcurrentHashMap.newKeySet();
    private volatile Map<String, Placement> known = Map.of();
    private volatile List<Placement> written = List.of();

    /// @param here the processes of this host
    /// @param host under which address the others reach it
    /// @param dataFolder keeps for `kill` what was read last
    public HostedProcesses(Processes here, String host, Placements placements, Path dataFolder) {
        this.here = here;
        this.host = host;
        this.placements = placements;
        this.dataFolder = dataFolder;
    }

    /// The processes that somebody else started, to look at and to kill, on one host or on several: nothing is written.
    ///
    /// @param dataFolder in which they are listed
    /// @throws IOException when this host can't be asked about processes
    public static Processes startedBefore(Path dataFolder) throws IOException {
        var here = LocalProcesses.startedBefore(dataFolder.resolve("processes"));
        Optional<HostsFile> file;
        try {
            file = HostsFile.read(dataFolder);
        } catch (IOException _) { // a kill of what runs here must not fail for it
            return here;
        }
        return file.<Processes>map(
                        one -> {
                            var hosted =
                                    new HostedProcesses(
                                            here, one.host(), one.asPlacements(), dataFolder);
                            hosted.known = byName(one.asPlacements().all());
                            return hosted;
                        })
                .orElse(here);
    }

    /// Reads where everybody is, says which of ours are dead, and grants what ours were wished. Called again and again, whether this
    /// host's controller leads or stands by.
    ///
    /// @throws OperationFailed when that can't be read; what was read before still counts
    public void refresh() {
        known = byName(placements.all());
        for (var process : here.known()) { // and nothing is said of what is about to start
            var one = known.get(process.instance());
            if (one != null && one.host().equals(host) && !one.hasEnded()) {
                if (process.state().dead()) {
                    ended(one.instance());
                } else {
                    one.wanted().ifPresent(wish -> grant(one.instance(), wish));
                }
            }
        }
        var now = List.copyOf(known.values());
        if (!now.equals(written)) {
            try {
                HostsFile.of(host, now).write(dataFolder);
                written = now;
            } catch (IOException _) { // on a full disk; the older one has to do
            }
        }
    }

    /// Takes up what runs here from the time when the desk had one host.
    ///
    /// @param unplaced instances that the ledger lists and of which nobody has said where they are
    public void adopt(List<Placement> unplaced) {
        for (var one : here.known()) {
            if (one.isReadable() && !one.ports().isEmpty() && !known.containsKey(one.instance())) {
                placements.put(Placement.of(one, host));
            }
        }
        known = byName(placements.all());
        for (var one : unplaced) {
            if (!known.containsKey(one.instance())) {
                placements.put(one);
            }
        }
        refresh();
    }

    private static Map<String, Placement> byName(List<Placement> all) {
        return all.stream().collect(Collectors.toMap(Placement::instance, Function.identity()));
    }

    /// On a thread of its own, since an end may take long.
    private void grant(String instance, Wish wish) {
        if (granting.add(instance)) {
            Thread.ofVirtual()
                    .name(wish + " " + instance)
                    .start(
                            () -> {
                                try {
                                    var end =
                                            switch (wish) {
                                                case STOP ->
                                                        here.stop(instance, Duration.ofSeconds(5));
                                                case KILL -> here.kill(instance);
                                            };
                                    if (end.dead()) {
                                        ended(instance);
                                    }
                                } finally {
                                    granting.remove(instance);
                                }
                            });
        }
    }

    private Optional<Placement> elsewhere(String instance) {
        return Optional.ofNullable(known.get(instance)).filter(one -> !one.host().equals(host));
    }

    @Override
    public Started start(ProcessSpec spec) {
        var other = elsewhere(spec.instance());
        if (other.isPresent()) {
            return new Started.Refused(
                    "%s is placed on %s, which may have started it"
                            .formatted(spec.instance(), other.get().host()));
        }
        try {
            placements.put(Placement.of(spec, host));
            refreshQuietly();
            var started = here.start(spec);
            if (started instanceof Started.Runs) {
                placements.put(
                        Placement.of(
                                spec, host)); // if it was taken for an older one, which is dead
            }
            return started;
        } catch (OperationFailed e) {
            return new Started.Refused(spec.instance() + " is not known to run: " + e.getMessage());
        }
    }

    @Override
    public ProcessState state(String instance) {
        return elsewhere(instance).map(HostedProcesses::said).orElseGet(() -> here.state(instance));
    }

    private static ProcessState said(Placement placement) {
        return placement.hasEnded()
                ? new Gone("%s ended, as %s says".formatted(placement.instance(), placement.host()))
                : new Unknown(
                        "%s runs on %s, which has not said that it is dead"
                                .formatted(placement.instance(), placement.host()));
    }

    @Override
    public ProcessState stop(String instance, Duration grace) {
        return elsewhere(instance).isPresent()
                ? asked(instance, Wish.STOP, grace.plus(KILL_LIMIT))
                : confirmed(instance, here.stop(instance, grace));
    }

    @Override
    public ProcessState kill(String instance) {
        return elsewhere(instance).isPresent()
                ? asked(instance, Wish.KILL, KILL_LIMIT)
                : confirmed(instance, here.kill(instance));
    }

    /// Asks the other host, and waits for its word.
    private ProcessState asked(String instance, Wish wish, Duration limit) {
        try {
            if (!state(instance).dead()) {
                placements.ask(instance, Optional.of(wish));
            }
            waitFor(
                    limit,
                    () -> {
                        refreshQuietly();
                        return state(instance).dead();
                    });
            if (!state(instance)
                    .dead()) { // granted later, it could hit one that is counted on by then
                placements.ask(instance, Optional.empty());
            }
            return state(instance);
        } catch (OperationFailed e) {
            return new Unknown(
                    "%s runs on another host, which can't be asked: %s"
                            .formatted(instance, e.getMessage()));
        }
    }

    private ProcessState confirmed(String instance, ProcessState state) {
        if (state.dead()) {
            ended(instance);
        }
        return state;
    }

    private void ended(String instance) {
        try {
            if (known.containsKey(instance)) {
                placements.ended(instance, host);
            }
        } catch (OperationFailed _) { // said again with the next look
        }
    }

    private void refreshQuietly() {
        try {
            refresh();
        } catch (OperationFailed _) { // what was read before counts
        }
    }

    @Override
    public List<KnownProcess> known() {
        var all = new ArrayList<KnownProcess>();
        here.known().stream()
                .filter(one -> elsewhere(one.instance()).isEmpty())
                .map(one -> one.on(host))
                .forEach(all::add);
        known.values().stream()
                .filter(one -> !one.host().equals(host))
                .map(
                        one ->
                                new KnownProcess(
                                        one.instance(),
                                        one.service(),
                                        one.version(),
                                        List.of(),
                                        one.ports(),
                                        Path.of(one.instance() + ".log"),
                                        said(one),
                                        one.host()))
                .forEach(all::add);
        all.sort(Comparator.comparing(KnownProcess::instance));
        return List.copyOf(all);
    }

    @Override
    public void forget(String instance) {
        if (elsewhere(instance).isEmpty()) {
            here.forget(instance);
        }
        try {
            if (known.containsKey(instance) && state(instance).dead()) {
                placements.forget(instance);
            }
        } catch (OperationFailed _) { // it is tidied up again
        }
    }

    @Override
    public Watching watch(BiConsumer<String, ProcessState> onDeath) {
        return here.watch(
                (instance, state) -> {
                    onDeath.accept(instance, state);
                    confirmed(instance, state);
                });
    }

    private static void waitFor(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
