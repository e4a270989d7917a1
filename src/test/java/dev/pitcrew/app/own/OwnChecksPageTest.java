package dev.pitcrew.app.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.own.View.Many;
import dev.pitcrew.app.own.View.Single;
import dev.pitcrew.app.own.Views.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// `docs/own-checks.md` has the check that `check new` writes, and each kind and field of the view; `-Dgolden=update` writes both.
class OwnChecksPageTest {
    private static final Path PAGE = Path.of("docs/own-checks.md");
    private static final String BLOCK = "```yaml\n";
    private static final String TABLES = "## What they see\n";

    @Test
    void the_page_has_the_skeleton_and_all_that_own_checks_see() throws IOException {
        String page = Files.readString(PAGE);
        int block = page.indexOf(BLOCK) + BLOCK.length();
        int tables = page.indexOf("\n\n", page.indexOf(TABLES)) + 2;
        String wanted =
                page.substring(0, block)
                        + Skeleton.of("OWN-001")
                        + page.substring(page.indexOf("```", block), tables)
                        + tables();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, wanted);
            page = wanted;
        }

        assertThat(page).isEqualTo(wanted);
    }

    @Test
    void no_two_kinds_and_no_two_fields_of_one_share_a_name() {
        assertThat(Views.ALL).extracting(Offer::each).doesNotHaveDuplicates();
        assertThat(Views.ALL).extracting(Offer::all).doesNotHaveDuplicates();
        assertThat(Views.ALL)
                .allSatisfy(
                        offer ->
                                assertThat(offer.view().fields())
                                        .extracting(View.Field::name)
                                        .doesNotHaveDuplicates());
    }

    private static String tables() {
        var text = new StringBuilder("| `each` | list | what it is |\n|---|---|---|\n");
        for (Offer<?> offer : Views.ALL) {
            text.append("| `%s` | `%s` | %s |\n".formatted(offer.each(), offer.all(), offer.doc()));
        }
        var below = new LinkedHashSet<View<?>>();
        for (Offer<?> offer : Views.ALL) {
            table(offer.each(), offer.view(), text);
            gather(offer.view(), below);
        }
        below.forEach(view -> table(view.name(), view, text));
        return text.toString();
    }

    private static void gather(View<?> view, Set<View<?>> below) {
        for (var field : view.fields()) {
            if (field.sort() instanceof Many<?>(var of)) {
                below.add(of);
                gather(of, below);
            }
        }
    }

    private static void table(String title, View<?> view, StringBuilder text) {
        text.append("\n### %s\n| field | type | what it is |\n|---|---|---|\n".formatted(title));
        for (var field : view.fields()) {
            text.append(
                    "| `%s` | %s | %s |\n"
                            .formatted(field.name(), type(field.sort()), field.doc()));
        }
    }

    private static String type(View.Sort sort) {
        return switch (sort) {
            case Single.TEXT -> "string";
            case Single.WHOLE -> "int";
            case Single.NUMBER -> "double";
            case Single.FLAG -> "bool";
            case Single.TEXTS -> "list of string";
            case Single.TEXT_BY_NAME -> "map of string to string";
            case Many<?>(var of) -> "list of " + of.name();
        };
    }
}
