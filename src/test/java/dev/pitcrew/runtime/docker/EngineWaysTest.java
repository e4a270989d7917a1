package dev.pitcrew.runtime.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.docker.EngineAnswer.Silent;
import dev.pitcrew.runtime.docker.EnginePlace.Keys;
import dev.pitcrew.runtime.ledger.TestingSshd;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways to an engine of another machine: by TLS, by SSH, by the name of a context.
@Tag("real")
class EngineWaysTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void by_tls_both_show_a_certificate_and_whoever_has_another_is_not_heard() throws Exception {
        TestingDocker.shared(); // it can't be had: skipped
        var ours = new TestingCertificates(folder.resolve("ours"));
        var theirs = new TestingCertificates(folder.resolve("theirs"));
        var server = ours.sign("server", "127.0.0.1");
        var client = ours.sign("client", "");
        var port = FreePorts.next();
        try (var docker = TestingDocker.byTls(port, server)) {
            var place = "tcp://127.0.0.1:" + port;
            assertThat(answer(place, Keys.ofTls(client))).isInstanceOf(Got.class);
            assertThat(answer(place, Keys.ofTls(theirs.sign("client", ""))))
                    .isInstanceOf(Silent.class);
            assertThat(answer(place, Keys.NONE)).isNotInstanceOf(Got.class);
            assertThat(answer("tcp://127.0.0.2:" + port, Keys.ofTls(client)))
                    .isNotInstanceOf(Got.class);
            assertThat(answer(context(place, client), Keys.NONE)).isInstanceOf(Got.class);
            assertThat(docker.said()).isNotEmpty();
        }
    }

    @Test
    void by_ssh_it_is_reached_again_after_the_way_broke_and_nothing_is_left_of_it()
            throws Exception {
        var docker = TestingDocker.shared();
        try (var sshd = sshd()) {
            var place =
                    new EnginePlace(
                            URI.create(sshd.target(docker.socket())),
                            new Keys(
                                    Optional.empty(),
                                    Optional.of(sshd.identity()),
                                    Optional.of(sshd.knownHosts())));
            try (var engine = Engine.at(place)) {
                Awaiting.until(
                        "the way there",
                        LIMIT,
                        () -> engine.version() instanceof Got,
                        () -> engine.version().toString());
                assertThat(ssh()).hasSize(1);
                ssh().forEach(ProcessHandle::destroyForcibly);
                Awaiting.until(
                        "the way there again",
                        LIMIT,
                        () -> engine.version() instanceof Got,
                        () -> engine.version().toString());
            }
            Awaiting.until("its end", LIMIT, () -> ssh().isEmpty(), () -> ssh().toString());
        }
    }

    @Test
    void by_ssh_a_host_with_another_key_is_not_talked_to_and_ssh_s_own_words_say_so()
            throws Exception {
        var docker = TestingDocker.shared();
        try (var sshd = sshd();
                var engine =
                        Engine.at(
                                new EnginePlace(
                                        URI.create(sshd.target(docker.socket())),
                                        new Keys(
                                                Optional.empty(),
                                                Optional.of(sshd.identity()),
                                                Optional.of(sshd.wrongHosts()))))) {
            Awaiting.until(
                    "its word",
                    LIMIT,
                    () -> engine.version().why().contains("Host key verification failed"),
                    () -> engine.version().toString());
        }
    }

    @Test
    void a_context_that_is_not_there_is_named() {
        assertThatThrownBy(
                        () ->
                                EnginePlace.named(
                                        "context:live",
                                        Keys.NONE,
                                        Map.of("HOME", folder.toString())))
                .hasMessageContaining("no context live")
                .hasMessageContaining("docker context ls");
    }

    private EngineAnswer<EngineVersion> answer(String place, Keys keys) {
        var variables = Map.of("DOCKER_CONFIG", folder.resolve("docker").toString());
        try (var engine = Engine.at(EnginePlace.named(place, keys, variables))) {
            return engine.version();
        }
    }

    /// A context as `docker context create` writes it.
    private String context(String host, Path certificates) throws Exception {
        var contexts = folder.resolve("docker/contexts");
        var digest =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest("live".getBytes(UTF_8)));
        var meta = Files.createDirectories(contexts.resolve("meta").resolve(digest));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"live\",\"Endpoints\":{\"docker\":{\"Host\":\"%s\"}}}".formatted(host));
        var tls = Files.createDirectories(contexts.resolve("tls").resolve(digest));
        Files.createSymbolicLink(tls.resolve("docker"), certificates);
        return "context:live";
    }

    private TestingSshd sshd() throws Exception {
        var tried = TestingSshd.start(Files.createDirectories(folder.resolve("sshd")));
        assumeTrue(tried.server().isPresent(), tried.obstacle());
        return tried.server().orElseThrow();
    }

    private static List<ProcessHandle> ssh() {
        return ProcessHandle.current()
                .children()
                .filter(
                        one ->
                                one.info()
                                        .command()
                                        .filter(command -> command.endsWith("/ssh"))
                                        .isPresent())
                .toList();
    }
}
