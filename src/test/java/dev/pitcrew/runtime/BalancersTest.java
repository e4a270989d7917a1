package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Proxy;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.TradingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The files against `haproxy.txt` and `nginx.txt` in `src/test/golden/balancer`, word for word; `-Dgolden=update` writes them anew.
class BalancersTest {
    private static final Path GOLDEN = Path.of("src/test/golden/balancer");
    private static final Proxy.Front ORDERS =
            new Proxy.Front(new Template("127.0.0.1:8080"), Proxy.Mode.HTTP, 8, Optional.empty());
    private static final Proxy.Front FIX =
            new Proxy.Front(
                    new Template("0.0.0.0:9878"),
                    Proxy.Mode.TCP,
                    4,
                    Optional.of(Duration.ofSeconds(5)));

    @ParameterizedTest
    @EnumSource(names = {"HAPROXY", "NGINX"})
    void what_a_balancer_has_to_be_started_with_follows_from_the_system_file(
            Environment.Balancer balancer) throws IOException {
        var text = new StringBuilder();
        Balancers.files(settings(balancer))
                .forEach((path, of) -> text.append("### ").append(path).append('\n').append(of));
        var golden = GOLDEN.resolve(balancer.name().toLowerCase(Locale.ROOT) + ".txt");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(golden, text);
        }

        assertThat(text.toString()).isEqualTo(Files.readString(golden));
    }

    @Test
    void our_own_balancer_needs_none() {
        assertThatThrownBy(() -> Balancers.files(settings(Environment.Balancer.BUILT_IN)))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("needs no configuration");
    }

    private static ControllerSettings settings(Environment.Balancer balancer) {
        var one = TestingSystem.in(Path.of("/desk"), List.of());
        var proxy =
                new Proxy(
                        List.of(new Template("/run/haproxy/pitcrew.sock")),
                        new Template("${env.LIB}/proxy"),
                        Optional.of(new Template("/run/nginx.pid")),
                        new Template("/etc/nginx/nginx.conf"),
                        balancer == Environment.Balancer.HAPROXY
                                ? Map.of("gateway", ORDERS, "books", FIX)
                                : Map.of("gateway", ORDERS));
        var environment = TestingSystem.environment(List.of());
        var system =
                new TradingSystem(
                        one.name(),
                        one.owner(),
                        one.site(),
                        one.host(),
                        one.venues(),
                        one.services(),
                        one.stores(),
                        one.feeds(),
                        List.of(
                                balancer == Environment.Balancer.BUILT_IN
                                        ? environment
                                        : environment.behind(balancer, proxy)),
                        one.folder(),
                        one.digest());
        return new ControllerSettings(
                system, "demo", Path.of("/data"), Map.of("LIB", "/var/lib/pitcrew"));
    }
}
