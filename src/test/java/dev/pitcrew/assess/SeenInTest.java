package dev.pitcrew.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each page says whether its check was seen to fire in a public repository, or rests on the reference alone; the field notes count them.
class SeenInTest {
    private static final String SEEN = "Seen to fire, ";
    private static final String NOT_SEEN =
            "Not yet seen to fire in a public repository: this page rests on the reference alone.";

    @Test
    void a_page_says_whether_its_check_was_seen_to_fire_and_the_field_notes_count_them()
            throws IOException {
        var seen = new ArrayList<String>();
        for (Check check : Checks.ALL) {
            List<String> lines =
                    CheckPage.parse(
                                    Files.readString(
                                            Path.of("docs/checks", check.id().code() + ".md")))
                            .sections()
                            .getOrDefault("Seen in", "")
                            .lines()
                            .toList();

            assertThat(lines.getLast())
                    .as(check.id().code())
                    .satisfiesAnyOf(
                            last -> assertThat(last).startsWith(SEEN),
                            last -> assertThat(last).isEqualTo(NOT_SEEN));
            if (lines.getLast().startsWith(SEEN)) {
                seen.add(check.id().code());
            }
        }

        assertThat(Files.readString(Path.of("docs/assess-field-notes.md")))
                .contains(
                        "| pages of checks that were seen to fire, and right | %d of %d |"
                                .formatted(seen.size(), Checks.ALL.size()));
    }
}
