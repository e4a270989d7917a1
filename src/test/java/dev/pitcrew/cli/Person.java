package dev.pitcrew.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Somebody at a console on this machine, with a browser without JavaScript.
final class Person implements AutoCloseable {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    private final HttpClient browser = HttpClient.newHttpClient();
    private final String console;
    private final String session;

    /// Logs in.
    Person(int port, String token) throws Exception {
        console = "http://127.0.0.1:" + port;
        session =
                send(request("/login").POST(fields(Map.of("token", token))))
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow()
                        .split(";", 2)[0];
    }

    /// Presses a button, and returns the page that comes of it.
    String act(String act, Map<String, String> fields) throws Exception {
        var form = FORM.matcher(page());
        if (!form.find()) {
            throw new IllegalStateException("no form in the page");
        }
        var all = new HashMap<>(fields);
        all.put("act", act);
        all.put("form", form.group(1));
        send(request("/act").header("Cookie", session).POST(fields(all)));
        return page();
    }

    private String page() throws Exception {
        return send(request("/").header("Cookie", session)).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(console + path));
    }

    private static HttpRequest.BodyPublisher fields(Map<String, String> fields) {
        return BodyPublishers.ofString(
                fields.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
                        .collect(Collectors.joining("&")));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        browser.close();
    }
}
