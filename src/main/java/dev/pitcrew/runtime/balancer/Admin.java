package dev.pitcrew.runtime.balancer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.runtime.http.Address;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The admin port: `GET /SERVICE` tells how its traffic stands, `POST /SERVICE` with an [Order] changes it. Answers 200
/// with the state, 404 for an unknown service, 400 with the reason for anything else.
final class Admin extends Handler.Abstract {
    static final JsonMapper JSON = new JsonMapper();
    private static final long HOLD_MILLIS_MAX = 60_000;

    private final Balancer balancer;
    private final Connector connector;

    /// What to change: one of the two, or both at once.
    ///
    /// @param targets `host:port` each
    /// @param holdMillis from 1 to 60,000; 0 releases
    /// @param split how requests differ; absent: in nothing
    record Order(
            @Nullable List<String> targets,
            @Nullable Long holdMillis,
            BalancerFile.@Nullable Split split) {}

    /// A [TrafficState] as JSON.
    record Said(
            String service,
            String front,
            TrafficState.Mode mode,
            List<String> targets,
            int held,
            int inFlight,
            int leaving,
            int connections,
            long generation) {
        static Said of(TrafficState state) {
            return new Said(
                    state.service(),
                    state.front().toString(),
                    state.mode(),
                    state.targets().stream().map(Address::toString).toList(),
                    state.held(),
                    state.inFlight(),
                    state.leaving(),
                    state.connections(),
                    state.generation());
        }

        TrafficState state() {
            return new TrafficState(
                    service,
                    Address.parse(front),
                    mode,
                    targets.stream().map(Address::parse).toList(),
                    held,
                    inFlight,
                    leaving,
                    connections,
                    generation);
        }
    }

    Admin(Balancer balancer, Connector connector) {
        this.balancer = balancer;
        this.connector = connector;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!connector.equals(request.getConnectionMetaData().getConnector())) {
            return false;
        }
        String service = request.getHttpURI().getPath().substring(1);
        if (balancer.state(service).isEmpty()) {
            answer(response, callback, 404, "the balancer has no service '" + service + "'");
            return true;
        }
        switch (act(request, service)) {
            case TrafficAnswer.Stands(TrafficState state) ->
                    answer(response, callback, 200, JSON.writeValueAsString(Said.of(state)));
            case TrafficAnswer.Refused(String reason) -> answer(response, callback, 400, reason);
            case TrafficAnswer.Unreachable(String reason) ->
                    answer(response, callback, 500, reason);
        }
        return true;
    }

    private TrafficAnswer act(Request request, String service) throws Exception {
        if (request.getMethod().equals("GET")) {
            return new TrafficAnswer.Stands(balancer.state(service).orElseThrow());
        }
        try {
            return switch (JSON.readValue(Content.Source.asString(request), Order.class)) {
                case Order(var targets, var millis, _) when targets == null && millis == null ->
                        new TrafficAnswer.Refused("nothing to do");
                case Order(_, Long millis, _)
                        when millis != null && (millis < 0 || millis > HOLD_MILLIS_MAX) ->
                        new TrafficAnswer.Refused(
                                "a hold lasts from 0 to %d ms, got %d"
                                        .formatted(HOLD_MILLIS_MAX, millis));
                case Order(var targets, var millis, var split) ->
                        balancer.change(
                                service,
                                targets == null
                                        ? Optional.empty()
                                        : Optional.of(
                                                targets.stream().map(Address::parse).toList()),
                                Optional.ofNullable(millis),
                                Optional.ofNullable(split),
                                Changes.of(request.getHeaders().get(BalancerClient.CHANGES)));
            };
        } catch (JsonProcessingException e) {
            return new TrafficAnswer.Refused("not an order: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return new TrafficAnswer.Refused(Objects.requireNonNullElse(e.getMessage(), "refused"));
        }
    }

    private static void answer(Response response, Callback callback, int status, String text) {
        response.setStatus(status);
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, status == 200 ? "application/json" : "text/plain");
        Content.Sink.write(response, true, text, callback);
    }
}
