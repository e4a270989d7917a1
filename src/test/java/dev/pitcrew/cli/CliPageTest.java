package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/cli.md` says of every verb what `--help` says, word for word; `-Dgolden=update` writes those blocks anew, and leaves the
/// sentences around them alone.
class CliPageTest {
    private static final Path PAGE = Path.of("docs/cli.md");
    private static final Pattern VERB = Pattern.compile("(?m)^## `pitcrew ([a-z]+)");
    private static final Pattern SERVED = Pattern.compile("Usage: pitcrew [a-z]+ .*");

    @Test
    void every_verb_stands_on_the_page_with_the_words_of_its_help() throws IOException {
        var page = Files.readString(PAGE);
        if ("update".equals(System.getProperty("golden"))) {
            for (Verb verb : Verbs.ALL) {
                page = with(page, verb.name(), help(verb.name(), "--help"));
            }
            page = with(page, "--help", help("--help"));
            Files.writeString(PAGE, page);
        }

        assertThat(page).contains(block(help("--help")));
        for (Verb verb : Verbs.ALL) {
            assertThat(page).contains(block(help(verb.name(), "--help")));
        }
    }

    @Test
    void the_page_has_the_verbs_in_the_order_of_the_alphabet_and_no_others() throws IOException {
        var headings = new ArrayList<String>();
        for (Matcher heading = VERB.matcher(Files.readString(PAGE)); heading.find(); ) {
            headings.add(heading.group(1));
        }

        assertThat(headings).isEqualTo(Verbs.ALL.stream().map(Verb::name).toList());
    }

    @Test
    void every_verb_that_a_desk_needs_is_there() {
        assertThat(Verbs.ALL)
                .extracting(Verb::name)
                .containsAll(
                        List.of(
                                "demo",
                                "server",
                                "up",
                                "down",
                                "status",
                                "deploy",
                                "approve",
                                "abort",
                                "rollback",
                                "freeze",
                                "kill",
                                "rearm",
                                "logs",
                                "operator",
                                "ledger",
                                "witness",
                                "schema"));
    }

    @Test
    void whatever_is_written_for_people_can_be_had_as_json() {
        assertThat(Verbs.ALL)
                .allSatisfy(
                        verb -> assertThat(help(verb.name(), "--help")).contains("--format=FORM"));
    }

    @Test
    void a_verbs_help_begins_with_how_to_call_it() {
        assertThat(Verbs.ALL)
                .allSatisfy(
                        verb ->
                                assertThat(help(verb.name(), "--help").lines().findFirst())
                                        .hasValueSatisfying(
                                                line -> assertThat(line).matches(SERVED)));
    }

    private static String help(String... args) {
        var out = new StringWriter();
        var nowhere = new PrintWriter(new StringWriter());
        assertThat(Main.run(new PrintWriter(out), nowhere, args)).isEqualTo(ExitCode.OK);
        return out.toString().stripTrailing();
    }

    private static String block(String text) {
        return "\n```text\n" + text + "\n```\n";
    }

    /// The page with the first block below the verb's heading replaced.
    private static String with(String page, String verb, String help) {
        var old =
                Pattern.compile("(?ms)(^## `pitcrew " + verb + ".*?)\n```text\n.*?\n```\n")
                        .matcher(page);
        return old.replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + block(help)));
    }
}
