package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.LedgerStore;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.balancer.BalancerClient;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.http.Probing;
import dev.pitcrew.runtime.http.ServiceHooks;
import dev.pitcrew.runtime.http.ServiceProbing;
import dev.pitcrew.runtime.ledger.PostgresLease;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.LocalHostFacts;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The one loop with the real world around it: the ledger, the processes, the balancer, the probes and the hooks.
///
/// It may be killed at any moment. Whoever opens the same data folder next adopts what runs, performs again what was
/// intended and has no outcome, and goes on. Closing it stops no service.
public final class Controller implements AutoCloseable {
    private static final Duration WITNESS_LIMIT = Duration.ofSeconds(5);

    private final TradingSystem system;
    private final Path dataFolder;
    private final Deque<AutoCloseable> open; // closed in reverse
    private final Leadership leadership;
    private final LedgerStore store;
    private final Ledger ledger;
    private final LocalProcesses here;
    private final Processes processes; // of all hosts
    private final Optional<DockerRuntime> docker;
    private final @Nullable Hosting hosting; // where there are several
    private final Traffic traffic;
    private final @Nullable BalancerKeeper balancer; // of our own; nobody else's is ours to keep
    private final InstantSource clock;
    private final Memory memory;
    private final Witnesses witnesses;
    private final Observer observer;
    private final Openings openings;
    private final Recollection recollection;
    private final Loop loop;
    private final Alarm alarm = new Alarm();
    private final Turning turning;
    private final Tidying tidying;

    /// Takes the data folder, opens the ledger, adopts what runs and begins to work.
    ///
    /// @throws OperationFailed with `IN_USE` when another controller works here, and with the ledger's codes
    /// @throws IllegalArgumentException when the settings can't be worked with
    public static Controller open(ControllerSettings settings) {
        return open(settings, null);
    }

    /// Begins to work among several, under a lease that it gives back in the end.
    ///
    /// @throws OperationFailed with the ledger's codes
    public static Controller open(ControllerSettings settings, @Nullable PostgresLease lease) {
        var open = new ArrayDeque<AutoCloseable>();
        try {
            if (lease != null) {
                open.push(lease);
            }
            open.push(
                    lease == null
                            ? ControllerLock.take(settings.dataFolder())
                            : ControllerLock.share(settings.dataFolder()));
            var controller = new Controller(settings, open, lease);
            controller.begin();
            return controller;
        } catch (IOException e) {
            closeAll(open);
            throw new OperationFailed(
                    Code.FILE_UNUSABLE,
                    settings.dataFolder() + " can't be used: " + e.getMessage(),
                    e);
        } catch (RuntimeException | Error e) {
            closeAll(open);
            throw e;
        }
    }

