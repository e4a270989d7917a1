package desk.load;

import desk.common.HttpConnection;
import desk.common.Json;
import desk.common.JsonLines;
import desk.common.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// `load --rate N --seconds N --settle N --clients N`: sends, waits for the end of each order, prints a summary as JSON, in which the
/// latencies of the first `--settle` seconds don't count: they are those of a cold JVM, ours.
public final class Load {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Load() {}

    /// SIGTERM ends the sending; the summary still comes.
    public static void main(Settings settings, List<String> arguments) throws Exception {
        var rate = number(arguments, "--rate", 200);
        var seconds = number(arguments, "--seconds", 60);
        var clients = number(arguments, "--clients", 50);
        var settle = number(arguments, "--settle", 0);
        var start = System.nanoTime();
        var end = start + Duration.ofSeconds(seconds).toNanos();
        var stop = new Stop();
        var main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop.andWaitFor(main)));
        var totals = new Totals(start + Duration.ofSeconds(settle).toNanos());
        var threads = new ArrayList<Thread>();
        // Milliseconds since the epoch in the ids: a second run in the same folder makes other
        // orders.
        var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        for (var i = 0; i < clients; i++) {
            var name = "client-%03d".formatted(i);
            var client = client(settings, name, run, totals, new Random(i));
            var interval = 1_000_000_000L * clients / rate;
            var offset = interval * i / clients;
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            client.run(
                                                    interval,
                                                    offset,
                                                    () -> stop.wanted || System.nanoTime() > end,
                                                    PATIENCE)));
        }
        for (var thread : threads) {
            thread.join();
        }
        var ended = stop.wanted ? Math.min(end, stop.wantedAt) : end;
        System.out.println(Json.text(totals.toJson((ended - start) / 1e9)));
    }

    private static Client client(
            Settings settings, String name, String run, Totals totals, Random random)
            throws IOException {
        var folder = settings.deskDir().resolve("clients");
        return new Client(
                name,
                run,
                new HttpConnection(settings.text("GATEWAY"), REQUEST_LIMIT),
                JsonLines.open(folder.resolve(name + ".jsonl")),
                totals,
                random);
    }

    private static int number(List<String> arguments, String name, int otherwise) {
        var at = arguments.indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
    }

    /// The wish to stop, from a signal.
    private static final class Stop {
        private volatile boolean wanted;
        private volatile long wantedAt;

        private void andWaitFor(Thread main) {
            wantedAt = System.nanoTime();
            wanted = true;
            try {
                main.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
