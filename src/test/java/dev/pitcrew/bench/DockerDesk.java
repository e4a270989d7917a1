package dev.pitcrew.bench;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.cli.DemoOperator;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.Balancers;
import dev.pitcrew.runtime.ControllerSettings;
import dev.pitcrew.runtime.FreePorts;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.docker.Owner;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.runtime.haproxy.TestingHaproxy;
import dev.pitcrew.runtime.nginx.TestingNginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The desk of the bench of handoffs with each instance in a container of a real engine, behind a real HAProxy or nginx. Its images have
/// nothing but libraries: Java and the desk are mounted. Every second request may be slow: what is looked at is changes.
public final class DockerDesk implements AutoCloseable {
    public static final String GATEWAY = BenchDesk.GATEWAY;

    static final Path FILE = Path.of("bench", "handoff", "pitcrew.yaml");
    static final Owner OWNER = new Owner("handoff-bench", "docker");

    private static final Path DESK = Path.of("examples", "desk");
    private static final String COMMAND = "    command: [";

    private final TestingDocker docker;
    private final Path folder;
    private final Path socket;
    private final BenchDesk desk;
    private int made;
    private @Nullable TestingHaproxy haproxy;
    private @Nullable TestingNginx nginx;

    /// What stands in front.
    public enum Front {
        HAPROXY,
        NGINX
    }

    /// @param docker with images `desk:VERSION`; it is not closed
    /// @param socket by which the controller reaches the engine
    /// @param strategy of the gateway
    public DockerDesk(TestingDocker docker, Path socket, Front front, String strategy)
            throws IOException, InterruptedException {
        this.docker = docker;
        folder = Files.createTempDirectory("pitcrew-docker-desk");
        this.socket = socket;
        for (var version : List.of("1", "2", "3")) {
            version(version, version);
        }
        var file = Files.writeString(folder.resolve("pitcrew.yaml"), text(front, strategy));
        var place = place(file);
        switch (front) {
            case HAPROXY -> haproxy = new TestingHaproxy(place, folder.resolve("s").toString());
            case NGINX -> nginx = new TestingNginx(place);
        }
        try {
            desk = new BenchDesk(file, OWNER.environment());
        } catch (RuntimeException | IOException | InterruptedException e) {
            docker.clean(OWNER);
            closeFront();
            throw e;
        }
    }

    private String text(Front front, String strategy) throws IOException {
        var all = Files.readString(FILE);
        var services = all.substring(0, all.indexOf("\nenvironments:"));
        var container =
                """
                    container:
                      image: "desk:${version}"
                      stopGrace: 1s
                      mounts:
                        - {folder: "${env.JAVA_HOME}", at: "%s", readOnly: true}
                        - {folder: "${env.DESK}", at: "%s", readOnly: true}
                        - {folder: "${dir}", at: /data}
                        - {folder: "%s", at: /versions, readOnly: true}
                        - {volume: new, at: /tmp}
                """
                        .formatted(
                                System.getProperty("java.home"),
                                DESK.toAbsolutePath(),
                                folder.resolve("versions"));
        var contained =
                services.replace(COMMAND, container + COMMAND)
                        .replace("DESK_DIR: ${dir}", "DESK_DIR: /data")
                        .replace("DESK_DIR: \"${dir}\"", "DESK_DIR: /data")
                        .replace("${env.DESK}/versions/", "/versions/")
                        .replace("slow: 10%", "slow: 50%")
                        .replace("../../examples/desk", DESK.toAbsolutePath().toString())
                        .replace("strategy: handoff", "strategy: " + strategy)
                        .replace(
                                "    replicas: 2\n",
                                "    replicas: 2\n    resources: {memory: 512MiB}\n");
        var where =
                switch (front) {
                    case HAPROXY -> "sockets: [\"%s\"]".formatted(folder.resolve("s"));
                    case NGINX ->
                            "pid: \"%1$s/nginx.pid\", configuration: \"%1$s/nginx.main\""
                                    .formatted(folder);
                };
        return contained
                + """

                environments:
                  docker:
                    runtime: docker
                    engine: "unix://%s"
                    kind: demo
                    balancer: %s
                    proxy: {folder: "%s", %s, fronts: {gateway: {listen: "127.0.0.1:%d"}}}
                    approval: none
                    windows: always
                    gates: {diskFree: 256MiB}
                    ledger: {kind: sqlite, path: "${dir}/ledger.db"}
                    witnesses: [{folder: "${dir}/witness"}]
                """
                        .formatted(
                                socket,
                                front.name().toLowerCase(Locale.ROOT),
                                Files.createDirectories(folder.resolve("p")),
                                where,
                                FreePorts.next());
    }

    /// Another version of the gateway, of an image of its own.
    ///
    /// @param like as which of the example it behaves
    public void version(String name, String like) throws IOException {
        var versions = Files.createDirectories(folder.resolve("versions"));
        var text = Files.readString(DESK.resolve("versions/gateway-" + like + ".conf"));
        Files.writeString(
                versions.resolve("gateway-" + name + ".conf"),
                text.replace("version=" + like, "version=" + name));
        docker.java("desk:" + name);
    }

    /// Another version that never ran, without a dash in its name.
    public String fresh() throws IOException {
        var name = "new%d".formatted(++made);
        version(name, "2");
        return name;
    }

    private ProxyPlace place(Path file) {
        return switch (SystemFile.read(file)) {
            case Read.Good<TradingSystem>(var system) ->
                    Balancers.place(
                                    new ControllerSettings(
                                            system, OWNER.environment(), folder, Map.of()))
                            .orElseThrow();
            case Read.Bad<TradingSystem>(var problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }

    BenchDesk desk() {
        return desk;
    }

    public DemoOperator operator() {
        return desk.operator();
    }

    TestingDocker docker() {
        return docker;
    }

    /// Begins to send orders.
    public void load(int rate) throws IOException, InterruptedException {
        desk.load(rate);
    }

    /// Ends the load, and has the desk's files audited.
    ///
    /// @return what went wrong; empty when no order and no sender did
    public String audited(int rounds) throws IOException, InterruptedException {
        var way = desk.end("audited", rounds, rounds, "");
        return way.isClean() ? "" : way.toString();
    }

    /// Ends what the ledger knows nothing of, as whoever is told of it does: an engine may start something after it was given up.
    ///
    /// @return whether there was nothing
    public boolean endUnknown() {
        var unknown = operator().status().unknown();
        docker.end(OWNER, unknown);
        return unknown.isEmpty();
    }

    /// The controller's log.
    public String said() throws IOException {
        var log = new DataFolder(desk.folder()).controllerLog();
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /// HAProxy is killed, and begins again.
    public void restartFront() throws IOException {
        if (haproxy != null) {
            haproxy.kill();
            haproxy.beginAgain();
        }
    }

    /// With its folder.
    private void closeFront() throws IOException {
        if (haproxy != null) {
            haproxy.close();
        }
        if (nginx != null) {
            nginx.close();
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        desk.operator().killController(); // so that nothing starts again what is removed
        docker.clean(OWNER);
        desk.close();
        closeFront();
    }
}
