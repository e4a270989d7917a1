package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// News of status and ledger, as server-sent events.
@Tag("real")
@Timeout(60)
class StreamTest {
    @TempDir Path folder;
    private ServedDesk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new ServedDesk(folder);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void whoever_listens_is_told_at_once_and_then_when_something_changes() throws Exception {
        try (var http = HttpClient.newHttpClient();
                var in = listen(http, desk.ann);
                var news = new Scanner(in, StandardCharsets.UTF_8)) {
            assertThat(next(news)).isEqualTo("{\"entries\":0}");

            desk.post("freeze", "{}", desk.ann);

            assertThat(next(news)).isEqualTo("{\"entries\":4}");
        }
    }

    @Test
    void who_is_removed_hears_nothing_more() throws Exception {
        try (var http = HttpClient.newHttpClient();
                var in = listen(http, desk.guest);
                var news = new Scanner(in, StandardCharsets.UTF_8)) {
            assertThat(next(news)).isNotEmpty();

            desk.operators.remove("guest");

            assertThat(next(news)).isEmpty();
        }
    }

    private InputStream listen(HttpClient http, String token) throws Exception {
        var request = desk.request("/v1/stream").header("Authorization", "Bearer " + token);
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        return answer.body();
    }

    /// The data of the next event; empty when the stream has ended.
    private static String next(Scanner news) {
        while (news.hasNextLine()) {
            var line = news.nextLine();
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        return "";
    }
}
