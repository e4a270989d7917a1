package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What every verb has. `VerbsTest` and `OpenVerbTest` look at what they write as JSON when a controller answers, `ServerCommandTest` and
/// `DemoCommandTest` at those that go on.
class EveryVerbTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// Those that never write in colour.
    private static final Set<String> COLOURLESS =
            Set.of(
                    "check",
                    "completion",
                    "explain",
                    "graph",
                    "init",
                    "judge",
                    "market",
                    "schema",
                    "witness");

    /// Those that would start something.
    private static final Set<String> STARTING = Set.of("demo", "server", "up");

    /// How each is called where a desk is, but nothing runs.
    private static final Map<String, String> CALLS =
            Map.ofEntries(
                    Map.entry("abort", "books"),
                    Map.entry("adopt", ""),
                    Map.entry("approve", "books 12345678"),
                    Map.entry("assess", "."),
                    Map.entry("balancer", ""),
                    Map.entry("check", "test"),
                    Map.entry("completion", "fish"),
                    Map.entry("deploy", "books 2"),
                    Map.entry("down", ""),
                    Map.entry("explain", ""),
                    Map.entry("freeze", ""),
                    Map.entry("graph", "."),
                    Map.entry("harden", "."),
                    Map.entry("image", ""),
                    Map.entry("init", "examples/compose-desk --output -"),
                    Map.entry("judge", "counts --baseline 10/1000 --canary 11/1000"),
                    Map.entry("kill", "--test"),
                    Map.entry("ledger", "show"),
                    Map.entry("logs", "books"),
                    Map.entry("market", "status XNYS"),
                    Map.entry("open", "--check"),
                    Map.entry("operator", "list"),
                    Map.entry("promote", "paper books"),
                    Map.entry("rearm", "books"),
                    Map.entry("reassess", "books r1"),
                    Map.entry("rollback", "books"),
                    Map.entry("schema", ""),
                    Map.entry("status", ""),
                    Map.entry("thaw", ""),
                    Map.entry("witness", "key"));

    @TempDir private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(
                folder.resolve("pitcrew.yaml"),
                """
                system: small
                services:
                  books: {role: other, command: [sleep, "60"], rollout: {strategy: stop-start}}
                environments:
                  demo: {kind: demo, approval: none}
                  paper: {kind: paper, approval: none, follows: demo}
                """);
    }

    @Test
    void each_can_be_asked_for_json() {
        for (var verb : Verbs.ALL) {
            var forms =
                    option(verb, "--format")
                            .map(one -> Arrays.toString(one.type().getEnumConstants()))
                            .orElse("no option");
            assertThat(forms).as(verb.name()).contains("JSON");
        }
    }

    @Test
    void each_that_writes_in_colour_can_be_told_not_to() {
        var without =
                Verbs.ALL.stream()
                        .filter(verb -> option(verb, "--no-color").isEmpty())
                        .map(Verb::name)
                        .collect(Collectors.toSet());

        assertThat(without).isEqualTo(COLOURLESS);
    }

    @Test
    void what_each_writes_to_stdout_is_json_or_nothing_also_when_it_is_refused() throws Exception {
        var named = new TreeSet<>(CALLS.keySet());
        named.addAll(STARTING);
        assertThat(named).isEqualTo(Verbs.ALL.stream().map(Verb::name).collect(Collectors.toSet()));
        var said = new TreeSet<String>();
        for (var verb : Verbs.ALL) {
            if (STARTING.contains(verb.name())) {
                continue;
            }
            var out = run(verb);
            for (var document : JSON.readerFor(Object.class).readValues(out).readAll()) {
                assertThat(document).as(verb.name()).isNotNull();
                said.add(verb.name());
            }
        }

        assertThat(said)
                .contains("assess", "completion", "down", "explain", "graph", "judge")
                .contains("market", "schema", "witness");
    }

    private String run(Verb verb) {
        var line = new ArrayList<>(List.of(verb.name()));
        line.addAll(
                Arrays.stream(CALLS.getOrDefault(verb.name(), "").split(" ", -1))
                        .map(word -> word.equals(".") ? folder.toString() : word)
                        .filter(word -> !word.isEmpty())
                        .toList());
        line.addAll(List.of("--format", "json"));
        if (option(verb, "--file").isPresent()) {
            line.addAll(List.of("--file", folder.resolve("pitcrew.yaml").toString()));
        }
        if (option(verb, "--env").isPresent() && !verb.name().equals("promote")) {
            line.addAll(List.of("--env", "demo"));
        }
        if (option(verb, "--dir").isPresent()) {
            line.addAll(List.of("--dir", folder.resolve("data").toString()));
        }
        var out = new StringWriter();
        var err = new StringWriter();
        var end =
                Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        line.toArray(String[]::new));
        assertThat(end).as("%s %s", line, err).isNotEqualTo(ExitCode.USAGE);
        return out.toString();
    }

    private static Optional<OptionSpec> option(Verb verb, String name) {
        return Optional.ofNullable(
                CommandSpec.forAnnotatedObject(verb.command().get()).findOption(name));
    }
}
