package dev.pitcrew.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.http.ProbeReading.Failed;
import dev.pitcrew.runtime.http.ProbeReading.Value;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Prometheus text, as services write it and as they don't mean to.
class AnswerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open 7",
                "open 7\n",
                "open 7 1700000000000\n",
                "open\t7\t1700000000000\n",
                "open   7  \n",
                "open 7\r\nother 8\r\n",
                "# HELP open Orders that rest.\n# TYPE open gauge\nopen 7\n",
                "open_total 9\nopened 8\nopen{venue=\"X\"} 3\nopen 7\n",
                "\n\nrubbish\nopen 7\nopen 8\n"
            })
    void a_sample_is_found_by_its_name(String text) {
        assertThat(answer(text).metric("open")).isEqualTo(new Value("7", NOON));
    }

    @Test
    void labels_belong_to_the_name_and_may_have_spaces() {
        var text = "fill{venue=\"Y\"} 1\nfill{venue=\"X Y\",side=\"BUY\"} 2.5e3\n";

        assertThat(answer(text).metric("fill{venue=\"X Y\",side=\"BUY\"}"))
                .isEqualTo(new Value("2.5e3", NOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "open",
                "open ",
                "open \t\n",
                "openorders 7",
                "# open 7",
                " open 7",
                "open{venue=\"X\"} 7",
                "<html>open 7</html>"
            })
    void what_has_no_such_sample_is_a_failure(String text) {
        assertThat(answer(text).metric("open")).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "<html>", "[1, 2", "{\"a\": }"})
    void a_place_in_what_is_no_json_is_a_failure(String text) {
        assertThat(answer(text).at("/a")).isInstanceOf(Failed.class);
    }

    @Test
    void a_pointer_that_is_none_is_a_failure() {
        assertThat(answer("{\"a\": 1}").at("a")).isInstanceOf(Failed.class);
    }

    private static Answer answer(String text) {
        return new Answer(true, "status 200", text, NOON);
    }
}
