package dev.pitcrew.runtime.haproxy;

import dev.pitcrew.model.Proxy;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.runtime.balancer.ProxyContract;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.balancer.Traffic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/// A real HAProxy, alone and on our disk.
@Tag("real")
class HaproxyTrafficTest extends ProxyContract {
    private TestingHaproxy haproxy;
    private Traffic traffic;

    @BeforeEach
    void start() throws Exception {
        TestingHaproxy.program();
        var socket = folder.resolve("s").toString();
        var place =
                new ProxyPlace(
                        List.of(socket),
                        folder,
                        Optional.empty(),
                        Path.of("unused"),
                        Map.of(
                                "gateway",
                                new ProxyPlace.Front(
                                        front,
                                        Proxy.Mode.HTTP,
                                        8,
                                        Optional.empty(),
                                        Optional.of(
                                                new Sticky(
                                                        new Sticky.Part.Header("X-Client"),
                                                        Optional.of(
                                                                new Sticky.Part.Query(
                                                                        "order")))))));
        haproxy = new TestingHaproxy(place, socket);
        traffic = new HaproxyTraffic(place);
    }

    @AfterEach
    void end() {
        if (haproxy != null) {
            haproxy.close();
        }
    }

    @Override
    protected Traffic traffic() {
        return traffic;
    }

    @Override
    protected void kill() {
        haproxy.kill();
    }

    @Override
    protected void beginAgain() throws Exception {
        haproxy.beginAgain();
    }
}
