package desk.feed;

import static org.assertj.core.api.Assertions.assertThat;

import desk.common.Settings;
import desk.common.Waiting;
import desk.venue.Venue;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The feed handler on the venue's real lines.
class FeedTest {
    @TempDir Path folder;

    @Test
    void a_failing_line_is_not_felt_and_two_stalled_ones_make_the_feed_unready() throws Exception {
        try (var venue = new Venue(new Settings(Map.of("DESK_DIR", folder.toString())), false);
                var feed = feed(venue)) {
            Waiting.until(() -> ready(feed));

            control(venue, "gap", "{\"line\":\"A\",\"count\":20}");
            control(venue, "stall", "{\"line\":\"A\",\"millis\":300}");
            Waiting.until(() -> status(feed, "feedAgeMillis") < 100);
            assertThat(status(feed, "gaps")).isZero();

            control(venue, "gap", "{\"line\":\"A\",\"count\":20}");
            control(venue, "gap", "{\"line\":\"B\",\"count\":20}");
            Waiting.until(() -> status(feed, "gaps") > 0);

            control(venue, "stall", "{\"line\":\"A\",\"millis\":3000}");
            control(venue, "stall", "{\"line\":\"B\",\"millis\":3000}");
            Waiting.until(() -> !ready(feed));
            Waiting.until(() -> ready(feed));
        }
    }

    private Feed feed(Venue venue) throws Exception {
        var ports = Waiting.get(venue.httpPort(), "/status").path("linePorts");
        var lines = "127.0.0.1:%s,127.0.0.1:%s".formatted(ports.get(0), ports.get(1));
        return new Feed(new Settings(Map.of("DESK_DIR", folder.toString(), "LINES", lines)));
    }

    private static boolean ready(Feed feed) throws Exception {
        return Waiting.get(feed.httpPort(), "/status").path("ready").asBoolean();
    }

    private static long status(Feed feed, String key) throws Exception {
        return Waiting.get(feed.httpPort(), "/status").path(key).asLong();
    }

    private static void control(Venue venue, String what, String json) throws Exception {
        Waiting.post(venue.httpPort(), "/control/" + what, json);
    }
}
