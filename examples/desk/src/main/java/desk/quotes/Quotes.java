package desk.quotes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.HttpConnection;
import desk.common.HttpConnection.Answer;
import desk.common.Json;
import desk.common.Operated;
import desk.common.OperatorPort;
import desk.common.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The quotes API's process: `GET /quotes` and `GET /quotes/SYMBOL`, straight from the feed handler.
public final class Quotes implements Operated {
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final String feed;

    private Quotes(Settings settings) {
        feed = settings.text("FEED");
    }

    public static void main(Settings settings) throws Exception {
        var http = start(settings);
        System.out.println(settings.instance() + ": HTTP " + http.port());
    }

    static Http start(Settings settings) throws IOException {
        var quotes = new Quotes(settings);
        var http = new Http(settings.port());
        OperatorPort.serve(http, settings, quotes);
        http.get("/quotes", _ -> quotes.pass("/quotes"));
        http.get("/quotes/*", call -> quotes.pass("/quotes/" + symbol(call)));
        return http.start();
    }

    private static String symbol(Call call) {
        var symbol = String.join("/", call.rest());
        if (!symbol.matches("[A-Za-z0-9.]{1,12}")) {
            throw new IllegalArgumentException("no symbol: " + symbol);
        }
        return symbol;
    }

    private Reply pass(String path) {
        try {
            var answer = ask(path);
            return Reply.of(answer.status(), Json.parse(answer.body()));
        } catch (IOException e) {
            return Reply.error(503, "the feed handler doesn't answer");
        }
    }

    private Answer ask(String path) throws IOException {
        try (var connection = new HttpConnection(feed, LIMIT)) {
            return connection.get(path);
        }
    }

    @Override
    public String service() {
        return "quotes";
    }

    @Override
    public List<String> notReady() {
        try {
            return ask("/ready").status() == 200 ? List.of() : List.of("the feed isn't ready");
        } catch (IOException e) {
            return List.of("the feed handler doesn't answer");
        }
    }

    @Override
    public void describe(ObjectNode status) {
        try {
            var age = Json.parse(ask("/status").body()).path("feedAgeMillis");
            if (age.isNumber()) {
                status.put("feedAgeMillis", age.asLong());
            }
        } catch (IOException | IllegalArgumentException e) {
            // Unknown, so absent.
        }
    }
}
