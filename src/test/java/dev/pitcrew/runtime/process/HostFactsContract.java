package dev.pitcrew.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.process.HostFact.Known;
import dev.pitcrew.runtime.process.HostFact.Unknown;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every adapter of [HostFacts] must do; run against this host and against the one of the tests.
abstract class HostFactsContract {
    @TempDir Path folder;

    /// A host whose clock is off by so much at most.
    abstract HostFacts withClockBound(long nanos);

    /// A host on which nobody knows the time.
    abstract HostFacts withoutTime();

    @Test
    void free_disk_is_a_number_with_its_source() {
        var free = withoutTime().diskFreeBytes(folder);

        assertThat(free)
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> {
                            assertThat(known.value()).isPositive();
                            assertThat(known.source()).isNotEmpty();
                        });
    }

    @Test
    void free_disk_is_told_for_a_path_that_is_not_there_yet() {
        assertThat(withoutTime().diskFreeBytes(folder.resolve("not/yet")))
                .isInstanceOf(Known.class);
    }

    @Test
    void a_clock_that_is_watched_has_a_bound_with_its_source() {
        assertThat(withClockBound(2_000_000).clockOffsetNanos())
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> {
                            assertThat(known.value()).isEqualTo(2_000_000);
                            assertThat(known.source()).isNotEmpty();
                        });
    }

    @Test
    void a_clock_that_nobody_watches_is_unknown_and_not_exact() {
        assertThat(withoutTime().clockOffsetNanos()).isInstanceOf(Unknown.class);
    }
}
