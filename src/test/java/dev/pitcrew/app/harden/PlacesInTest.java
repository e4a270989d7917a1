package dev.pitcrew.app.harden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Places in the text of a fact are found in one pass. The law is the regular expression that says what a place is.
class PlacesInTest {
    private static final Pattern PLACE = Pattern.compile("(?<![\\w/.-])([\\w/.-]+):(\\d+):(\\d+)");
    private static final List<String> FILES = List.of("a", "b/c.yaml", "1", "a-b");
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "b/c.yaml",
                    "1",
                    "a-b",
                    ":",
                    ":",
                    ":",
                    "7",
                    "12",
                    " ",
                    ",",
                    "[",
                    "é",
                    "=",
                    "odd name.yaml",
                    ":3:4");

    @Test
    void lines_move_in_the_places_of_the_files_alone() {
        var places = new PlacesIn(List.of("b/c.yaml", "odd name.yaml"));

        assertThat(
                        places.moved(
                                "X[b/c.yaml:3:1, xb/c.yaml:3:1, b/c.yaml:9, odd name.yaml:4:2]",
                                (_, line) -> line + 10))
                .isEqualTo("X[b/c.yaml:13:1, xb/c.yaml:3:1, b/c.yaml:9, odd name.yaml:14:2]");
    }

    @Test
    void what_one_pass_finds_is_what_the_expression_finds() {
        var random = new Random(20261126);
        var places = new PlacesIn(FILES);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            var found = new ArrayList<String>();
            places.any(text, (file, line) -> !found.add(file + " " + line));

            assertThat(found).as(text).isEqualTo(expected(text));
            assertThat(places.moved(text, (_, line) -> line + 100)).as(text).isEqualTo(moved(text));
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(14); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static List<String> expected(String text) {
        return PLACE.matcher(text)
                .results()
                .filter(at -> FILES.contains(at.group(1)))
                .map(at -> at.group(1) + " " + Integer.parseInt(at.group(2)))
                .toList();
    }

    private static String moved(String text) {
        return PLACE.matcher(text)
                .replaceAll(
                        at ->
                                Matcher.quoteReplacement(
                                        FILES.contains(at.group(1)) ? now(at) : at.group()));
    }

    private static String now(MatchResult at) {
        return at.group(1) + ":" + (Integer.parseInt(at.group(2)) + 100) + ":" + at.group(3);
    }
}
