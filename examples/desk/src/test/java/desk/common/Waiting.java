package desk.common;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;

/// Waits for conditions, and asks over HTTP, for tests.
public final class Waiting {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Waiting() {}

    /// Waits until the condition holds; an exception counts as not yet.
    public static void until(Callable<Boolean> condition) throws Exception {
        until(condition, () -> "");
    }

    /// @param detail what to say when it never held
    public static void until(Callable<Boolean> condition, Callable<String> detail)
            throws Exception {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (java.io.IOException e) {
                last = e;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("waited in vain" + detail.call(), last);
    }

    public static JsonNode get(int port, String path) throws Exception {
        return send(port, path, HttpRequest.newBuilder().GET());
    }

    public static JsonNode post(int port, String path, String json) throws Exception {
        return send(
                port,
                path,
                HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static JsonNode send(int port, String path, HttpRequest.Builder request)
            throws Exception {
        var uri = URI.create("http://127.0.0.1:" + port + path);
        var answer = HTTP.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
        return Json.parse(answer.body());
    }
}
