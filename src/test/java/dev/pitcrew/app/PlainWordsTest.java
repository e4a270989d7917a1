package dev.pitcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disk 78257872896 bytes (at least 268435456 bytes, by /d) | disk 72.9 GiB (at least 256 MiB, by /d)",
                "witnessed 0.000676 hours (at most 24 hours) | witnessed 2.4 s (at most 24 hours)",
                "killTested 0.0000439 days (at most 30 days) | killTested 3.8 s (at most 30 days)",
                "killTested 4.39E-5 days | killTested 3.8 s",
                "witnessed 0.51 hours | witnessed 30.6 min",
                "killTested 1.25 days | killTested 30 hours",
                "killTested 12.5 days | killTested 12.5 days",
                "Start[instance=gateway-3, version=2-a] | gateway-3 was started as version 2-a",
                "feed 35 ms (at most 2000 ms, by feed-1) | feed 35 ms (at most 2000 ms, by feed-1)",
                "999 bytes of version 1.0 | 999 bytes of version 1.0"
            })
    void a_sentence_has_the_unit_that_fits(String written, String read) {
        assertThat(PlainWords.sentence(written)).isEqualTo(read);
    }
}
