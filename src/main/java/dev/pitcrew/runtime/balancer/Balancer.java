package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The balancer itself: one front for each service in its file, and an admin port. Listens on this machine only.
public final class Balancer implements AutoCloseable {
    private static final int THREADS_MAX = 64;
    private static final long STOP_MILLIS = 2_000;
    private static final int PARKED_MAX = 10_000; // each keeps its client's connection open
    private static final long IDLE_MILLIS = 120_000; // longer than any hold

    private final Path file;
    private final int parkedMax;
    private final Server server = new Server(threads());
    private final Map<String, Front> fronts = new TreeMap<>();
    private BalancerFile state;

    private Balancer(Path file, BalancerFile state, int parkedMax) {
        this.file = file;
        this.parkedMax = parkedMax;
        this.state = state;
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX);
        threads.setName("balancer");
        return threads;
    }

    /// Listens, with the routes and holds of the file.
    ///
    /// @param file a [BalancerFile], kept up to date
    /// @throws Exception when the file can't be read or written, or a port is taken
    public static Balancer start(Path file) throws Exception {
        return start(file, PARKED_MAX);
    }

    /// @param parkedMax how many requests of one service may be held at once
    static Balancer start(Path file, int parkedMax) throws Exception {
        Balancer balancer = new Balancer(file, BalancerFile.read(file), parkedMax);
        balancer.open();
        return balancer;
    }

    private void open() throws Exception {
        ServerConnector admin = connector(state.adminPort());
        Handler.Sequence handlers = new Handler.Sequence(new Admin(this, admin));
        Map<String, BalancerFile.Service> chosen = new TreeMap<>();
        for (Map.Entry<String, BalancerFile.Service> each : state.services().entrySet()) {
            BalancerFile.Service service = each.getValue();
            ServerConnector connector = connector(service.frontPort());
            Front front = new Front(each.getKey(), connector, service, parkedMax);
            handlers.addHandler(front);
            fronts.put(each.getKey(), front);
            chosen.put(
                    each.getKey(),
                    new BalancerFile.Service(
                            connector.getLocalPort(),
                            service.targets(),
                            service.holdMillis(),
                            service.generation(),
                            service.split(),
                            service.changes()));
        }
        BalancerFile complete = new BalancerFile(admin.getLocalPort(), chosen);
        if (!complete.equals(state)) { // before the first client connects, so that the ports stay
            complete.write(file);
            state = complete;
        }
        server.setHandler(handlers);
        server.start();
    }

    /// Bound at once, accepting only when the server starts.
    private ServerConnector connector(int port) throws IOException {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector =
                new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.open();
        server.addConnector(connector);
        return connector;
    }

    Optional<TrafficState> state(String service) {
        return Optional.ofNullable(fronts.get(service)).map(Front::state);
    }

    /// @param targets where requests go from now on; empty: where they went
    /// @param holdMillis how long each is held; 0 ends the hold; empty: as it was
    /// @param split how they differ from each other; empty: where targets are given, in nothing, else as they did
    /// @param changes which change each target was started by, where targets are given
    TrafficAnswer change(
            String service,
            Optional<List<Address>> targets,
            Optional<Long> holdMillis,
            Optional<BalancerFile.Split> split,
            Map<String, String> changes) {
        return change(
                service,
                old ->
                        new BalancerFile.Service(
                                old.frontPort(),
                                targets.map(to -> to.stream().map(Address::toString).toList())
                                        .orElse(old.targets()),
                                holdMillis.orElse(old.holdMillis()),
                                old.generation() + 1,
                                targets.isPresent() ? split.orElse(null) : old.split(),
                                targets.isPresent() ? changes : old.changes()));
    }

    /// Durable first, then in force: a balancer that is killed in between comes back with the change.
    private synchronized TrafficAnswer change(
            String service, UnaryOperator<BalancerFile.Service> how) {
        Front front = fronts.get(service);
        BalancerFile.Service old = state.services().get(service);
        if (front == null || old == null) {
            return new TrafficAnswer.Refused("the balancer has no service " + service);
        }
        BalancerFile.Service changed = how.apply(old);
        boolean same =
                changed.targets().equals(old.targets())
                        && changed.holdMillis() == old.holdMillis()
                        && Objects.equals(changed.split(), old.split())
                        && Objects.equals(changed.changes(), old.changes());
        if (!same) {
            BalancerFile next = state.with(service, changed);
            try {
                next.write(file);
            } catch (IOException e) {
                return new TrafficAnswer.Refused("the balancer can't write " + file + ": " + e);
            }
            state = next;
            front.become(changed);
        }
        return new TrafficAnswer.Stands(front.state());
    }

    /// Where it takes orders from us.
    public Address admin() {
        return Address.local(state.adminPort());
    }

    /// Waits until it is closed.
    public void join() throws InterruptedException {
        server.join();
    }

    /// Accepts nobody any more, lets what is in flight come to its end for a while, and stops.
    @Override
    public void close() throws IOException {
        fronts.values().forEach(Front::acceptNobody);
        var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        while (fronts.values().stream().anyMatch(Front::isBusy) && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the balancer did not stop", e);
        }
    }
}
