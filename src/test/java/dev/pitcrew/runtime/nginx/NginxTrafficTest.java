package dev.pitcrew.runtime.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Proxy;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.runtime.balancer.ProxyContract;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A real nginx.
@Tag("real")
class NginxTrafficTest extends ProxyContract {
    private ProxyPlace place;
    private TestingNginx nginx;
    private Traffic traffic;

    @BeforeEach
    void start() throws Exception {
        TestingNginx.assumeInstalled();
        place =
                new ProxyPlace(
                        List.of(),
                        folder,
                        Optional.of(folder.resolve("nginx.pid")),
                        folder.resolve("nginx.main"),
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
        nginx = new TestingNginx(place);
        traffic = new NginxTraffic(place);
    }

    @AfterEach
    void end() {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Override
    protected Traffic traffic() {
        return traffic;
    }

    @Override
    protected void kill() {
        nginx.kill();
    }

    @Override
    protected void beginAgain() throws Exception {
        nginx.beginAgain();
    }

    /// By nginx's own hash.
    @Override
    protected boolean isCanary(String client, double share) {
        var place = murmur(("gateway " + client).getBytes(StandardCharsets.UTF_8)) & 0xffffffffL;
        var hundredths = (long) (NginxConfig.percent(share) * 100);
        return place < hundredths * 0xffffffffL / 10_000;
    }

    /// MurmurHash2 with the seed 0.
    private static int murmur(byte[] text) {
        final int m = 0x5bd1e995;
        int hash = text.length;
        int at = 0;
        for (; at + 4 <= text.length; at += 4) {
            int k =
                    (text[at] & 0xff)
                            | ((text[at + 1] & 0xff) << 8)
                            | ((text[at + 2] & 0xff) << 16)
                            | ((text[at + 3] & 0xff) << 24);
            k *= m;
            k ^= k >>> 24;
            k *= m;
            hash = (hash * m) ^ k;
        }
        if (at < text.length) {
            for (int i = text.length - 1; i >= at; i--) {
                hash ^= (text[i] & 0xff) << (8 * (i - at));
            }
            hash *= m;
        }
        hash ^= hash >>> 13;
        hash *= m;
        return hash ^ hash >>> 15;
    }

    @Test
    void what_was_broken_by_hand_is_said_in_nginx_s_own_words_and_the_old_configuration_serves_on()
            throws Exception {
        traffic.route("gateway", List.of(target(1)));
        var main = Files.readString(place.configuration());
        Files.writeString(place.configuration(), main.replace("access_log off;", "acces_log off;"));

        assertThat(traffic.open("gateway", List.of(target(2))))
                .isInstanceOfSatisfying(
                        TrafficAnswer.Refused.class,
                        no -> assertThat(no.reason()).contains("unknown directive \"acces_log\""));
        assertThat(answer(request())).isEqualTo("200 1");
        assertThat(state().targets()).containsExactly(target(1));

        Files.writeString(place.configuration(), main);
        traffic.open("gateway", List.of(target(2)));
        assertThat(answer(request())).isEqualTo("200 2");
    }

    @Test
    void a_file_that_nginx_has_not_read_is_not_believed() throws Exception {
        traffic.route("gateway", List.of(target(1)));
        var file = NginxConfig.file(place.folder(), "gateway");
        var said = Files.readString(file);
        Files.writeString(file, said.replace("\"generation\":1", "\"generation\":2"));

        assertThat(traffic.state("gateway")).isInstanceOf(TrafficAnswer.Unreachable.class);
        assertThat(traffic.routes()).isEmpty();
        traffic.route("gateway", List.of(target(1)));
        assertThat(state().generation()).isEqualTo(3);
    }
}
