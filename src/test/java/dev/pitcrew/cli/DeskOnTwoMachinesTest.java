package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitcrew.cli.VerbDesk.Done;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingCertificates;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.ledger.TestingSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small desk over two machines, one behind a real sshd and one behind TLS: each is a `dockerd` and an address of its own.
@Tag("real")
@Tag("long")
class DeskOnTwoMachinesTest {
    private static final Owner OWNER = new Owner("small", "demo");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private TestingDocker first;
    private TestingDocker second;
    private TestingSshd sshd;
    private VerbDesk desk;

    @BeforeEach
    void start() throws Exception {
        first = TestingDocker.shared();
        var keys = new TestingCertificates(folder.resolve("keys"));
        var port = FreePorts.next();
        second = TestingDocker.byTls(port, keys.sign("server", "127.0.0.1"));
        var tried = TestingSshd.start(Files.createDirectories(folder.resolve("sshd")));
        assumeTrue(tried.server().isPresent(), tried.obstacle());
        sshd = tried.server().orElseThrow();
        for (var version : List.of("1", "2")) {
            first.java("desk:" + version);
            first.copy("desk:" + version, second);
        }
        Files.createDirectories(folder.resolve("data"));
        desk = desk(keys.sign("client", ""), port);
    }

    private VerbDesk desk(Path client, int port) throws Exception {
        var code = TestingService.class.getProtectionDomain().getCodeSource().getLocation();
        var container =
                "container: {image: \"desk:${version}\", stopGrace: 1s, mounts: [%s, %s, %s]}"
                        .formatted(
                                mount(Path.of(System.getProperty("java.home")), true),
                                mount(Path.of(code.toURI()), true),
                                mount(folder, false));
        var hosts =
                """
                hosts: {a: {address: 127.0.0.2, engine: "%s", identity: "%s", knownHosts: "%s"}, \
                b: {address: 127.0.0.3, engine: "tcp://127.0.0.1:%d", certificates: "%s"}}"""
                        .formatted(
                                sshd.target(first.socket()),
                                sshd.identity(),
                                sshd.knownHosts(),
                                port,
                                client);
        return new VerbDesk(
                folder,
                text ->
                        text.replace("artifact: [\"versions/${version}.conf\"]", container)
                                .replace("env: {PORT", "env: {HOST: \"${host}\", PORT")
                                .replace(
                                        "demo: {kind",
                                        "demo: {runtime: docker, " + hosts + ", kind"));
    }

    private static String mount(Path path, boolean isReadOnly) {
        return "{folder: \"%s\", at: \"%s\", readOnly: %s}".formatted(path, path, isReadOnly);
    }

    @AfterEach
    void end() throws Exception {
        if (desk != null) {
            desk.close();
        }
        if (sshd != null) {
            sshd.close();
        }
        if (second != null) {
            first.clean(OWNER);
            second.close();
        }
    }

    @Test
    void it_is_spread_changed_and_taken_down_over_both() throws Exception {
        good("up");
        assertThat(first.instances(OWNER)).hasSize(1);
        assertThat(second.instances(OWNER)).hasSize(1);

        good("deploy", "gateway", "2", "--wait");
        assertThat(good("status").out()).contains("on a", "on b");

        first.java("desk:3");
        second.java("desk:3"); // built twice, so not the same
        var refused = desk.run("deploy", "gateway", "3");
        assertThat(refused.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).contains("desk:3 is not the same on all hosts");

        desk.open(0);
        Awaiting.until(
                "all of it to end", LIMIT, () -> desk.run("down").end() == ExitCode.OK, this::said);
        good("ledger", "verify");
    }

    private String said() {
        try {
            return desk.run("status").out() + desk.log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Done good(String... words) throws Exception {
        var done = desk.run(words);
        assertThat(done.end()).as("%s %s", done, desk.log()).isEqualTo(ExitCode.OK);
        return done;
    }
}
