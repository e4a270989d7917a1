package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(pitcrew_\\w+)` \\| (\\w+) \\| (.*) \\|$");
    private static final Pattern LINE =
            Pattern.compile(
                    "# HELP pitcrew_\\w+ .+|# TYPE pitcrew_\\w+ (counter|gauge)|pitcrew_\\w+(\\{\\w+=\"[^\"]*\"(,\\w+=\"[^\"]*\")*\\})? -?[0-9.E-]+");

    @TempDir Path folder;

    @Test
    void the_page_has_each_of_them_with_its_kind_and_words_and_no_others() throws Exception {
        var rows =
                ROW.matcher(Files.readString(Path.of("docs/metrics.md")))
                        .results()
                        .map(one -> new Metrics.Family(one.group(1), one.group(2), one.group(3)))
                        .toList();

        assertThat(rows).isEqualTo(Metrics.ALL);
    }

    @Test
    @Tag("real")
    void they_count_what_the_ledger_tells_and_show_what_is_seen() throws Exception {
        try (var desk = new ServedDesk(folder)) {
            desk.first("books");
            desk.ask("books", "2");

            var text = desk.get("/metrics", desk.ann).body();

            assertThat(text.lines()).allMatch(LINE.asMatchPredicate());
            assertThat(text.lines())
                    .contains(
                            "pitcrew_rollouts_total{outcome=\"done\",service=\"books\"} 1",
                            "pitcrew_rollouts_underway{service=\"books\"} 1",
                            "pitcrew_approvals_waiting{service=\"books\"} 1",
                            "pitcrew_gates_shut{service=\"books\",gate=\"approval\"} 1",
                            "pitcrew_active_instances{service=\"gateway\"} 0",
                            "pitcrew_operators 3",
                            "pitcrew_info{environment=\"demo\",system=\"desk\"} 1");
            assertThat(desk.send(desk.request("/metrics")).statusCode()).isEqualTo(401);
        }
    }
}
