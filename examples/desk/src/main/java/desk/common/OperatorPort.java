package desk.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.Operated.Hooked;
import desk.common.Operated.SingleActive;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/// Serves `/ready`, `/status`, `/metrics` and, for a single-active service, `/hooks/…`, as the README promises.
public final class OperatorPort {
    private static final Pattern LIMIT = Pattern.compile("(\\d{1,9})(ms|s|m)?");

    private final Operated operated;
    private final Settings settings;
    private final Digests digests;
    private final String version;
    private final Optional<Tokens> tokens;
    // Hooks come one after the other, except kill, which waits for nobody.
    private final ReentrantLock hooks = new ReentrantLock();

    private OperatorPort(Operated operated, Settings settings, Optional<Tokens> tokens)
            throws IOException {
        this.operated = operated;
        this.settings = settings;
        this.tokens = tokens;
        this.digests = Digests.of(settings);
        this.version = KeyValues.read(settings.file("VERSION_FILE")).getOrDefault("version", "1");
    }

    /// Adds the paths that every service answers.
    public static void serve(Http http, Settings settings, Operated operated) throws IOException {
        new OperatorPort(operated, settings, Optional.empty()).addTo(http);
    }

    /// Adds the paths that every service answers, and the hooks.
    ///
    /// @param tokens shared by all instances of the service
    public static void serve(Http http, Settings settings, SingleActive operated, Tokens tokens)
            throws IOException {
        var port = new OperatorPort(operated, settings, Optional.of(tokens));
        port.addTo(http);
        port.addHooks(http, operated, tokens);
    }

    private void addTo(Http http) {
        http.get("/ready", _ -> ready());
        http.get("/status", _ -> Reply.ok(status()));
        http.get("/metrics", _ -> Reply.ok(metrics()));
    }

    private void addHooks(Http http, SingleActive service, Tokens tokens) {
        http.post("/hooks/drain", call -> drain(call, tokens, service));
        http.post("/hooks/deactivate", call -> fenced(call, tokens, service::deactivate));
        http.post("/hooks/rearm", call -> rearm(call, service, tokens));
        http.post("/hooks/activate", call -> activate(call, service, tokens));
        http.post("/hooks/kill", call -> kill(call, service));
    }

    private Reply ready() {
        var reasons = operated.notReady();
        return reasons.isEmpty()
                ? Reply.ok("ready\n")
                : Reply.of(503, String.join("; ", reasons) + "\n");
    }

    private ObjectNode status() {
        var reasons = operated.notReady();
        var status = Json.object();
        status.put("service", operated.service());
        status.put("instance", settings.instance());
        status.put("version", version);
        status.set("digest", Json.MAPPER.valueToTree(digests));
        status.put("ready", reasons.isEmpty()).put("reason", String.join("; ", reasons));
        if (operated instanceof SingleActive single) {
            var state = single.state();
            status.put("state", state.name()).put("active", state.active());
            status.put("token", single.token()).put("killed", single.killed());
        }
        tokens.ifPresent(shared -> status.put("highestToken", shared.highest()));
        operated.describe(status);
        return status;
    }

    private Reply drain(Call call, Tokens tokens, SingleActive service) {
        var open = Operated.Open.of(call.header("Pitcrew-Drain").orElse("hand-over"));
        return fenced(call, tokens, token -> service.drain(token, open));
    }

    private Reply fenced(Call call, Tokens tokens, LongFunction<Hooked> hook) {
        hooks.lock();
        try {
            var token = token(call);
            return tokens.take(token) ? log(call, hook.apply(token)) : older(tokens);
        } finally {
            hooks.unlock();
        }
    }

    private Reply activate(Call call, SingleActive service, Tokens tokens) {
        hooks.lock();
        try {
            var token = token(call);
            if (service.killed()) {
                return log(call, Hooked.REFUSED_KILLED);
            }
            var again = token == service.token() && tokens.highest() == token;
            return again || tokens.takeNewer(token)
                    ? log(call, service.activate(token))
                    : older(tokens);
        } finally {
            hooks.unlock();
        }
    }

    // Newer, not as new: a rearm that was repeated by accident must not lift a latch that was set
    // since.
    private Reply rearm(Call call, SingleActive service, Tokens tokens) {
        hooks.lock();
        try {
            var token = token(call);
            return tokens.takeNewer(token) ? log(call, service.rearm(token)) : older(tokens);
        } finally {
            hooks.unlock();
        }
    }

    private Reply kill(Call call, SingleActive service) {
        var hooked = service.kill(limit(call.query().getOrDefault("limit", "5s")));
        var result = Json.object().put("result", hooked.name());
        service.killReport().ifPresent(report -> result.set("kill", report));
        log(call, hooked);
        return Reply.of(hooked.status, result);
    }

    /// Milliseconds, or a number with its unit: `250`, `250ms`, `5s`, `1m`.
    private static Duration limit(String text) {
        var parts = LIMIT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "limit must be such as 250, 250ms or 5s, got " + text);
        }
        var number = Long.parseLong(parts.group(1));
        return switch (String.valueOf(parts.group(2))) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofMillis(number);
        };
    }

    private static long token(Call call) {
        var text =
                call.header("Pitcrew-Token")
                        .orElseThrow(() -> new IllegalArgumentException("send Pitcrew-Token: N"));
        return Long.parseLong(
                text); // its exception is an IllegalArgumentException that names the text
    }

    private static Reply older(Tokens tokens) {
        return Reply.of(409, Json.object().put("highestToken", tokens.highest()));
    }

    private Reply log(Call call, Hooked hooked) {
        System.out.printf(
                "%s %s %s token %s change %s: %s%n",
                Instant.now(),
                settings.instance(),
                call.exchange().getRequestURI().getPath(),
                call.header("Pitcrew-Token").orElse("none"),
                call.header("Pitcrew-Change").orElse("none"),
                hooked);
        return Reply.of(hooked.status, Json.object().put("result", hooked.name()));
    }

    /// Every number and truth of `/status` as a Prometheus gauge: `requests.total` becomes `desk_requests_total`.
    private String metrics() {
        var text = new StringBuilder();
        var status = status();
        var labels =
                "{service=\"%s\",instance=\"%s\",version=\"%s\"}"
                        .formatted(operated.service(), settings.instance(), version);
        flatten("desk", status, labels, text);
        return text.append(operated.metrics()).toString();
    }

    private static void flatten(String name, JsonNode node, String labels, StringBuilder text) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            child -> {
                                var key = child.getKey().replaceAll("([A-Z])", "_$1").toLowerCase();
                                flatten(
                                        name + "_" + key.replaceAll("[^a-z0-9_]", "_"),
                                        child.getValue(),
                                        labels,
                                        text);
                            });
        } else if (node.isNumber() || node.isBoolean()) {
            var value = node.isBoolean() ? (node.asBoolean() ? "1" : "0") : node.asText();
            text.append(name).append(labels).append(' ').append(value).append('\n');
        }
    }
}
