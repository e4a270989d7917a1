package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What shells complete. Bash itself runs the script here; zsh runs the same one.
class CompletionCommandTest {
    @TempDir private Path folder;

    @Test
    void bash_takes_the_script_and_completes_verbs_and_options() throws Exception {
        var script = folder.resolve("pitcrew.bash");
        Files.writeString(script, print("bash"));

        assertThat(bash("bash -n " + script)).isEmpty();
        assertThat(completed(script, "pitcrew", "dep")).containsExactly("deploy");
        assertThat(completed(script, "pitcrew", "op"))
                .containsExactlyInAnyOrder("open", "operator");
        assertThat(completed(script, "pitcrew", "open", "--b")).containsExactly("--by");
        assertThat(completed(script, "pitcrew", "deploy", "--pl")).containsExactly("--plan");
    }

    @Test
    void every_verb_and_every_option_of_it_is_completed_by_bash_and_by_fish() throws Exception {
        var script = folder.resolve("pitcrew.bash");
        Files.writeString(script, print("bash"));
        var fish = print("fish");

        assertThat(completed(script, "pitcrew", ""))
                .containsExactlyInAnyOrderElementsOf(Verbs.ALL.stream().map(Verb::name).toList());
        for (var verb : Verbs.ALL) {
            var options =
                    CommandSpec.forAnnotatedObject(verb.command().get()).options().stream()
                            .map(OptionSpec::longestName)
                            .toList();

            assertThat(completed(script, "pitcrew", verb.name(), "--"))
                    .as(verb.name())
                    .containsAll(options)
                    .contains("--format", "--help");
            for (var option : options) {
                assertThat(fish)
                        .contains(
                                "__fish_seen_subcommand_from %s' -l %s"
                                        .formatted(verb.name(), option.substring(2)));
            }
        }
    }

    @Test
    void zsh_gets_the_same_after_its_own_completion_is_loaded() {
        assertThat(print("zsh")).startsWith("autoload -U +X compinit").contains(print("bash"));
    }

    @Test
    void fish_is_told_of_every_verb_and_its_options() {
        var script = print("fish");

        assertThat(Verbs.ALL)
                .allSatisfy(
                        verb ->
                                assertThat(script)
                                        .contains(
                                                "complete -c pitcrew -f -n __fish_use_subcommand -a "
                                                        + verb.name()
                                                        + " -d '"));
        assertThat(script)
                .contains(
                        "complete -c pitcrew -n '__fish_seen_subcommand_from deploy' -l plan -d '")
                .contains(
                        "complete -c pitcrew -n '__fish_seen_subcommand_from open' -l by -r -d '");
        // Each quote is closed: an apostrophe in a sentence is escaped.
        assertThat(script.lines())
                .allSatisfy(
                        line ->
                                assertThat(line.replace("\\'", "").chars().filter(c -> c == '\''))
                                        .satisfiesAnyOf(
                                                quotes -> assertThat(quotes).hasSize(2),
                                                quotes -> assertThat(quotes).hasSize(4)));
    }

    private static String print(String shell) {
        var out = new StringWriter();
        var end =
                Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(new StringWriter()),
                        "completion",
                        shell);
        assertThat(end).isEqualTo(ExitCode.OK);
        return out.toString();
    }

    /// What bash offers for the last of the words.
    private static List<String> completed(Path script, String... words) throws Exception {
        var line =
                "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMPREPLY=(); _complete_pitcrew pitcrew '%s' '%s'; printf '%%s\\n' \"${COMPREPLY[@]}\""
                        .formatted(
                                script,
                                String.join(" ", words),
                                words.length - 1,
                                words[words.length - 1],
                                words[words.length - 2]);
        return bash(line).lines().map(String::strip).toList();
    }

    private static String bash(String line) throws Exception {
        var process = Runtime.getRuntime().exec(new String[] {"bash", "-c", line});
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var wrong = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(wrong).isZero();
        return text;
    }
}
