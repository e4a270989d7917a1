package dev.pitcrew.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Hook;
import dev.pitcrew.model.Hook.CommandHook;
import dev.pitcrew.model.Hook.HttpHook;
import dev.pitcrew.model.Hook.Signal;
import dev.pitcrew.model.Hook.SignalHook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.Token;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class ServiceHooksTest extends HooksContract {
    @TempDir Path folder;

    private HttpServer server;
    private LocalProcesses processes;
    private ServiceHooks hooks;
    private long highest;
    private boolean latched;
    private boolean losesNextAnswer;
    private String change = "";
    private String drain = "";
    private String query = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hooks/", this::take);
        server.createContext("/broken", exchange -> answer(exchange, 500, "no disk\n"));
        server.start();
        processes = new LocalProcesses(folder.resolve("registry"));
        hooks = new ServiceHooks(processes);
    }

    @AfterEach
    void end() {
        processes.kill("gateway-1");
        hooks.close();
        server.stop(0);
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        change = exchange.getRequestHeaders().getFirst("Pitcrew-Change");
        query = String.valueOf(exchange.getRequestURI().getQuery());
        drain = String.valueOf(exchange.getRequestHeaders().getFirst("Pitcrew-Drain"));
        long token = Long.parseLong(exchange.getRequestHeaders().getFirst("Pitcrew-Token"));
        if (latched) {
            answer(exchange, 423, "");
        } else if (token < highest) {
            answer(exchange, 409, "{\"highestToken\": " + highest + "}");
        } else {
            highest = token;
            if (losesNextAnswer) {
                losesNextAnswer = false; // and the connection stays open
                return;
            }
            answer(exchange, exchange.getRequestURI().getPath().endsWith("drain") ? 202 : 200, "");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    protected Hooks hooks() {
        return hooks;
    }

    @Override
    protected Address address() {
        return Address.local(server.getAddress().getPort());
    }

    @Override
    protected void latch() {
        latched = true;
    }

    @Override
    protected void loseNextAnswer() {
        losesNextAnswer = true;
    }

    @Override
    protected void takeDown() {
        server.stop(0);
    }

    @Test
    void a_call_names_the_change_it_belongs_to() {
        hooks.call(call(HookName.ACTIVATE, 5));

        assertThat(change).isEqualTo("rollout-7");
    }

    @Test
    void another_status_is_a_refusal_with_its_text() {
        HookAnswer answer = hooks.call(with(HookName.DRAIN, new HttpHook("/broken", LIMIT)));

        assertThat(answer).isEqualTo(new HookAnswer.Refused(500, "no disk"));
    }

    @Test
    void a_command_finds_the_token_and_its_words_filled_in() throws IOException {
        HookAnswer answer =
                run(
                        LIMIT,
                        "sh",
                        "-c",
                        "echo $PITCREW_HOOK $PITCREW_TOKEN $1 >out",
                        "sh",
                        "${instance}");

        assertThat(answer).isEqualTo(new HookAnswer.Done());
        assertThat(folder.resolve("out")).hasContent("activate 9 gateway-1");
    }

    @Test
    void a_command_sees_nothing_of_our_own_environment_that_may_be_a_secret() {
        var ours =
                System.getenv().keySet().stream()
                        .filter(name -> !Set.of("PATH", "HOME", "LANG", "TZ", "PWD").contains(name))
                        .filter(name -> name.matches("[A-Z][A-Z_]+"))
                        .filter(name -> !name.startsWith("PITCREW"))
                        .findFirst()
                        .orElseThrow();

        assertThat(run(LIMIT, "sh", "-c", "test -z \"$%s\"".formatted(ours)))
                .isEqualTo(new HookAnswer.Done());
    }

    @Test
    void a_drain_says_what_becomes_of_open_orders() {
        var told = call(HookName.DRAIN, 5);
        hooks.call(cancelling(told, told.hook()));
        assertThat(drain).isEqualTo("cancel");

        var words = Stream.of("sh", "-c", "echo $PITCREW_DRAIN >out").map(Template::new).toList();
        hooks.call(cancelling(told, new CommandHook(words, LIMIT)));
        assertThat(folder.resolve("out")).hasContent("cancel");

        hooks.call(call(HookName.ACTIVATE, 6));
        assertThat(drain).isEqualTo("null");
    }

    @Test
    void a_kill_says_how_long_to_go_on_cancelling() {
        var told = call(HookName.KILL, 5);
        hooks.call(limited(told, told.hook()));
        assertThat(query).isEqualTo("limit=1500ms");

        hooks.call(limited(told, new HttpHook("/hooks/kill?desk=a", LIMIT)));
        assertThat(query).isEqualTo("desk=a&limit=1500ms");

        var words = Stream.of("sh", "-c", "echo $PITCREW_LIMIT >out").map(Template::new).toList();
        hooks.call(limited(told, new CommandHook(words, LIMIT)));
        assertThat(folder.resolve("out")).hasContent("1500ms");

        hooks.call(told);
        assertThat(query).isEqualTo("null");
    }

    private HookCall limited(HookCall told, Hook hook) {
        var one = cancelling(told, hook);
        return new HookCall(
                one.instance(),
                one.name(),
                one.hook(),
                one.token(),
                one.change(),
                Optional.empty(),
                Optional.of(Duration.ofMillis(1500)));
    }

    private HookCall cancelling(HookCall told, Hook hook) {
        var where = told.instance();
        var here =
                new Instance(where.name(), where.address(), where.values(), where.stores(), folder);
        return new HookCall(
                here,
                told.name(),
                hook,
                told.token(),
                told.change(),
                Optional.of(DrainPolicy.CANCEL),
                Optional.empty());
    }

    @Test
    void a_command_that_fails_refuses_with_its_output() {
        assertThat(run(LIMIT, "sh", "-c", "echo no venue >&2; exit 4"))
                .isEqualTo(new HookAnswer.Refused(4, "no venue"));
    }

    @Test
    void a_command_that_is_not_there_or_not_complete_is_unreachable() {
        assertThat(run(LIMIT, "/no/such/hook")).isInstanceOf(HookAnswer.Unreachable.class);
        assertThat(run(LIMIT, "echo", "${nobody}")).isInstanceOf(HookAnswer.Unreachable.class);
    }

    @Test
    void a_command_that_hangs_is_killed_at_its_limit() {
        assertThat(run(Duration.ofMillis(200), "sh", "-c", "sleep 60; true"))
                .isEqualTo(new HookAnswer.TimedOut());
    }

    @Test
    @Tag("real")
    void a_signal_reaches_the_process() throws Exception {
        Path marker = folder.resolve("drained");
        Path ready = folder.resolve("ready");
        String script = "trap ': >drained; exit 0' USR1; : >ready; while :; do sleep 0.02; done";
        processes.start(
                new ProcessSpec(
                        "gateway-1",
                        "gateway",
                        "1",
                        List.of("sh", "-c", script),
                        Map.of(),
                        folder,
                        folder.resolve("log"),
                        Map.of()));
        awaitFile(ready);
        HookAnswer answer = hooks.call(with(HookName.DRAIN, new SignalHook(Signal.USR1, LIMIT)));

        assertThat(answer).isEqualTo(new HookAnswer.Done());
        awaitFile(marker);
    }

    @Test
    void a_signal_never_activates() {
        HookAnswer answer = hooks.call(with(HookName.ACTIVATE, new SignalHook(Signal.USR1, LIMIT)));

        assertThat(answer).isInstanceOf(HookAnswer.Refused.class);
    }

    @Test
    void a_signal_to_a_process_that_does_not_run_is_unreachable() {
        HookAnswer answer = hooks.call(with(HookName.DRAIN, new SignalHook(Signal.TERM, LIMIT)));

        assertThat(answer).isInstanceOf(HookAnswer.Unreachable.class);
    }

    private static void awaitFile(Path file) throws InterruptedException {
        for (int i = 0; i < 2000 && !Files.exists(file); i++) {
            Thread.sleep(10);
        }
        assertThat(file).exists();
    }

    private HookAnswer run(Duration limit, String... words) {
        List<Template> command = Stream.of(words).map(Template::new).toList();
        return hooks.call(with(HookName.ACTIVATE, new CommandHook(command, limit)));
    }

    private HookCall with(HookName name, Hook hook) {
        Instance instance =
                new Instance(
                        "gateway-1", address(), Map.of("instance", "gateway-1"), Map.of(), folder);
        return new HookCall(instance, name, hook, new Token(9), "rollout-7");
    }
}
