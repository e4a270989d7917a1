package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.DeskStatus.State;
import dev.pitcrew.deploy.JudgeEvent;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Service;
import dev.pitcrew.runtime.EventCodec;
import dev.pitcrew.server.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An operator of the demo's desk. Asks by the API and by verbs, waits until it is so, and knows nothing that they don't tell.
public final class DemoOperator implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Where.Place place;
    private final DemoWorld world;
    private final Map<String, Ended> ended = new HashMap<>();
    private final DemoTimes times = new DemoTimes();
    private final EventCodec codec = new EventCodec();
    private final List<JudgeEvent> judged = new ArrayList<>();
    private long seen = -1; // index of the last entry read
    private Client client;

    /// Starts a controller, and is its operator.
    public DemoOperator(Where.Place place, DemoWorld world)
            throws IOException, InterruptedException {
        this.place = place;
        this.world = world;
        this.client = controller();
    }

    /// How a rollout ended.
    ///
    /// @param outcome in words, such as `rolled back`
    /// @param took from when it was planned, by the ledger
    /// @param watched how much of that the new version was watched or compared
    public record Ended(String outcome, String reason, Duration took, Duration watched) {
        /// One that was not timed.
        public Ended(String outcome, String reason) {
            this(outcome, reason, Duration.ZERO, Duration.ZERO);
        }
    }

    /// Stops all order flow, so that nothing is sent while the desk is audited.
    public void kill() throws IOException, InterruptedException {
        var said = world.pitcrew("kill");
        if (said.exitCode() != 0) {
            throw new OperationFailed(
                    OperationFailed.Code.UNREACHABLE, "the kill failed:\n" + said.text(), null);
        }
    }

    private Client controller() throws IOException, InterruptedException {
        world.startController();
        return Client.of(place.data());
    }

    /// Kills the controller at once; the desk goes on.
    public void killController() {
        client.close();
        world.killController();
    }

    /// Starts a controller again.
    public void startController() throws IOException, InterruptedException {
        client = controller();
    }

    /// Brings every service up.
    ///
    /// @throws OperationFailed with `NOT_STARTED` when one doesn't come
    public void up() throws IOException, InterruptedException {
        var said = world.pitcrew("up");
        if (said.exitCode() != 0) {
            throw new OperationFailed(
                    OperationFailed.Code.NOT_STARTED,
                    "the desk did not come up:\n" + said.text(),
                    null);
        }
    }

    /// Asks for another version.
    ///
    /// @return the rollout's id
    public String deploy(String service, String version) {
        var asked = new Asked(service, version, null, null, "demo", null, false, false);
        return client.ask("deploy", asked).path(0).path("rollout").asText();
    }

    /// Waits for the end of a rollout.
    ///
    /// @return empty when it did not end in time
    public Optional<Ended> ended(String rollout, long seconds) {
        DemoWorld.until(seconds, () -> hasEnded(rollout));
        return Optional.ofNullable(ended.get(rollout));
    }

    /// What was noted of a rollout's judging, in order; call it after its end.
    List<JudgeEvent> judged(String rollout) {
        return judged.stream().filter(one -> one.course().startsWith(rollout + "/")).toList();
    }

    private boolean hasEnded(String rollout) {
        for (var page = client.events(seen, Duration.ZERO);
                !page.isEmpty();
                page = client.events(seen, Duration.ZERO)) {
            for (var entry : page) {
                times.saw(entry.type(), read(entry.body()));
                if (entry.type().startsWith("rollout.finished@")) {
                    finished(read(entry.body()));
                } else if (codec.decode(entry.type(), entry.body()).orElse(null)
                        instanceof JudgeEvent event) {
                    judged.add(event);
                }
            }
            seen = page.getLast().index();
        }
        return ended.containsKey(rollout);
    }

    private void finished(JsonNode body) {
        var outcome = body.path("outcome").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
        var rollout = body.path("rollout").asText();
        ended.put(
                rollout,
                new Ended(
                        outcome,
                        body.path("reason").asText(),
                        times.took(rollout),
                        times.watched(rollout)));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException("an entry's body is always JSON", e);
        }
    }

    /// Sends a signal to the active instance, and waits until another one serves in its place.
    ///
    /// @return the one before, and the one after unless nobody took over in time
    public Replaced strike(String service, String signal, long seconds)
            throws IOException, InterruptedException {
        var before = line(service).active();
        world.signal(before, signal);
        var isBack =
                DemoWorld.until(
                        seconds,
                        () -> !line(service).active().equals(before) && serves(line(service)));
        return new Replaced(
                before, isBack ? Optional.of(line(service).active()) : Optional.empty());
    }

    /// Who was struck, and who took over.
    public record Replaced(String before, Optional<String> after) {}

    /// Waits until a service, or each one when the name is empty, is as approved again, a standby included.
    public boolean whole(String service, long seconds) {
        return DemoWorld.until(
                seconds,
                () ->
                        status().services().stream()
                                .filter(one -> service.isEmpty() || one.name().equals(service))
                                .allMatch(this::isWhole));
    }

    private boolean isWhole(ServiceLine line) {
        var wanted = place.system().service(line.name()).replicas();
        var fit =
                line.instances().stream()
                        .filter(one -> one.version().equals(line.version()))
                        .filter(one -> one.state() == State.ACTIVE || one.state() == State.READY)
                        .count();
        return line.changing() == null && line.mending().isEmpty() && fit >= wanted && serves(line);
    }

    private boolean serves(ServiceLine line) {
        return line.serves(place.system().service(line.name()).singleActive().isPresent());
    }

    /// A service as the system file has it.
    Service service(String name) {
        return place.system().service(name);
    }

    /// A service as the controller sees it.
    public ServiceLine line(String service) {
        return status().services().stream()
                .filter(one -> one.name().equals(service))
                .findFirst()
                .orElseThrow();
    }

    /// Everything as the controller sees it.
    public DeskStatus status() {
        return client.status();
    }

    @Override
    public void close() {
        client.close();
    }
}
