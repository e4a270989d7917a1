package dev.pitcrew.runtime.http;

import dev.pitcrew.model.Probe;
import dev.pitcrew.model.Probe.CommandProbe;
import dev.pitcrew.model.Probe.HttpProbe;
import dev.pitcrew.model.Probe.MetricProbe;
import dev.pitcrew.model.Probe.SqlProbe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.runtime.http.ProbeReading.Failed;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// Probes of real services. Every fetch and command of a round runs on a virtual thread of its own, which may block, and every query on a real one.
public final class ServiceProbing implements Probing {
    private static final String METRICS = "/metrics";

    private final InstantSource clock;

    /// @param clock tells when something was observed
    public ServiceProbing(InstantSource clock) {
        this.clock = clock;
    }

    /// A probe under way: the fetch that it waits for, perhaps with others, and how it finds its value in the answer.
    private record Pending(FutureTask<Answer> answer, Function<Answer, ProbeReading> reader) {}

    @Override
    public Map<ProbeName, ProbeReading> read(
            Instance instance, Map<ProbeName, Probe> probes, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<String, FutureTask<Answer>> fetches = new HashMap<>();
        Map<ProbeName, Pending> pending = new EnumMap<>(ProbeName.class);
        probes.forEach(
                (name, probe) -> pending.put(name, begin(instance, name, probe, timeout, fetches)));
        begin(fetches.values(), instance.address());
        Map<ProbeName, ProbeReading> readings = new EnumMap<>(ProbeName.class);
        pending.forEach((name, each) -> readings.put(name, await(each, deadline, timeout)));
        return readings;
    }

    private Pending begin(
            Instance instance,
            ProbeName name,
            Probe probe,
            Duration timeout,
            Map<String, FutureTask<Answer>> fetches) {
        Function<String, FutureTask<Answer>> fetch =
                path ->
                        fetches.computeIfAbsent(
                                path,
                                _ ->
                                        new FutureTask<>(
                                                () -> get(instance.address(), path, timeout)));
        return switch (probe) {
            case HttpProbe(String path, var pointer) ->
                    new Pending(
                            fetch.apply(path),
                            answer -> pointer.map(answer::at).orElseGet(answer::succeeded));
            case MetricProbe(String metric) ->
                    new Pending(fetch.apply(METRICS), answer -> answer.metric(metric));
            case SqlProbe(String store, String query) -> {
                Path file = instance.stores().get(store);
                Callable<Answer> ask =
                        () -> {
                            if (file == null) {
                                throw new SQLException("no store is known as " + store);
                            }
                            return query(file, query, timeout);
                        };
                // A store that is locked blocks in native code, which would keep a processor from
                // all
                // virtual threads.
                var task = new FutureTask<>(ask);
                Thread.ofPlatform().daemon().name("query " + store).start(task);
                yield new Pending(task, Answer::whole);
            }
            case CommandProbe(var command) ->
                    new Pending(
                            start(() -> ended(Command.run(instance, command, Map.of(), timeout))),
                            name == ProbeName.READY ? Answer::succeeded : Answer::whole);
        };
    }

    /// Most rounds are one fetch, and that keeps its limit by itself: it needs no thread of its own. But while a name is looked up nothing does.
    private static void begin(Collection<FutureTask<Answer>> fetches, Address address) {
        if (fetches.size() == 1 && address.isLiteral()) {
            fetches.forEach(FutureTask::run);
        } else {
            fetches.forEach(Thread::startVirtualThread);
        }
    }

    private static FutureTask<Answer> start(Callable<Answer> callable) {
        FutureTask<Answer> task = new FutureTask<>(callable);
        Thread.ofVirtual().start(task);
        return task;
    }

    private ProbeReading await(Pending pending, long deadline, Duration timeout) {
        try {
            long left = Math.max(0, deadline - System.nanoTime());
            return pending.reader().apply(pending.answer().get(left, TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            pending.answer().cancel(true);
            return late(timeout);
        } catch (ExecutionException e) {
            return e.getCause() instanceof SocketTimeoutException
                    ? late(timeout)
                    : new Failed(reason(e.getCause()), clock.instant());
        } catch (InterruptedException _) {
            pending.answer().cancel(true);
            Thread.currentThread().interrupt();
            return new Failed("interrupted", clock.instant());
        } catch (CancellationException _) { // by another probe of the same address
            return late(timeout);
        }
    }

    private ProbeReading late(Duration timeout) {
        return new Failed("no answer in " + timeout.toMillis() + " ms", clock.instant());
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "failed";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private Answer get(Address address, String path, Duration timeout) throws Exception {
        var came = Exchange.get(address, path, timeout);
        var isGood = came.status() >= 200 && came.status() < 300;
        return new Answer(isGood, "status " + came.status(), came.body(), clock.instant());
    }

    private Answer ended(Command command) {
        return switch (command) {
            case Command.Ended(int code, String output) ->
                    new Answer(code == 0, "exit code " + code, output.strip(), clock.instant());
            case Command.NotStarted(String why) -> throw new IllegalStateException(why);
            case Command.TooLong _ -> throw new IllegalStateException("took too long");
        };
    }

    private Answer query(Path file, String query, Duration timeout) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true); // also: a store that isn't there is an error, and not made
        config.setBusyTimeout((int) timeout.toMillis());
        try (var connection = config.createConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
            try (ResultSet rows = statement.executeQuery(query)) {
                if (!rows.next()) {
                    throw new SQLException("the query gave no row");
                }
                String text = rows.getString(1);
                if (text == null) {
                    throw new SQLException("the query gave NULL");
                }
                return new Answer(true, "answered", text, clock.instant());
            }
        }
    }

    @Override
    public ProbeReading fetch(Address address, String path, Duration timeout) {
        var fetch = new FutureTask<>(() -> get(address, path, timeout));
        begin(List.of(fetch), address);
        var pending = new Pending(fetch, Answer::whole);
        return await(pending, System.nanoTime() + timeout.toNanos(), timeout);
    }
}
