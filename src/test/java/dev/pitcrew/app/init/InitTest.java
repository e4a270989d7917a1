package dev.pitcrew.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.init.Question.Name;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written for a repository of each kind, against `compose-desk.yaml`, `kubernetes-desk.yaml`, `units.yaml`, `bot.yaml`, `package.yaml`, `pom.yaml` and `empty.yaml`; `-Dgolden=update` writes them anew. `-Dfuzz=N` for more mutants.
class InitTest {
    private static final Path GOLDEN = Path.of("src/test/golden/init");
    private static final int MUTANTS = Integer.getInteger("fuzz", 8);
    private static final List<String> SLIPS =
            List.of(
                    "",
                    "\n",
                    ": ",
                    "- ",
                    "{",
                    "]",
                    "\"",
                    "'",
                    "*a",
                    "${",
                    "${A:-",
                    "#",
                    "\u0000",
                    "\u2028",
                    "\uD800",
                    "true",
                    "  ",
                    "privileged: true\n",
                    "=",
                    "%i",
                    "é");

    @TempDir private Path folder;

    static List<String> repositories() {
        return Repositories.ALL;
    }

    @ParameterizedTest
    @MethodSource("repositories")
    void a_file_is_written_that_its_reader_accepts_and_a_second_run_writes_the_same(String name)
            throws IOException {
        Path root = Repositories.write(folder, name, Repositories.files(name));
        if (name.equals("bot")) {
            Files.writeString(root.resolve("bot.env"), "");
        }
        var golden = GOLDEN.resolve(name + ".yaml");

        var files = InitFiles.of(root, root.resolve("pitcrew.yaml"));
        var initial = files.write(Map.of());
        files.save(initial, false);

        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, initial.text());
        }
        assertThat(initial.text()).isEqualTo(Files.readString(golden));
        assertThat(initial.gaps()).isEmpty();
        assertThat(read(root)).isInstanceOf(Read.Good.class);
        assertThat(write(root, Map.of()).text()).isEqualTo(initial.text());
        assertThat(initial.text() + InitView.json(initial)).doesNotContain(Repositories.SECRET);
        assertThat(initial.questions()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void whoever_sends_orders_may_be_active_only_once_whatever_compose_says() throws IOException {
        Path root = Repositories.write(folder, "desk", Repositories.files("compose-desk"));

        var system = written(root, Map.of());

        var gateway = system.service("gateway");
        assertThat(gateway.role()).isEqualTo(Role.ORDER_ENTRY);
        assertThat(gateway.replicas()).isEqualTo(1);
        assertThat(gateway.singleActive()).isPresent();
        assertThat(system.services()).extracting(Service::name).doesNotContain("postgres");
    }

    @Test
    void an_answer_counts_more_than_what_the_files_say() throws IOException {
        Path root = Repositories.write(folder, "desk", Repositories.files("compose-desk"));

        var system =
                written(
                        root,
                        Map.of(
                                Name.SENDERS, "feed",
                                Name.KIND, "paper",
                                Name.APPROVAL, "delay 10m",
                                Name.DRAIN, "7s",
                                Name.CALENDAR, "XNYS,XETR"));

        assertThat(system.service("feed").role()).isEqualTo(Role.ORDER_ENTRY);
        assertThat(system.service("feed").singleActive().orElseThrow().drain().limit())
                .hasSeconds(7);
        assertThat(system.service("gateway").role()).isEqualTo(Role.OTHER);
        assertThat(root.resolve("pitcrew.yaml"))
                .content()
                .contains("kind: paper")
                .contains("answered; by its files live: variable TRADING_MODE=live");
        var paper = system.environment("paper");
        assertThat(paper.gates().market().orElseThrow().venues()).containsExactly("XNYS", "XETR");
    }

    @Test
    void what_isn_t_there_yet_is_named_and_what_can_t_be_carried_over_is_left_with_its_reason()
            throws IOException {
        Path root = Repositories.write(folder, "bot", Repositories.files("bot"));

        var initial = write(root, Map.of());

        assertThat(initial.gaps())
                .extracting(Problem::message)
                .containsExactly(
                        "there is no file bot.env; make it, or say {path: …, required: false}");
        assertThat(initial.refused().get("signals"))
                .startsWith("docker-compose.yml:13 network_mode of signals can't be carried over");
    }

    /// Whatever becomes of the files, what is written is accepted, or wants files that are named; no secret is in it, and it is the same each time.
    @ParameterizedTest
    @MethodSource("repositories")
    void mutants_never_crash_it_and_are_accepted(String name) throws IOException {
        var files = Repositories.files(name);
        for (int seed = 0; seed < MUTANTS; seed++) {
            var mutant = mutant(files, new Random(seed));
            Path root = Repositories.write(folder.resolve("m" + seed), "desk", mutant);

            var initial = write(root, Map.of());

            assertThat(initial.gaps())
                    .as("%s, seed %d", name, seed)
                    .allSatisfy(one -> assertThat(one.message()).startsWith("there is no file "));
            assertThat(write(root, Map.of()).text()).isEqualTo(initial.text());
        }
    }

    private static Map<String, String> mutant(Map<String, String> files, Random random) {
        var mutant = new TreeMap<>(files);
        var names = List.copyOf(files.keySet());
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            String name = names.get(random.nextInt(names.size()));
            String text = mutant.getOrDefault(name, "");
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(12));
            String slip = SLIPS.get(random.nextInt(SLIPS.size()));
            mutant.put(
                    name,
                    (text.substring(0, from) + slip + text.substring(to)).replace("\uD800", "?"));
        }
        return mutant;
    }

    private static TradingSystem written(Path root, Map<Name, String> answers) throws IOException {
        Path file = root.resolve("pitcrew.yaml");
        InitFiles.of(root, file).save(write(root, answers), true);
        return ((Read.Good<TradingSystem>) read(root)).document();
    }

    private static Initial write(Path root, Map<Name, String> answers) throws IOException {
        return InitFiles.of(root, root.resolve("pitcrew.yaml")).write(answers);
    }

    private static Read<TradingSystem> read(Path root) {
        return SystemFile.read(root.resolve("pitcrew.yaml"));
    }
}
