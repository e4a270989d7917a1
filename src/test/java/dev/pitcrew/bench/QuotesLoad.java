package dev.pitcrew.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Clients that ask for quotes through the balancer, in an open loop: a request is due whether or not the one before was answered, and its
/// latency counts from then.
final class QuotesLoad implements AutoCloseable {
    private static final int CLIENTS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final URI front;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService due = Executors.newSingleThreadScheduledExecutor();
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private int number; // touched by the timer's thread alone

    /// @param rate requests a second
    QuotesLoad(int frontPort, int rate) {
        front = URI.create("http://127.0.0.1:" + frontPort + "/quotes");
        var _ = due.scheduleAtFixedRate(this::next, 0, 1_000_000L / rate, TimeUnit.MICROSECONDS);
    }

    private void next() {
        var start = System.nanoTime();
        var client = "client-" + number++ % CLIENTS;
        Thread.ofVirtual().start(() -> ask(client, start));
    }

    private void ask(String client, long start) {
        var request =
                HttpRequest.newBuilder(front).header("X-Client", client).timeout(LIMIT).build();
        try {
            var status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                failures.add("status " + status);
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        millis.add((System.nanoTime() - start) / 1e6);
    }

    /// What was counted since the last time it was asked for.
    ///
    /// @param failed requests without an answer of 200
    record Counted(long requests, long failed, double millisP99, String firstFailure) {
        static final Counted NONE = new Counted(0, 0, 0, "");
    }

    Counted take() {
        List<Double> times;
        synchronized (millis) {
            times = new ArrayList<>(millis);
            millis.clear();
        }
        List<String> failed;
        synchronized (failures) {
            failed = List.copyOf(failures);
            failures.clear();
        }
        Collections.sort(times);
        return new Counted(
                times.size(),
                failed.size(),
                times.isEmpty() ? 0 : times.get((int) Math.ceil(times.size() * 0.99) - 1),
                failed.isEmpty() ? "" : failed.getFirst());
    }

    @Override
    public void close() {
        due.shutdownNow();
        http.shutdownNow();
    }
}
