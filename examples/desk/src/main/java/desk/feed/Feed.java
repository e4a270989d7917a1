package desk.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.common.KeyValues;
import desk.common.Operated;
import desk.common.OperatorPort;
import desk.common.Settings;
import desk.common.Settings.Address;
import desk.common.Ticks;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The feed handler's process: listens to both lines, serves the latest quotes, and says how old they are.
public final class Feed implements Operated, AutoCloseable {
    private final Arbiter arbiter = new Arbiter();
    private final long staleAfterMillis;
    private final List<Line> lines;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Http http;

    public Feed(Settings settings) throws IOException {
        var configuration = KeyValues.read(settings.file("CONFIG_FILE"));
        staleAfterMillis =
                Long.parseLong(configuration.getOrDefault("feed.staleAfterMillis", "2000"));
        lines =
                Arrays.stream(settings.text("LINES").split(","))
                        .map(address -> new Line(Address.parse(address), this::take, scheduler))
                        .toList();
        http = new Http(settings.port());
        OperatorPort.serve(http, settings, this);
        http.get("/quotes", _ -> Reply.ok(quotes()));
        http.get("/quotes/*", this::quote);
        lines.forEach(Line::start);
        scheduler.scheduleAtFixedRate(
                Ticks.guarded("feed", this::advance), 20, 20, TimeUnit.MILLISECONDS);
        http.start();
    }

    public static void main(Settings settings) throws Exception {
        var feed = new Feed(settings);
        System.out.println("feed: HTTP " + feed.http.port());
    }

    private void take(Quote quote) {
        synchronized (arbiter) {
            arbiter.take(quote, now());
        }
    }

    private void advance() {
        synchronized (arbiter) {
            arbiter.advance(now());
        }
    }

    private Object quotes() {
        synchronized (arbiter) {
            return Json.object().set("quotes", Json.MAPPER.valueToTree(arbiter.quotes()));
        }
    }

    private Reply quote(Call call) {
        synchronized (arbiter) {
            var symbol = call.rest().getFirst();
            var quote = arbiter.quotes().get(symbol);
            return quote == null ? Reply.error(404, "no quote for " + symbol) : Reply.ok(quote);
        }
    }

    @Override
    public String service() {
        return "feed";
    }

    @Override
    public List<String> notReady() {
        synchronized (arbiter) {
            var age = arbiter.ageMillis(now());
            return age <= staleAfterMillis
                    ? List.of()
                    : List.of(age == Long.MAX_VALUE ? "no quote yet" : "stale for " + age + " ms");
        }
    }

    @Override
    public void describe(ObjectNode status) {
        synchronized (arbiter) {
            var age = arbiter.ageMillis(now());
            if (age != Long.MAX_VALUE) {
                status.put("feedAgeMillis", age);
            }
            status.put("gaps", arbiter.gaps()).put("missed", arbiter.missed());
        }
        var connected = status.putArray("linesConnected");
        lines.forEach(line -> connected.add(line.connected()));
    }

    public int httpPort() {
        return http.port();
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        lines.forEach(Line::close);
        http.close();
    }
}
