package dev.pitcrew.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.model.Hook.CommandHook;
import dev.pitcrew.model.Hook.HttpHook;
import dev.pitcrew.model.Hook.SignalHook;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.Processes;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hooks of real services: HTTP, commands and signals.
///
/// An HTTP call carries the headers `Pitcrew-Token` and `Pitcrew-Change`; a command finds `PITCREW_TOKEN`,
/// `PITCREW_CHANGE`, `PITCREW_HOOK` and `PITCREW_INSTANCE` in its environment. A drain says as well what becomes of open
/// orders, `wait`, `hand-over` or `cancel`, in `Pitcrew-Drain` or `PITCREW_DRAIN`; a kill for how long to go on cancelling, such as `5000ms`,
/// in the query's `limit` or `PITCREW_LIMIT`.
public final class ServiceHooks implements Hooks, AutoCloseable {
    private static final int TEXT_MAX = 500;
    private static final JsonMapper JSON = new JsonMapper();

    // No connection is kept: a hook is rare, and one that failed must not be repeated on a stale
    // connection.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Processes processes;

    /// @param processes where the process to signal is looked up
    public ServiceHooks(Processes processes) {
        this.processes = processes;
    }

    @Override
    public HookAnswer call(HookCall call) {
        return switch (call.hook()) {
            case HttpHook hook -> post(call, hook);
            case CommandHook hook -> run(call, hook);
            case SignalHook hook -> signal(call, hook);
        };
    }

    private HookAnswer post(HookCall call, HttpHook hook) {
        var builder =
                HttpRequest.newBuilder(call.instance().address().at(path(call, hook)))
                        .timeout(hook.timeout())
                        .header("Pitcrew-Token", call.token().toString())
                        .header("Pitcrew-Change", call.change());
        call.policy().ifPresent(policy -> builder.header("Pitcrew-Drain", Words.of(policy)));
        HttpRequest request = builder.POST(BodyPublishers.noBody()).build();
        // The client's own timeout ends with the headers; the limit is on the whole answer.
        return Deadline.of(hook.timeout(), () -> http.send(request, BodyHandlers.ofString()))
                .match(ServiceHooks::answer, ServiceHooks::failed, HookAnswer.TimedOut::new);
    }

    private static String path(HookCall call, HttpHook hook) {
        var next = hook.path().contains("?") ? "&limit=" : "?limit=";
        return hook.path() + call.limit().map(limit -> next + text(limit)).orElse("");
    }

    private static String text(Duration limit) {
        return limit.toMillis() + "ms";
    }

    private static HookAnswer answer(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200, 204 -> new HookAnswer.Done();
            case 202 -> new HookAnswer.InProgress();
            case 409 -> new HookAnswer.OlderToken(highestToken(response.body()));
            case 423 -> new HookAnswer.Latched();
            default -> new HookAnswer.Refused(response.statusCode(), start(response.body()));
        };
    }

    private static long highestToken(String body) {
        try {
            return JSON.readTree(body).path("highestToken").asLong(0);
        } catch (JsonProcessingException _) { // it needn't say
            return 0;
        }
    }

    private static HookAnswer failed(Exception e) {
        return switch (e) {
            case HttpConnectTimeoutException _ -> new HookAnswer.Unreachable("no connection");
            case ConnectException _ -> new HookAnswer.Unreachable("no connection");
            case HttpTimeoutException _ -> new HookAnswer.TimedOut();
            // The connection broke after the request: whether the service acted is as unknown as
            // after a timeout.
            default -> new HookAnswer.TimedOut();
        };
    }

    private static HookAnswer run(HookCall call, CommandHook hook) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PITCREW_TOKEN", call.token().toString());
        environment.put("PITCREW_CHANGE", call.change());
        environment.put("PITCREW_HOOK", call.name().key());
        environment.put("PITCREW_INSTANCE", call.instance().name());
        call.policy().ifPresent(policy -> environment.put("PITCREW_DRAIN", Words.of(policy)));
        call.limit().ifPresent(limit -> environment.put("PITCREW_LIMIT", text(limit)));
        return switch (Command.run(call.instance(), hook.command(), environment, hook.timeout())) {
            case Command.Ended(int code, _) when code == 0 -> new HookAnswer.Done();
            case Command.Ended(int code, String output) ->
                    new HookAnswer.Refused(code, start(output));
            case Command.NotStarted(String why) -> new HookAnswer.Unreachable(why);
            case Command.TooLong _ -> new HookAnswer.TimedOut();
        };
    }

    private HookAnswer signal(HookCall call, SignalHook hook) {
        if (!call.name().onlyReducesRisk()) {
            return new HookAnswer.Refused(
                    0, "a signal carries no token, so it can't " + call.name().key());
        }
        String instance = call.instance().name();
        if (!(processes.state(instance) instanceof Running(long pid, _, _))) {
            return new HookAnswer.Unreachable(instance + " does not run");
        }
        List<String> argv = List.of("kill", "-s", hook.signal().name(), Long.toString(pid));
        return switch (Command.run(argv, Optional.empty(), Map.of(), hook.timeout())) {
            case Command.Ended(int code, _) when code == 0 -> new HookAnswer.Done();
            case Command.Ended(_, String output) -> new HookAnswer.Unreachable(start(output));
            case Command.NotStarted(String why) -> new HookAnswer.Unreachable(why);
            case Command.TooLong _ -> new HookAnswer.TimedOut();
        };
    }

    private static String start(String text) {
        String trimmed = text.strip();
        return trimmed.substring(0, Math.min(trimmed.length(), TEXT_MAX));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
