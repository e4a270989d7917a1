package dev.pitcrew.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.process.HostFact.Known;
import dev.pitcrew.runtime.process.HostFact.Unknown;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalHostFactsTest extends HostFactsContract {
    private static final String TRACKING =
            "A29FC801,162.159.200.1,4,1763900000.5,-0.000010,0.000002,0.000005,-9.1,0.0,0.03,"
                    + "0.004000,0.000100,64.4,Normal";

    @Override
    HostFacts withClockBound(long nanos) {
        var seconds = BigDecimal.valueOf(nanos, 9).toPlainString();
        var line =
                "A29FC801,10.0.0.1,4,1763900000.5,%s,0,0,0,0,0,0,0,64.4,Normal".formatted(seconds);
        return new LocalHostFacts(List.of("echo", line));
    }

    @Override
    HostFacts withoutTime() {
        return new LocalHostFacts(List.of("false"));
    }

    @Test
    void the_clock_is_off_by_the_offset_and_what_the_path_hides_at_most() {
        HostFact bound = new LocalHostFacts(List.of("echo", TRACKING)).clockOffsetNanos();

        // 10 us measured, 100 us of dispersion, half of 4 ms of delay
        assertThat(bound).isEqualTo(new Known(2_110_000, "chrony from 162.159.200.1"));
    }

    @Test
    void without_chrony_nobody_can_say() {
        assertThat(new LocalHostFacts(List.of("/no/such/chronyc")).clockOffsetNanos())
                .isInstanceOf(Unknown.class);
        assertThat(new LocalHostFacts(List.of("false")).clockOffsetNanos())
                .isInstanceOf(Unknown.class);
    }

    @Test
    void a_clock_without_a_reference_is_unknown() {
        assertThat(LocalHostFacts.bound(TRACKING.replace("Normal", "Not synchronised")))
                .isInstanceOf(Unknown.class);
        assertThat(LocalHostFacts.bound(TRACKING.replace("0.000100", "NaN")))
                .isInstanceOf(Unknown.class);
        assertThat(LocalHostFacts.bound("506 Cannot talk to daemon")).isInstanceOf(Unknown.class);
    }
}
