package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.cli.VerbDesk.Done;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.DockerProcesses;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.process.KnownProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A desk whose instances are containers of a real engine, operated by verbs alone.
final class ContainerDesk {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestingDocker docker;
    private final Owner owner;
    private final VerbDesk verbs;
    private final String adopted;

    /// @param file the text of its system file
    ContainerDesk(Path folder, TestingDocker docker, Owner owner, String file) throws Exception {
        this(folder, docker, owner, file, "adopted.json");
    }

    /// @param docker one of its engines; what others have is not looked at
    /// @param adopted the name of the file in which that one's containers stand that were taken over
    ContainerDesk(Path folder, TestingDocker docker, Owner owner, String file, String adopted)
            throws Exception {
        this.adopted = adopted;
        this.docker = docker;
        this.owner = owner;
        verbs = new VerbDesk(folder, _ -> file);
    }

    DataFolder data() {
        return verbs.data();
    }

    Done run(String... words) {
        return verbs.run(words);
    }

    /// From now on whoever has this token is the operator.
    void become(String token) throws IOException {
        verbs.become(token);
    }

    /// Runs a verb that has to end well.
    Done good(String... words) {
        var done = run(words);
        assertThat(done.end()).as("%s %s %s", List.of(words), done, said()).isEqualTo(ExitCode.OK);
        return done;
    }

    /// Runs a verb that has to be refused, and gives what it says.
    String refused(String... words) {
        var done = run(words);
        assertThat(done.end())
                .as("%s %s %s", List.of(words), done, said())
                .isEqualTo(ExitCode.REFUSED);
        return done.err();
    }

    /// All instances that it has, by name.
    List<KnownProcess> known() {
        try {
            return new DockerProcesses(docker.engine(), owner, data().path().resolve(adopted))
                    .known();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Those that have not ended.
    List<String> living() {
        return known().stream()
                .filter(one -> !one.state().dead())
                .map(KnownProcess::instance)
                .toList();
    }

    /// Where an instance listens.
    int port(String instance) {
        return known().stream()
                .filter(one -> one.instance().equals(instance))
                .map(one -> one.ports().getOrDefault("http", 0))
                .findFirst()
                .orElseThrow();
    }

    /// By id or name.
    Container container(String idOrName) {
        return docker.engine().container(idOrName).orThrow();
    }

    /// What was started from here as that instance.
    Container containerOf(String instance) {
        return docker.containerOf(owner, instance);
    }

    void await(String what, BooleanSupplier isSo) {
        Awaiting.until(what, LIMIT, isSo, this::said);
    }

    /// What a failing test should show.
    String said() {
        try {
            return run("status").out() + verbs.log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Brings all of it down, once nothing changes any more.
    void down() {
        await("the end of the change, and then of all", () -> run("down").end() == ExitCode.OK);
        assertThat(living()).isEmpty();
        good("ledger", "verify");
    }

    /// Ends the controller, and nothing that it keeps.
    void endController() throws Exception {
        verbs.endController();
    }

    /// Ends all of it.
    void close() throws Exception {
        verbs.close();
        docker.clean(owner);
    }
}
