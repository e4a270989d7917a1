package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private final Sessions sessions = new Sessions(new SecureRandom());

    @Test
    void a_session_ends_after_half_an_hour_without_a_person() {
        var key = sessions.begin("ann", "k", NOON).key();
        var later = NOON.plus(Duration.ofMinutes(29));

        assertThat(sessions.find(key, later, false)).isPresent();
        assertThat(sessions.find(key, NOON.plus(Duration.ofMinutes(31)), true)).isEmpty();
    }

    @Test
    void a_person_keeps_it_but_not_for_longer_than_twelve_hours() {
        var key = sessions.begin("ann", "k", NOON).key();
        for (int i = 1; i <= 24; i++) {
            var at = NOON.plus(Duration.ofMinutes(30L * i));

            assertThat(sessions.find(key, at, true)).as("%s", at).isPresent();
        }

        assertThat(sessions.find(key, NOON.plus(Duration.ofMinutes(721)), true)).isEmpty();
    }

    @Test
    void two_sessions_of_one_person_have_keys_and_forms_of_their_own() {
        var one = sessions.begin("ann", "k", NOON);
        var two = sessions.begin("ann", "k", NOON);

        assertThat(one.key()).isNotEqualTo(two.key()).hasSize(43);
        assertThat(one.isFrom(two.form())).isFalse();
        assertThat(one.isFrom(one.form())).isTrue();
    }
}
