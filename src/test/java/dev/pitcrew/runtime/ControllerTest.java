package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficState;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class ControllerTest {
    @TempDir Path folder;
    private Operator operator;
    private Controller controller;
    private GatewayDesk desk;

    @BeforeEach
    void open() throws IOException {
        Operator.write(folder, "1", "2");
        begin();
    }

    @AfterEach
    void end() throws IOException {
        operator.end();
    }

    private void begin() {
        operator = Operator.open(TestingSystem.in(folder, List.of()));
        controller = operator.controller();
        desk = new GatewayDesk(operator);
    }

    @Test
    void a_service_starts_changes_version_and_survives_the_loss_of_its_active_instance()
            throws Exception {
        desk.start();
        assertThat(desk.gateway().roster().active())
                .hasValueSatisfying(one -> assertThat(one).startsWith("gateway-"));

        desk.deploy("gateway", "2");
        assertThat(desk.approved().version()).isEqualTo("2");

        fails("-KILL");
        fails("-STOP");
    }

    /// Signals the active instance, and waits until another one serves.
    private void fails(String signal) throws Exception {
        desk.settled();
        var active = desk.gateway().roster().active().orElseThrow();
        var token = desk.gateway().roster().token();
        var began = System.nanoTime();
        desk.signal(active, signal);
        operator.await(
                "another one is active",
                () ->
                        desk.gateway()
                                        .roster()
                                        .active()
                                        .filter(one -> !one.equals(active))
                                        .isPresent()
                                && desk.gateway().keep().mend().isEmpty());
        System.out.printf(
                "failover after %s: %d ms%n", signal, (System.nanoTime() - began) / 1_000_000);

        assertThat(controller.processes().state(active).dead()).isTrue();
        assertThat(desk.gateway().roster().token()).isGreaterThan(token);
        assertThat(desk.traffic().mode()).isEqualTo(TrafficState.Mode.OPEN);
    }

    @Test
    void whoever_comes_next_adopts_all_that_runs() throws Exception {
        desk.start();
        desk.settled();
        var before = desk.gateway().roster();
        var pids = before.instances().keySet().stream().map(desk::pid).toList();
        var front = desk.traffic().front();

        controller.close();
        begin();

        assertThat(desk.gateway().roster()).isEqualTo(before);
        operator.await(
                "it is seen",
                () ->
                        before.instances().keySet().stream()
                                .allMatch(
                                        one -> controller.facts().of(one).ready().value() != null));
        assertThat(before.instances().keySet().stream().map(desk::pid).toList()).isEqualTo(pids);
        assertThat(desk.traffic().front()).isEqualTo(front);
        assertThat(controller.status().unknownInstances()).isEmpty();
    }

    @Test
    void the_balancer_comes_back_by_itself_with_its_ports() throws Exception {
        var before = desk.traffic();
        var began = System.nanoTime();
        long pid = desk.pid("balancer");
        desk.signal("balancer", "-KILL");

        operator.await(
                "it is back",
                () ->
                        controller.processes().state("balancer") instanceof Running(long now, _, _)
                                && now != pid
                                && controller.traffic().state("gateway")
                                        instanceof TrafficAnswer.Stands);
        System.out.printf("balancer back after %d ms%n", (System.nanoTime() - began) / 1_000_000);
        assertThat(desk.traffic()).isEqualTo(before);
    }

    @Test
    void a_second_controller_is_told_who_is_there() {
        assertThatThrownBy(() -> Operator.open(TestingSystem.in(folder, List.of())))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.IN_USE))
                .hasMessageContaining("" + ProcessHandle.current().pid());
    }

    @Test
    void a_kill_that_was_spooled_is_taken_in_once() throws Exception {
        controller.close();
        var kill =
                new DeskEvent.Killed(
                        Instant.parse("2026-11-23T12:00:00Z"),
                        "gateway",
                        "ada",
                        "runaway",
                        true,
                        "3 orders cancelled");
        new Spool(folder.resolve("data")).write(kill);
        var page = new Spool(folder.resolve("data")).waiting().getFirst().file();
        var again = Files.readString(page);
        begin();
        operator.await("it is taken in", () -> desk.gateway().isKilled() && !Files.exists(page));

        controller.close();
        Files.writeString(page, again); // as if we had died between the ledger and the renaming
        begin();
        operator.await("it is taken in", () -> !Files.exists(page));

        assertThat(
                        controller
                                .ledger()
                                .entries(0)
                                .filter(one -> one.type().name().equals("desk.killed")))
                .hasSize(1);
    }

    @Test
    void a_secret_goes_nowhere_but_into_the_process() throws Exception {
        desk.deploy("books", "1");

        try (var files = Files.walk(folder.resolve("data"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneSatisfy(
                            file ->
                                    assertThat(
                                                    new String(
                                                            Files.readAllBytes(file),
                                                            StandardCharsets.ISO_8859_1))
                                            .contains("hush"));
        }
    }
}
