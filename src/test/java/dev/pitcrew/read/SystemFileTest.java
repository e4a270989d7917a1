package dev.pitcrew.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Drain;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.SingleActive;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFileTest {
    @Test
    void the_annotated_example_is_read_whole() {
        var system = Example.system();

        assertThat(system.name()).isEqualTo("desk");
        assertThat(system.services())
                .extracting("name")
                .containsExactly("gateway", "strategy", "feed", "drop-copy", "quotes", "entry");
        assertThat(system.service("gateway").singleActive())
                .contains(
                        new SingleActive(
                                Set.of(Fence.SESSION, Fence.PROCESS),
                                new Drain(DrainPolicy.HAND_OVER, Duration.ofSeconds(5)),
                                OnFailure.STANDBY,
                                Duration.ofMillis(500),
                                Duration.ofMinutes(10)));
    }

    @Test
    void a_ledger_on_the_server_that_the_desk_trades_on_is_warned_of_with_its_place(
            @TempDir Path folder) throws IOException {
        var file = folder.resolve("pitcrew.yaml");
        var text =
                """
                services:
                  quotes:
                    env: {DATABASE: "postgres://app@localhost/quotes"}
                environments:
                  paper:
                    ledger: {kind: postgres, url: "postgresql://pitcrew@127.0.0.1/ledger"}
                  live:
                    ledger: {kind: postgres, url: "postgresql://pitcrew@ledger.example/ledger"}
                """;
        Files.writeString(file, text);

        assertThat(SystemFile.warnings(file, "paper"))
                .containsExactly(
                        new Problem(
                                new Place(file.toString(), 6, 35),
                                "quotes trades on this server as well, in line 3, so one fault takes both; best give the ledger a server of its own"));
        assertThat(SystemFile.warnings(file, "live")).isEmpty();
    }

    @Test
    void the_digest_is_of_the_bytes_and_the_folder_is_the_files() throws IOException {
        var system = Example.system();

        assertThat(system.digest()).isEqualTo(Digest.of(Files.readAllBytes(Example.FILE)));
        assertThat(system.folder()).isEqualTo(Path.of("examples/desk").toAbsolutePath());
    }

    @Test
    void an_environment_changes_only_what_it_says() {
        var system = Example.system();

        var demo = system.in("demo").service("gateway").rollout();
        var paper = system.in("paper").service("gateway").rollout();

        assertThat(demo.bake()).isEqualTo(Duration.ofSeconds(3));
        assertThat(paper.bake()).isEqualTo(Duration.ofMinutes(10));
        assertThat(paper.holdLimit()).isEqualTo(demo.holdLimit());
        assertThat(system.in("paper").service("feed")).isEqualTo(system.service("feed"));
    }

    @Test
    void a_version_changes_only_what_it_says_in_every_environment() {
        var gateway = Example.system().in("paper").service("gateway");

        var changed = gateway.at(new Version("3-new-format"));

        assertThat(changed.state())
                .contains(new StateFormats("orders-2", Set.of("orders-1", "orders-2")));
        assertThat(changed.rollout()).isEqualTo(gateway.rollout());
        assertThat(gateway.at(new Version("2")).state())
                .contains(new StateFormats("orders-1", Set.of("orders-1")));
    }

    @Test
    void an_anchor_says_the_same_thing_twice() {
        var text =
                Example.text()
                        .replace(
                                "restarts: {limit: 3, within: 10m}\n\n  strategy",
                                "restarts: &few {limit: 4, within: 1h}\n\n  strategy")
                        .replace("restarts: {limit: 5, within: 10m}", "restarts: *few");

        var system = Example.good(SystemFile.read("pitcrew.yaml", text));

        assertThat(system.service("quotes").restarts())
                .isEqualTo(system.service("gateway").restarts());
    }

    @Test
    void a_missing_file_is_a_problem(@TempDir Path folder) {
        var file = folder.resolve("none.yaml");

        var read = SystemFile.read(file);

        assertThat(read)
                .isEqualTo(
                        new Read.Bad<>(
                                List.of(
                                        new Problem(
                                                new Place(file.toString(), 1, 1),
                                                "no such file"))));
    }

    @Test
    void aliases_of_aliases_stop_at_a_limit() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [".formatted(i, i)).append("*a%d, ".formatted(i - 1).repeat(9));
            text.append("]\n");
        }

        var read = SystemFile.read("pitcrew.yaml", text.toString());

        assertThat(read.toString()).contains("more than 50000 values, aliases included");
    }

    @Test
    void a_secret_in_the_wrong_place_is_never_shown() {
        var secret = "{file: \"${dir}/secrets/fix-password\"}";
        var texts =
                List.of(
                        Example.text().replace("INSTANCE: ${instance}", "FIX_PASSWORD: hunter2"),
                        Example.text().replace(secret, "hunter2"),
                        Example.text().replace(secret, "{env: 'hunter2!'}"));

        for (String text : texts) {
            assertThat(text).contains("hunter2");
            var read = SystemFile.read("pitcrew.yaml", text);

            assertThat(read).isInstanceOf(Read.Bad.class);
            assertThat(read.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void optional_parts_may_be_left_out() {
        var system =
                Example.good(
                        SystemFile.read(
                                "pitcrew.yaml",
                                """
                                system: small
                                services:
                                  api: {role: stateless, command: [./api]}
                                environments:
                                  demo: {kind: demo, approval: none}
                                """));

        assertThat(system.owner()).isEqualTo(Optional.empty());
        assertThat(system.service("api").replicas()).isEqualTo(1);
    }
}
