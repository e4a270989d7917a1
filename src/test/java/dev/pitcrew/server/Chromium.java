package dev.pitcrew.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pitcrew.runtime.Awaiting;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A real Chromium without a window, driven by its DevTools protocol.
///
/// @see <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>
public final class Chromium implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    /// The program, if it is there.
    public static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(
                        folder ->
                                Stream.of("chromium", "chromium-browser", "google-chrome")
                                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Starts one with a page.
    ///
    /// @param folder for what it keeps
    public Chromium(Path program, Path folder) throws Exception {
        process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--disable-extensions",
                                "--no-first-run",
                                "--hide-scrollbars",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + folder,
                                "about:blank")
                        .redirectErrorStream(true)
                        .redirectOutput(new File("/dev/null"))
                        .start();
        var said = folder.resolve("DevToolsActivePort");
        await("Chromium to listen", () -> isWritten(said));
        var port = Files.readAllLines(said).getFirst();
        var made =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + port
                                                        + "/json/new?about:blank"))
                                .method("PUT", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
        var address = JSON.readTree(made.body()).path("webSocketDebuggerUrl").asText();
        socket =
                http.newWebSocketBuilder()
                        .buildAsync(URI.create(address), new Listener())
                        .get(30, TimeUnit.SECONDS);
        for (var domain : List.of("Page", "Runtime", "Log", "DOM", "Network")) {
            ask(domain + ".enable", Map.of());
        }
    }

    private static boolean isWritten(Path file) {
        try {
            return Files.readAllLines(file).size() >= 2;
        } catch (IOException _) { // not yet
            return false;
        }
    }

    private static void await(String what, BooleanSupplier isSo) {
        Awaiting.until(what, LIMIT, isSo, () -> "");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                hear(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void hear(String text) {
        try {
            var message = JSON.readTree(text);
            var answer = asked.remove(message.path("id").asInt(-1));
            if (answer == null) {
                events.add(message);
            } else {
                answer.complete(message);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Asks for something and waits for the answer.
    public JsonNode ask(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        asked.put(id, answer);
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        try {
            var said = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (said.has("error")) {
                throw new AssertionError(method + ": " + said.path("error"));
            }
            return said.path("result");
        } catch (Exception e) {
            throw new AssertionError(method, e);
        }
    }

    /// The screen.
    public void screen(int width, int height, boolean isDark) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 500));
        ask(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        isDark ? "dark" : "light"))));
    }

    /// A cookie as a login would have set it.
    public void cookie(String url, String name, String value) {
        ask("Network.setCookie", Map.of("url", url, "name", name, "value", value));
    }

    /// Whether pages may run scripts.
    public void scripts(boolean areAllowed) {
        ask("Emulation.setScriptExecutionDisabled", Map.of("value", !areAllowed));
    }

    /// Loads a page.
    public void open(String url) {
        int before = loads();
        ask("Page.navigate", Map.of("url", url));
        await(url + " to load", () -> loads() > before);
    }

    /// How many pages were loaded.
    public int loads() {
        return (int)
                events.stream()
                        .filter(one -> one.path("method").asText().equals("Page.loadEventFired"))
                        .count();
    }

    /// What an expression comes to in the page.
    public JsonNode evaluate(String expression) {
        var said = ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (said.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + said.path("exceptionDetails"));
        }
        return said.path("result").path("value");
    }

    /// Waits until an expression is true in the page.
    public void awaitTrue(String expression) {
        await(expression, () -> evaluate("Boolean(" + expression + ")").asBoolean());
    }

    /// The page as it stands now, read without running anything in it.
    public String html() {
        var root = ask("DOM.getDocument", Map.of()).path("root").path("nodeId").asInt();
        return ask("DOM.getOuterHTML", Map.of("nodeId", root)).path("outerHTML").asText();
    }

    /// What went wrong in pages so far, in words.
    public List<String> errors() {
        return events.stream()
                .filter(
                        one ->
                                switch (one.path("method").asText()) {
                                    case "Runtime.exceptionThrown" -> true;
                                    case "Log.entryAdded" ->
                                            one.at("/params/entry/level").asText().equals("error");
                                    case "Runtime.consoleAPICalled" ->
                                            one.at("/params/type").asText().equals("error");
                                    default -> false;
                                })
                .map(one -> one.path("params").toString())
                .toList();
    }

    /// A picture of the whole page, as PNG.
    public byte[] picture() {
        var said =
                ask(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true));
        return Base64.getDecoder().decode(said.path("data").asText());
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