    private Controller(
            ControllerSettings settings, Deque<AutoCloseable> open, @Nullable PostgresLease lease)
            throws IOException {
        this.open = open;
        leadership = lease == null ? Leadership.ALONE : Leadership.under(lease);
        system = settings.system();
        var folder = settings.dataFolder();
        dataFolder = folder;
        var balancerFile = folder.resolve("balancer.json");
        var environment = settings.where();
        var proxy = Balancers.place(settings);
        here = new LocalProcesses(folder.resolve("processes"));
        docker = DockerRuntime.of(system, environment, folder, settings.variables());
        docker.ifPresent(open::push);
        if (lease != null && settings.host().isPresent()) {
            var claimed = Hosting.claim(lease, settings.host().get(), here, folder);
            open.push(claimed);
            hosting = claimed;
            processes = claimed.processes();
        } else {
            hosting = null;
            processes = docker.isPresent() ? docker.get().beside(here) : here;
        }
        var addresses =
                new Addresses(
                        processes,
                        folder.resolve("ports.json"),
                        DockerRuntime.placing(docker, settings.host()));
        var variables =
                new Variables(
                        system,
                        folder,
                        balancerFile,
                        Balancers.fronts(proxy),
                        addresses,
                        settings.variables());
        var own = OwnLedger.open(settings, lease, variables, hosting == null, open::push);
        store = own.store();
        ledger = Ledger.open(store, own.key(), Set.of(Recollection.DESK, Recollection.SHOWN));
        clock = SteadyClock.notBefore(lastEntry());
        witnesses =
                new Witnesses(
                        ledger,
                        environment.witnesses().stream()
                                .map(one -> DeclaredWitness.of(one, variables, WITNESS_LIMIT))
                                .toList(),
                        clock);
        open.push(witnesses);
        if (proxy.isPresent()) {
            balancer = null;
            traffic = Balancers.traffic(environment, proxy.get());
        } else {
            balancer =
                    new BalancerKeeper(
                            system, environment, folder, balancerFile, here, leadership::holds);
            open.push(balancer);
            traffic = new BalancerClient(balancerFile);
        }
        var hooks = new ServiceHooks(processes);
        open.push(hooks);
        Probing probing = new ServiceProbing(clock);
        if (docker.isPresent()) {
            probing = docker.get().probing(probing, clock);
        }
        var keeping = PastKeeper.thread();
        open.push(() -> PastKeeper.end(keeping));
        recollection = new Recollection(ledger, this::mayAppend, keeping, clock);
        var past = Past.of(ledger, recollection);
        var pastKeeper = new PastKeeper(ledger, recollection, past, keeping);
        memory =
                new Memory(
                        new LedgerJournal(ledger, past.size(), past.people()), past.remembered());
        var instances = new Instances(system, addresses, variables);
        var underway = new Underway(this::desk);
        observer =
                new Observer(
                        system,
                        this::desk,
                        underway,
                        processes,
                        probing,
                        instances,
                        new Reconciler(system, addresses, probing, clock),
                        new Surroundings(
                                this::desk, processes, instances, traffic, clock, alarm::ring),
                        new Gauges(
                                system,
                                environment,
                                own.file(),
                                new LocalHostFacts(),
                                memory,
                                witnesses::seen,
                                variables,
                                clock,
                                InstantSource.system()),
                        clock,
                        alarm::ring);
        openings =
                new Openings(
                        system,
                        environment,
                        this::desk,
                        instances,
                        probing,
                        memory,
                        variables,
                        clock);
        var launcher =
                new Launcher(
                        system.folder(),
                        folder,
                        addresses,
                        variables,
                        new Secrets(system.folder(), settings.variables()),
                        docker.isPresent());
        var performer =
                new LocalPerformer(
                        system,
                        this::desk,
                        processes,
                        new SteeringPerformer(this::desk, traffic, addresses),
                        hooks,
                        launcher,
                        instances,
                        new PendingKills(new Spool(folder), this::desk, hooks, probing),
                        observer::started);
        var writer =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("ledger").factory());
        open.push(writer);
        loop =
                new Loop(
                        Desk.decider(system, environment),
                        past.desk(),
                        memory,
                        new WakingPerformer(
                                new LeadingPerformer(performer, leadership),
                                () -> {
                                    observer.hurry();
                                    alarm.ring();
                                }),
                        writer,
                        alarm::ring);
        turning = new Turning(loop, observer, underway, leadership, witnesses, alarm);
        tidying =
                new Tidying(
                        processes,
                        docker,
                        this::desk,
                        leadership,
                        new SpoolTaking(system, new Spool(folder), loop, memory, this::facts),
                        pastKeeper);
    }

    private Instant lastEntry() {
        return ledger.entries(Math.max(0, ledger.size() - 1))
                .findFirst()
                .map(Entry::at)
                .orElse(Instant.MIN);
    }

    private void begin() throws IOException {
        try {
            if (hosting != null) {
                hosting.start(desk());
            }
            Imported.check(dataFolder, desk(), processes);
            open.push(processes.watch(this::died));
            if (balancer != null) {
                balancer.start(system, traffic);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(
                    Code.NOT_STARTED, "interrupted while the balancer started", e);
        }
        observer.start();
        open.push(observer);
        witnesses.start();
        tidying.start();
        turning.start();
    }

    private void died(String instance, dev.pitcrew.runtime.process.ProcessState state) {
        if (balancer != null && instance.equals(BalancerKeeper.NAME)) {
            balancer.died();
        } else if (state.dead()) {
            observer.died(instance);
            alarm.ring();
        }
    }

    /// Whether the ledger may be written by somebody who doesn't wait for his turn.
    private boolean mayAppend() {
        return leadership.holds() && witnesses.objection().isEmpty() && loop.trouble() == null;
    }

    /// The loop, for operators' intents.
    public Loop loop() {
        return loop;
    }

    /// What the ledger says.
    public Desk desk() {
        return loop.desk();
    }

    /// What was last observed.
    public Facts facts() {
        return observer.facts();
    }

    /// The ledger; it stays the controller's own, which closes it.
    public Ledger ledger() {
        return ledger;
    }

    /// Where folds over the ledger begin.
    public Recollection recollection() {
        return recollection;
    }

    /// Steers and tells the traffic of services.
    public Traffic traffic() {
        return traffic;
    }

    /// The processes of the environment.
    public Processes processes() {
        return processes;
    }

    /// Time as the loop sees it.
    public InstantSource clock() {
        return clock;
    }

    /// What a start of day asks.
    public Openings openings() {
        return openings;
    }

    /// How it is.
    public ControllerStatus status() {
        var trouble = turning.trouble().map(RuntimeException::toString);
        var residents = Residents.of(processes);
        return new ControllerStatus(
                witnesses.objection(),
                trouble,
                residents.unknown(desk()),
                residents.uses(processes),
                residents.hosts(this::host),
                witnesses.states(),
                witnesses.seen(),
                ledger.size(),
                balancer == null ? Optional.empty() : balancer.restart(),
                leadership.told(),
                recollection.told());
    }

    private Optional<String> host(KnownProcess one) {
        return hosting == null
                ? docker.flatMap(it -> it.host(one.instance()))
                : Optional.of(one.host());
    }

    /// Whether it has to be closed and begun anew, in its turn: another one has led since, or the ledger holds more than this one
    /// knows, because the way to the database broke in the midst of an append.
    public boolean isOver() {
        if (leadership.isOver()) {
            return true;
        }
        try {
            return !leadership.isAlone()
                    && loop.trouble() != null
                    && leadership.isConfirmed()
                    && store.size() != ledger.size();
        } catch (OperationFailed _) { // it can't be told now
            return false;
        }
    }

    /// Stops deciding and looking. All that runs goes on running.
    @Override
    public void close() {
        tidying.close();
        turning.close();
        closeAll(open);
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger(Controller.class.getName())
                        .log(System.Logger.Level.WARNING, "something did not close", e);
            }
        }
    }
}
