package dev.pitcrew.app.adopt;

import static dev.pitcrew.app.adopt.TestingProject.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.adopt.Taking.Fate;
import dev.pitcrew.app.adopt.Taking.Row;
import dev.pitcrew.app.adopt.Taking.Taken;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.docker.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which containers of a project are taken over, decided from what the files say and what the engine describes.
class TakingTest {
    private static final String NEW = TestingProject.NEW;

    @TempDir private Path folder;
    private Optional<String> host = Optional.empty(); // on which all runs
    private List<String> without = List.of(); // hosts that don't have its image

    @Test
    void what_runs_is_taken_with_its_image_and_the_ports_it_is_published_at() throws IOException {
        var row = row(container("desk-gateway-1").published("0.0.0.0", 8081));

        assertThat(row)
                .isEqualTo(
                        new Row(
                                "gateway",
                                Fate.TAKE,
                                "",
                                "1".repeat(64),
                                List.of(
                                        new Taken(
                                                "desk-gateway-1",
                                                "desk-gateway-1",
                                                "gateway:1",
                                                Map.of("http", 8081),
                                                "unless-stopped")),
                                List.of()));
    }

    @Test
    void two_of_what_only_one_may_be_active_of_are_refused() throws IOException {
        assertThat(
                        row(
                                container("desk-gateway-1").published("0.0.0.0", 8081),
                                container("desk-gateway-2").published("0.0.0.0", 8082)))
                .satisfies(refused("2 containers run, and only one may be active"));
    }

    @Test
    void one_that_has_ended_beside_it_does_not_count() throws IOException {
        assertThat(
                        row(
                                container("desk-gateway-1").published("0.0.0.0", 8081),
                                container("desk-gateway-2").status("exited", 0)))
                .extracting(Row::fate)
                .isEqualTo(Fate.TAKE);
    }

    @Test
    void what_nobody_here_can_reach_is_refused() throws IOException {
        assertThat(row(container("desk-gateway-1")))
                .satisfies(refused("its port 8080 is not published"));
    }

    @Test
    void on_one_of_several_hosts_it_is_taken_where_its_address_reaches_it() throws IOException {
        host = Optional.of("b");

        var reached = row(container("desk-gateway-1").published("0.0.0.0", 8081));
        assertThat(reached.containers())
                .extracting(Taken::name)
                .containsExactly("desk-gateway-1 on b");
        assertThat(reached.containers().getFirst().ports()).containsEntry("http", 8081);
        assertThat(row(container("desk-gateway-1").published("10.0.0.6", 8081)).fate())
                .isEqualTo(Fate.TAKE);
        assertThat(row(container("desk-gateway-1").published("127.0.0.1", 8081)))
                .satisfies(
                        refused(
                                "desk-gateway-1 on b is not reached from this host: its port 8080 is not published at 10.0.0.6"));
    }

    /// Else one that dies could not be replaced there.
    @Test
    void what_other_hosts_have_no_image_of_is_refused() throws IOException {
        host = Optional.of("b");
        without = List.of("a");

        assertThat(row(container("desk-gateway-1").published("0.0.0.0", 8081)))
                .satisfies(refused("its image is not on a"));
    }

    @Test
    void one_that_is_paused_or_that_the_engine_restarts_is_refused() throws IOException {
        assertThat(row(container("desk-gateway-1").status("paused", 7)))
                .satisfies(refused("desk-gateway-1 is paused"));
    }

    @Test
    void what_nobody_can_tell_to_be_ready_is_refused() throws IOException {
        assertThat(rows(Map.of(), container("desk-feed-1").of("feed").status("running", 7)).get(1))
                .satisfies(refused("no health check, and pitcrew.yaml no probe ready"));
    }

    @Test
    void more_than_there_may_be_or_of_different_images_are_refused_and_fewer_are_told()
            throws IOException {
        var one = container("desk-feed-1").of("feed").healthy();
        var two = container("desk-feed-2").of("feed").healthy();
        var three = container("desk-feed-3").of("feed").healthy();

        assertThat(rows(Map.of(), one, two, three).get(1)).satisfies(refused("replicas: 3"));
        assertThat(rows(Map.of(), one, two.image(NEW)).get(1))
                .satisfies(refused("different images"));
        assertThat(rows(Map.of(), one, two).get(1).fate()).isEqualTo(Fate.TAKE);
        assertThat(rows(Map.of(), one).get(1).notes())
                .contains("1 of 2 run, so Pitcrew starts 1 more");
    }

    @Test
    void what_is_kept_already_is_left_alone_whatever_runs() throws IOException {
        assertThat(rows(Map.of("gateway", "2"), container("desk-gateway-1")).getFirst())
                .extracting(Row::fate, Row::why)
                .containsExactly(Fate.KEPT, "Pitcrew keeps it already, as version 2");
    }

    @Test
    void what_does_not_run_is_absent_and_services_without_stay_composes() throws IOException {
        var taking =
                taking(
                        Map.of(),
                        container("desk-gateway-1").status("exited", 0),
                        container("desk-watchtower-1").of("watchtower"));

        assertThat(taking.services())
                .extracting(Row::why)
                .containsExactly("desk-gateway-1 is exited", "no container of it is there");
        assertThat(taking.left()).containsExactly("desk-watchtower-1");
        assertThat(taking.taken()).isEmpty();
        assertThat(taking.isRefused()).isFalse();
    }

