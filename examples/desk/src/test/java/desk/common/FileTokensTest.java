package desk.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTokensTest {
    @TempDir Path folder;

    @Test
    void before_the_first_token_the_highest_is_none() {
        assertThat(tokens().highest()).isZero();
    }

    @Test
    void a_token_as_high_as_the_highest_is_taken_again_and_an_older_one_is_not() {
        assertThat(tokens().take(7)).isTrue();
        assertThat(tokens().take(7)).isTrue();
        assertThat(tokens().take(6)).isFalse();
        assertThat(tokens().take(8)).isTrue();
    }

    @Test
    void an_activation_needs_a_newer_one() {
        assertThat(tokens().takeNewer(7)).isTrue();
        assertThat(tokens().takeNewer(7)).isFalse();
        assertThat(tokens().takeNewer(6)).isFalse();
        assertThat(tokens().takeNewer(8)).isTrue();
    }

    @Test
    void the_highest_never_goes_back_whatever_is_asked() {
        for (long token : new long[] {3, 1, 9, 2, 9, 0, -5, 8}) {
            var before = tokens().highest();
            tokens().take(token);
            tokens().takeNewer(token - 1);
            assertThat(tokens().highest()).isEqualTo(Math.max(before, token));
        }
    }

    @Test
    void it_is_on_the_disk_before_the_answer() throws Exception {
        tokens().take(42);

        assertThat(Files.readString(file())).isEqualTo("00000000000000000042");
    }

    @Test
    void the_highest_number_of_all_fits() {
        tokens().take(Long.MAX_VALUE);

        assertThat(tokens().highest()).isEqualTo(Long.MAX_VALUE);
        assertThat(tokens().takeNewer(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void of_many_who_want_the_same_token_at_once_one_gets_it() throws Exception {
        var winners = new AtomicInteger();
        var wishes = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 16; i++) {
            wishes.add(() -> tokens().takeNewer(5) && winners.incrementAndGet() > 0);
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var wish : threads.invokeAll(wishes)) {
                wish.get();
            }
        }

        assertThat(winners).hasValue(1);
    }

    @Test
    void services_have_tokens_of_their_own() {
        var settings = new Settings(Map.of("DESK_DIR", folder.toString()));
        FileTokens.of(settings, "strategy").take(9);

        assertThat(FileTokens.of(settings, "gateway").highest()).isZero();
        assertThat(FileTokens.of(settings, "strategy").highest()).isEqualTo(9);
    }

    private FileTokens tokens() {
        return new FileTokens(file()); // another instance each time, as another process would have
    }

    private Path file() {
        return folder.resolve("tokens").resolve("strategy");
    }
}
