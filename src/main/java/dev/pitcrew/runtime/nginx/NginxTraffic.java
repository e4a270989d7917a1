package dev.pitcrew.runtime.nginx;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.balancer.ProxyPlace.Front;
import dev.pitcrew.runtime.balancer.ProxyTraffic;
import dev.pitcrew.runtime.balancer.Told;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficRoute;
import dev.pitcrew.runtime.balancer.TrafficState;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.Exchange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// Traffic by way of nginx: each change is a file and a graceful reload, and counts once nginx works with it and no worker from before takes
/// connections.
///
/// nginx can't park requests: while a service is held, each new one gets 503 with Retry-After. Workers from before go on with what they have,
/// and which side a key is on follows from nginx's own hash, the same for every nginx.
public final class NginxTraffic extends ProxyTraffic {
    private static final Duration ASK_LIMIT = Duration.ofSeconds(1);
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(4);
    private static final int LINE_MAX = 4000; // nginx reads no longer one, not even a comment
    private static final int LEFT_MAX = 16;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Master master;
    private final String change;
    private final ReentrantLock lock; // one reload at a time, for all services

    /// @throws IllegalArgumentException when nobody said where its master process is named
    public NginxTraffic(ProxyPlace place) {
        this(
                place,
                new Master(
                        place.pid()
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "nginx needs proxy.pid: the file that names its master process")),
                        place.configuration()),
                "",
                new ReentrantLock());
    }

    private NginxTraffic(ProxyPlace place, Master master, String change, ReentrantLock lock) {
        super("nginx", place);
        this.master = master;
        this.change = change;
        this.lock = lock;
    }

    @Override
    public Traffic under(String change) {
        return new NginxTraffic(place, master, change, lock);
    }

    @Override
    protected TrafficAnswer change(String service, UnaryOperator<Told> how) {
        var front = place.fronts().get(service);
        if (front == null) {
            return new TrafficAnswer.Refused("the balancer has no service " + service);
        }
        lock.lock();
        try {
            var path = NginxConfig.file(place.folder(), service);
            var before = ServiceFile.read(path);
            var told = how.apply(before.told());
            var answers = generation(front);
            if (told.equals(before.told()) && answers == before.generation()) {
                return stands(service, front, before);
            }
            var next =
                    new ServiceFile(
                            told,
                            Math.max(before.generation(), answers) + 1,
                            change,
                            left(before, told));
            if (next.firstLine().length() > LINE_MAX) {
                return new TrafficAnswer.Refused(
                        service + " has more instances than fit in a line that nginx reads");
            }
            var objection = tell(path, before, NginxConfig.service(service, front, next));
            return objection.isPresent()
                    ? new TrafficAnswer.Refused(objection.get())
                    : confirmed(service, front, next);
        } catch (IOException e) {
            return unreachable(e);
        } finally {
            lock.unlock();
        }
    }

    /// Whoever got requests, or had some left, and gets no new ones.
    private static List<Address> left(ServiceFile before, Told told) {
        var left = new ArrayList<>(before.told().all());
        left.addAll(before.left());
        left.removeAll(told.everybody());
        return left.stream().distinct().limit(LEFT_MAX).toList();
    }

    /// Writes the file, has nginx check all of its files, and reload. What it does not like is taken back, and it goes on as before.
    ///
    /// @return what nginx has against it
    private Optional<String> tell(Path path, ServiceFile before, String text) throws IOException {
        var workers = master.workers();
        var old = Files.readString(path);
        write(path, text);
        var objection = master.objection();
        if (objection.isPresent()) {
            write(path, old);
            return Optional.of(
                    "nothing was changed, because nginx refuses its files: " + objection.get());
        }
        master.reload();
        var until = System.nanoTime() + RELOAD_LIMIT.toNanos();
        while (master.workers().serving().stream().anyMatch(workers.serving()::contains)) {
            if (System.nanoTime() > until) {
                throw new IOException(
                        "workers from before generation %d still take connections"
                                .formatted(before.generation() + 1));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return Optional.empty();
    }

    private static void write(Path file, String text) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /// Once nginx says that it works with it.
    private TrafficAnswer confirmed(String service, Front front, ServiceFile file)
            throws IOException {
        var until = System.nanoTime() + RELOAD_LIMIT.toNanos();
        while (generation(front) != file.generation()) {
            if (System.nanoTime() > until) {
                throw new IOException(
                        "nginx works with generation %d of %s, not %d; see its error log"
                                .formatted(generation(front), service, file.generation()));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return stands(service, front, file);
    }

    /// With which generation of a service's file nginx works.
    private static long generation(Front front) throws IOException {
        var listen = front.listen();
        var at = listen.host().equals("0.0.0.0") ? Address.local(listen.port()) : listen;
        var said = Exchange.get(at, NginxConfig.GENERATION, ASK_LIMIT);
        try {
            if (said.status() == 200) {
                return Long.parseLong(said.body().strip());
            }
        } catch (NumberFormatException _) { // somebody else listens there
        }
        throw new IOException("at %s answers no nginx with our files".formatted(at));
    }

    @Override
    public TrafficAnswer state(String service) {
        var front = place.fronts().get(service);
        if (front == null) {
            return new TrafficAnswer.Refused("the balancer has no service " + service);
        }
        try {
            var file = ServiceFile.read(NginxConfig.file(place.folder(), service));
            var answers = generation(front);
            return answers == file.generation()
                    ? stands(service, front, file)
                    : new TrafficAnswer.Unreachable(
                            "nginx works with generation %d of %s, and its file says %d"
                                    .formatted(answers, service, file.generation()));
        } catch (IOException e) {
            return unreachable(e);
        }
    }

    private static TrafficAnswer unreachable(IOException e) {
        return new TrafficAnswer.Unreachable(
                "nginx does not do as told: "
                        + Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }

    /// A worker from before may still send a request that it has taken, so while one is there something is on its way.
    private TrafficAnswer stands(String service, Front front, ServiceFile file) throws IOException {
        var workers = master.workers();
        var sockets = Sockets.now();
        var told = file.told();
        var everybody = Set.copyOf(told.everybody());
        var known = new ArrayList<>(told.all());
        known.addAll(file.left());
        var lingering = workers.ending().isEmpty() ? 0 : 1;
        var inFlight = sockets.to(known::contains, workers.all());
        var leaving =
                sockets.to(one -> known.contains(one) && !everybody.contains(one), workers.all());
        var connections =
                Math.toIntExact(
                        sockets.all().stream()
                                .filter(one -> one.local().port() == front.listen().port())
                                .count());
        return new TrafficAnswer.Stands(
                new TrafficState(
                        service,
                        front.listen(),
                        told.mode(),
                        told.everybody(),
                        0,
                        Math.max(inFlight, lingering),
                        file.left().isEmpty() ? leaving : Math.max(leaving, lingering),
                        connections,
                        file.generation()));
    }

    /// By its files, where it works with them.
    @Override
    public Optional<Map<String, TrafficRoute>> routes() {
        var routes = new TreeMap<String, TrafficRoute>();
        try {
            for (var one : place.fronts().entrySet()) {
                var file = ServiceFile.read(NginxConfig.file(place.folder(), one.getKey()));
                if (generation(one.getValue()) != file.generation()) {
                    return Optional.empty();
                }
                routes.put(one.getKey(), file.told().route());
            }
            return Optional.of(routes);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
