package dev.pitcrew.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitcrew.deploy.Intents;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Samples;
import dev.pitcrew.ledger.TestingStore;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import dev.pitcrew.ledger.WitnessState;
import dev.pitcrew.model.Template;
import dev.pitcrew.model.WitnessRef;
import dev.pitcrew.runtime.Controller;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.TestingSystem;
import dev.pitcrew.runtime.process.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// By way of the real `ssh` and a real sshd; skips itself where none can run, and says why.
@Tag("real")
class SshWitnessOverSshTest extends WitnessContract {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir private static Path keys;
    private static TestingSshd.Try tried;

    @BeforeAll
    static void serve() throws Exception {
        tried = TestingSshd.start(keys);
    }

    @AfterAll
    static void leave() {
        tried.server().ifPresent(TestingSshd::close);
    }

    @Override
    Witness start(Path folder, VerifierKey ledger) throws IOException {
        assumeTrue(tried.server().isPresent(), tried.obstacle());
        return witness(folder, server().knownHosts());
    }

    @Override
    void stop(Witness witness) {}

    @Test
    void a_host_with_another_key_than_the_known_one_is_not_talked_to() throws IOException {
        var witness = witness(folder, server().wrongHosts());
        var ledger = Ledger.open(new TestingStore(), Samples.key());

        assertThat(WitnessState.compare(ledger, witness))
                .isInstanceOfSatisfying(
                        WitnessState.Silent.class,
                        one -> assertThat(one.why()).contains("Host key verification failed"));
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_controller_is_witnessed_by_it() throws Exception {
        var remote = Files.createDirectory(folder.resolve("remote"));
        var reference =
                new WitnessRef.SshWitness(
                        server().target(remote),
                        Optional.of(new Template(server().identity().toString())),
                        Optional.of(new Template(server().knownHosts().toString())));
        var system = TestingSystem.in(folder, List.of(reference));
        var data = folder.resolve("data");
        try (var controller =
                Controller.open(
                        new ControllerSettings(
                                system, "demo", data, Map.of("DESK_SECRET", "hush")))) {
            controller
                    .loop()
                    .ask((desk, at) -> new Intents(desk, at, "ada", "").freeze())
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            var limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!controller.status().witnesses().containsValue(new WitnessState.Agreed(1))) {
                assertThat(System.nanoTime()).as("%s", controller.status()).isLessThan(limit);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } finally {
            var processes = new LocalProcesses(data.resolve("processes"));
            processes.known().forEach(one -> processes.kill(one.instance()));
        }
    }

    private static TestingSshd server() {
        return tried.server().orElseThrow();
    }

    private static Witness witness(Path folder, Path knownHosts) {
        var target = SshTarget.parse(server().target(folder));
        return new SshWitness(
                target.command(
                        Optional.of(server().identity()),
                        Optional.of(knownHosts),
                        LIMIT.toSeconds()),
                target.folder(),
                LIMIT);
    }
}