    @Test
    void source_code_of_the_host_and_what_differs_are_told_and_keep_nobody_from_it()
            throws IOException {
        var code =
                container("desk-feed-1")
                        .of("feed")
                        .healthy()
                        .mounted(folder.resolve("feed").toString(), "/app");

        var row = rows(Map.of(), code).get(1);

        assertThat(row.fate()).isEqualTo(Fate.TAKE);
        assertThat(row.notes()).anyMatch(one -> one.contains("lies over /app"));
        assertThat(row.notes())
                .contains(
                        "desk-feed-1 environment MODE is not as the files say; the next version is");
    }

    private static Consumer<Row> refused(String why) {
        return row -> {
            assertThat(row.fate()).isEqualTo(Fate.REFUSED);
            assertThat(row.why()).contains(why);
            assertThat(row.containers()).isEmpty();
        };
    }

    private Found placed(Found one) {
        return host.map(
                        name ->
                                new Found(
                                        one.container(),
                                        one.image(),
                                        one.named(),
                                        name,
                                        "10.0.0.6",
                                        without))
                .orElse(one);
    }

    private Row row(Described... runs) throws IOException {
        return rows(Map.of(), runs).getFirst();
    }

    private List<Row> rows(Map<String, String> kept, Described... runs) throws IOException {
        return taking(kept, runs).services();
    }

    private Taking taking(Map<String, String> kept, Described... runs) throws IOException {
        Files.writeString(
                folder.resolve("docker-compose.yml"),
                """
                name: desk
                services:
                  gateway: {image: "gateway:1", command: serve, ports: ["8081:8080"]}
                  feed: {image: "gateway:1", command: serve, environment: {MODE: live}, volumes: ["./feed:/app"]}
                  watchtower: {image: "watchtower:1"}
                """);
        var file =
                Files.writeString(
                        folder.resolve("pitcrew.yaml"),
                        """
                        system: desk
                        from: {files: [docker-compose.yml], without: [watchtower]}
                        services:
                          gateway:
                            role: order-entry
                            singleActive: {fence: [process], drain: {policy: wait, limit: 1s}}
                            probes: {ready: {http: /ready}, openOrders: {http: /orders}}
                          feed: {role: feed, replicas: 2}
                        environments:
                          paper: {kind: paper, approval: none, runtime: docker}
                        """);
        var system =
                switch (SystemFile.read(file)) {
                    case Read.Good<TradingSystem>(var good) -> good.in("paper");
                    case Read.Bad<TradingSystem>(var bad) -> throw new AssertionError(bad);
                };
        var problems = new ArrayList<Problem>();
        var project = SystemFile.composeProject(file, problems::add).orElseThrow();
        var found =
                List.of(runs).stream()
                        .map(one -> TestingProject.found(one.container(), List.of(), one.imageId()))
                        .map(this::placed)
                        .toList();
        var adoption =
                Adoption.of(
                        "desk",
                        "unix:///run/docker.sock",
                        project.containers(Map.of()).stream()
                                .map(one -> Wanted.of(project, one))
                                .toList(),
                        found,
                        List.of(),
                        _ -> "");
        return Taking.of(system, adoption, found, kept);
    }

    private static Described container(String name) {
        return new Described(
                name, "gateway", OLD, "running", 7, List.of(), List.of(), Optional.empty());
    }

    /// A container of the project.
    private record Described(
            String name,
            String service,
            String imageId,
            String status,
            long pid,
            List<Container.Port> ports,
            List<Container.Mount> mounts,
            Optional<Container.HealthCheck> health) {
        Described of(String other) {
            return new Described(name, other, imageId, status, pid, ports, mounts, health);
        }

        Described image(String other) {
            return new Described(name, service, other, status, pid, ports, mounts, health);
        }

        Described status(String other, long first) {
            return new Described(name, service, imageId, other, first, ports, mounts, health);
        }

        Described published(String address, int port) {
            var all = List.of(new Container.Port(8080, "tcp", address, port));
            return new Described(name, service, imageId, status, pid, all, mounts, health);
        }

        Described mounted(String source, String target) {
            var all = List.of(new Container.Mount("", source, target, false));
            return new Described(name, service, imageId, status, pid, ports, all, health);
        }

        Described healthy() {
            var check = new Container.HealthCheck(List.of("CMD", "true"), Duration.ZERO);
            return new Described(
                    name, service, imageId, status, pid, ports, mounts, Optional.of(check));
        }

        Container container() {
            return new Container(
                    name,
                    name,
                    "gateway:1",
                    imageId,
                    Map.of("com.docker.compose.service", service),
                    List.of(),
                    List.of("serve"),
                    Map.of(),
                    "",
                    "/srv",
                    mounts,
                    ports,
                    "desk_default",
                    Map.of(),
                    new Container.Limits(0, 0, 0),
                    new Container.Restart("unless-stopped", 0),
                    health,
                    "",
                    Optional.empty(),
                    new Container.State(
                            status, pid, 0, false, Optional.empty(), Optional.empty(), "", ""));
        }
    }
}
