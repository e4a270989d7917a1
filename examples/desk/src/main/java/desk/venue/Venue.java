package desk.venue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.common.Operated;
import desk.common.OperatorPort;
import desk.common.Settings;
import desk.common.Ticks;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import quickfix.ConfigError;

/// The venue's process: books, FIX sessions, market-data lines, and an HTTP port to watch and disturb it.
public final class Venue implements Operated, AutoCloseable {
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final Random random = new Random();
    private final Set<String> clients;
    private final Set<String> dropCopies;
    private final double houseTakes;
    private final Trading trading;
    private final Sessions sessions;
    private final FixGate gate;
    private final Acceptor acceptor;
    private final Disconnects disconnects;
    private final Lines lines;
    private final Broker broker;
    private final Http http;

    /// Starts it; the ports are open when this returns.
    ///
    /// @param fencing whether orders under an older token are refused, as no real venue would
    public Venue(Settings settings, boolean fencing) throws IOException, ConfigError {
        var folder = settings.deskDir().resolve("venue");
        clients = names(settings.text("SESSIONS", "DESK1"));
        dropCopies = names(settings.text("DROP_SESSIONS", "DROP"));
        houseTakes = settings.number("HOUSE_TAKES", 0.01);
        var market =
                Market.of(
                        settings.text("SYMBOLS", "AAA:100,BBB:50,CCC:20,DDD:10"),
                        settings.number("HOUSE_CLIP", 500));
        var accounts = names(settings.text("ACCOUNTS", "REST1"));
        trading = new Trading(folder, market, accounts, new Fencing(fencing));
        var all = new TreeSet<>(clients);
        all.addAll(dropCopies);
        sessions = new Sessions(folder, all);
        gate = new FixGate(trading, sessions, dropCopies, settings.optional("FIX_PASSWORD"));
        acceptor = new Acceptor(gate, sessions, folder, free(settings.number("FIX_PORT", 0)));
        disconnects =
                new Disconnects(
                        trading, sessions, scheduler, settings.text("CANCEL_ON_DISCONNECT", "off"));
        sessions.whenGone(disconnects::gone);
        var ports = settings.text("LINE_PORTS", "0,0").split(",");
        lines = new Lines(market, Integer.parseInt(ports[0]), Integer.parseInt(ports[1]), random);
        broker = new Broker(trading, accounts, settings);
        http = new Http(settings.port());
        OperatorPort.serve(http, settings, this);
        addPaths();
        open();
    }

    public static void main(Settings settings, List<String> arguments) throws Exception {
        var venue = new Venue(settings, arguments.contains("--venue-fencing"));
        System.out.printf(
                "venue: HTTP %d, FIX %d, REST %d, stream %d, lines %d and %d%n",
                venue.http.port(),
                venue.acceptor.port(),
                venue.broker.restPort(),
                venue.broker.streamPort(),
                venue.lines.line("A").port(),
                venue.lines.line("B").port());
    }

    private void open() throws IOException, ConfigError {
        // No request is taken until every session has what the last venue wrote down but perhaps
        // didn't send.
        synchronized (trading) {
            trading.reportTo(
                    execution -> {
                        gate.publish(execution);
                        broker.publish(execution);
                    });
            acceptor.start(scheduler);
            for (var session : sessions.ids()) {
                var compId = session.getTargetCompID();
                var last = acceptor.lastReported(session);
                trading.replay(
                        execution -> {
                            var theirs =
                                    dropCopies.contains(compId)
                                            || execution.compId().equals(compId);
                            if (theirs && execution.execId() > last) {
                                gate.publish(execution, compId);
                            }
                        });
            }
        }
        // A venue that starts has lost all its connections.
        clients.forEach(disconnects::gone);
        scheduler.scheduleAtFixedRate(
                Ticks.guarded("market data", lines::tick), 0, 50, TimeUnit.MILLISECONDS);
        if (houseTakes > 0) {
            scheduler.scheduleAtFixedRate(
                    Ticks.guarded("the house", this::houseTakes), 200, 200, TimeUnit.MILLISECONDS);
        }
        broker.start();
        http.start();
    }

    private void houseTakes() {
        trading.fillWhere(_ -> random.nextDouble() < houseTakes / 5);
    }

    private void addPaths() {
        http.get("/books", _ -> Reply.ok(trading.books()));
        http.get("/open-orders", _ -> Reply.ok(trading.open(_ -> true)));
        http.post("/control/cancel-on-disconnect", this::cancelOnDisconnect);
        http.post("/control/gap", this::gap);
        http.post("/control/stall", this::stall);
        http.post("/control/fill-all", _ -> count(trading.fillWhere(_ -> true)));
        http.post("/control/disconnect", this::disconnect);
    }

    private Reply cancelOnDisconnect(Call call) {
        disconnects.set(call.json().path("mode").asText());
        return Reply.ok(Json.object().put("mode", disconnects.mode()));
    }

    private Reply gap(Call call) {
        var wanted = call.json();
        var count = wanted.path("count").asInt(1);
        lines.line(wanted.path("line").asText()).gap(count);
        return count(count);
    }

    private Reply stall(Call call) {
        var wanted = call.json();
        var millis = wanted.path("millis").asLong(2000);
        lines.line(wanted.path("line").asText()).stall(millis);
        return Reply.ok(Json.object().put("millis", millis));
    }

    private Reply disconnect(Call call) throws IOException {
        acceptor.cut(sessions.id(call.json().path("compId").asText()));
        return Reply.ok(Json.object());
    }

    private static Reply count(int count) {
        return Reply.ok(Json.object().put("count", count));
    }

    @Override
    public String service() {
        return "venue";
    }

    @Override
    public List<String> notReady() {
        return List.of();
    }

    @Override
    public void describe(ObjectNode status) {
        status.put("fixPort", acceptor.port());
        status.putArray("linePorts").add(lines.line("A").port()).add(lines.line("B").port());
        status.set("counts", Json.MAPPER.valueToTree(trading.counts()));
        status.put("restPort", broker.restPort()).put("streamPort", broker.streamPort());
        status.put("openOrders", trading.open(_ -> true).size());
        status.set("loggedOn", Json.MAPPER.valueToTree(sessions.loggedOn()));
        status.put("refusedSecondLogons", sessions.refusedSecond());
        status.put("cancelOnDisconnect", disconnects.mode());
        status.set("latencyMicros", gate.latencies().toJson());
    }

    public int httpPort() {
        return http.port();
    }

    public int restPort() {
        return broker.restPort();
    }

    public int streamPort() {
        return broker.streamPort();
    }

    public int fixPort() {
        return acceptor.port();
    }

    @Override
    public void close() throws IOException {
        scheduler.shutdownNow();
        acceptor.close();
        lines.close();
        broker.close();
        http.close();
        trading.close();
        sessions.close();
    }

    private static Set<String> names(String list) {
        return new TreeSet<>(Arrays.asList(list.split(",")));
    }

    /// The engine can't tell which port it got, so a free one is found for it: below those that the system gives to the venue's other
    /// servers, and to clients.
    private static int free(int port) throws IOException {
        if (port != 0) {
            return port;
        }
        for (int i = 0; i < 1_000; i++) {
            int tried = ThreadLocalRandom.current().nextInt(30_000, 32_768);
            try (var probe = new ServerSocket(tried, 1, InetAddress.getByName("127.0.0.1"))) {
                return probe.getLocalPort();
            } catch (BindException _) { // taken: another one
            }
        }
        throw new IOException("no free port on this machine");
    }
}
