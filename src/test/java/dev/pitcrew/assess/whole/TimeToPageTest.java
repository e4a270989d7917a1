package dev.pitcrew.assess.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeToPageTest {
    @Test
    void all_that_is_waited_for_adds_up_and_an_alert_holds_for_whole_evaluations() {
        var time =
                new TimeToPage(
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(30));

        assertThat(time)
                .hasToString("15s scrape + 1m evaluation + 2m for + 30s group wait = 3m45s");
        assertThat(time.monthsOf(Duration.ofSeconds(45))).isEqualTo(5.0);
    }
}
