package desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatewayVersionTest {
    private static final int MANY = 10_000;

    /// Clients count their ids up. Within four standard deviations of one drawn by chance.
    @Test
    void the_slow_one_is_slow_with_five_of_a_hundred() {
        var slow = GatewayVersion.of(Map.of("flaw", "slow"));

        for (var client = 1; client <= 8; client++) {
            assertThat(counted(client, slow::dawdles)).isBetween(413L, 587L);
        }
    }

    /// Whoever looks at a few hundred in a row sees about as many as there are in all. By chance it would be 25.
    @Test
    void slow_ones_do_not_come_one_after_the_other() {
        var slow = GatewayVersion.of(Map.of("flaw", "slow"));

        var inARow = counted(1, id -> slow.dawdles(id) && slow.dawdles(after(id)));

        assertThat(inARow).isLessThan(50);
    }

    private static String after(String id) {
        var dash = id.lastIndexOf('-') + 1;
        return id.substring(0, dash) + (Integer.parseInt(id.substring(dash)) + 1);
    }

    @Test
    void the_rejecting_one_refuses_three_of_a_hundred() {
        var rejecting = GatewayVersion.of(Map.of("flaw", "rejects"));

        for (var client = 1; client <= 8; client++) {
            assertThat(counted(client, rejecting::refuses)).isBetween(232L, 368L);
        }
    }

    private static long counted(int client, Predicate<String> which) {
        return IntStream.rangeClosed(1, MANY)
                .mapToObj(number -> "c" + client + "-" + number)
                .filter(which)
                .count();
    }
}
