package desk.quotes;

import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Http;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.common.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The quotes API in front of a feed handler that says what the test wants.
class QuotesTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String QUOTE = "{\"symbol\":\"AAA\",\"bid\":10.1,\"ask\":10.2}";

    private volatile boolean isReady = true;
    private volatile String feedStatus = "{\"feedAgeMillis\": 12}";
    private Http feed;
    private Http quotes;

    @BeforeEach
    void serve() throws Exception {
        feed =
                new Http(0)
                        .get("/ready", _ -> Reply.of(isReady ? 200 : 503, "feed\n"))
                        .get("/status", _ -> Reply.ok(feedStatus))
                        .get("/quotes", _ -> Reply.ok("{\"quotes\":{\"AAA\":" + QUOTE + "}}"))
                        .get("/quotes/AAA", _ -> Reply.ok(QUOTE))
                        .start();
        quotes =
                Quotes.start(
                        new Settings(
                                Map.of(
                                        "INSTANCE",
                                        "quotes-1",
                                        "FEED",
                                        "http://127.0.0.1:" + feed.port())));
    }

    @AfterEach
    void end() {
        quotes.close();
        feed.close();
    }

    @Test
    void quotes_come_straight_from_the_feed() throws Exception {
        assertThat(Json.parse(get("/quotes").body()).path("quotes").path("AAA"))
                .isEqualTo(Json.parse(QUOTE));
        assertThat(Json.parse(get("/quotes/AAA").body())).isEqualTo(Json.parse(QUOTE));
    }

    @Test
    void what_the_feed_does_not_know_nobody_makes_up() throws Exception {
        assertThat(get("/quotes/ZZZ").statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_no_symbol_never_reaches_the_feed() throws Exception {
        assertThat(get("/quotes/").statusCode()).isEqualTo(400);
        assertThat(get("/quotes/A%20B").statusCode()).isEqualTo(400);
        assertThat(get("/quotes/AAA/../../status").statusCode()).isEqualTo(400);
    }

    @Test
    void it_is_as_ready_as_its_feed() throws Exception {
        assertThat(get("/ready").statusCode()).isEqualTo(200);

        isReady = false;

        assertThat(get("/ready").body()).isEqualTo("the feed isn't ready\n");
    }

    @Test
    void without_its_feed_it_says_so_and_answers_503() throws Exception {
        feed.close();

        assertThat(get("/quotes").statusCode()).isEqualTo(503);
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).isEqualTo("the feed handler doesn't answer\n");
        assertThat(Json.parse(get("/status").body()).has("feedAgeMillis")).isFalse();
    }

    @Test
    void the_age_of_the_data_is_the_feeds_own_or_unknown() throws Exception {
        assertThat(Json.parse(get("/status").body()).path("feedAgeMillis").asLong()).isEqualTo(12);

        feedStatus = "{\"feedAgeMillis\": null}";

        assertThat(Json.parse(get("/status").body()).has("feedAgeMillis")).isFalse();
    }

    private HttpResponse<String> get(String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + quotes.port() + path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
