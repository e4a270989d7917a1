package dev.pitcrew.runtime.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PushResponseItem;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A real registry on loopback, that wants a login.
final class TestingRegistry implements AutoCloseable {
    static final String USER = "desk";
    static final String PASSWORD = "open-sesame-42";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    // PASSWORD by bcrypt, as `htpasswd -B` writes it
    private static final String HASH =
            "$2y$05$abcdefghijklmnopqrstuuPvlXCRQqKpBba0rJZc1LI5TCJ1Gzh5e";

    private final int port;
    private final Process process;

    /// @param folder for its files
    TestingRegistry(Path folder) throws IOException {
        assumeTrue(
                Files.isExecutable(PROGRAM),
                "there is no docker-registry; ./verify --install brings it");
        port = FreePorts.next();
        Files.writeString(folder.resolve("users"), USER + ":" + HASH + "\n");
        var settings =
                Files.writeString(
                        folder.resolve("registry.yml"),
                        """
                        version: 0.1
                        storage: {filesystem: {rootdirectory: "FOLDER/registry"}}
                        http: {addr: "127.0.0.1:PORT"}
                        auth: {htpasswd: {realm: test, path: "FOLDER/users"}}
                        """
                                .replace("FOLDER", folder.toString())
                                .replace("PORT", String.valueOf(port)));
        process =
                new ProcessBuilder(PROGRAM.toString(), "serve", settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("registry.log").toFile())
                        .start();
        Awaiting.until("the registry", LIMIT, this::listens, () -> "");
    }

    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// What an image is called there.
    String name(String image) {
        return "127.0.0.1:" + port + "/" + image;
    }

    /// Takes an image of an engine, which then knows it no longer by that name.
    void take(Engine engine, String image) {
        var name = name(image);
        engine.call(
                        LIMIT,
                        client -> {
                            client.tagImageCmd(image, name, "").exec();
                            try {
                                return client.pushImageCmd(name)
                                        .withAuthConfig(
                                                new AuthConfig()
                                                        .withUsername(USER)
                                                        .withPassword(PASSWORD))
                                        .exec(new ResultCallback.Adapter<PushResponseItem>())
                                        .awaitCompletion();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .orThrow();
        engine.call(LIMIT, client -> client.removeImageCmd(name).exec());
        engine.call(LIMIT, client -> client.removeImageCmd(image).exec());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
