package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The desks under `examples` that are made to be assessed, against `bare-metal-desk.txt`, `compose-desk.txt` and `kubernetes-desk.txt`; `-Dgolden=update` writes them anew.
class ExamplesTest {
    private static final Path GOLDEN = Path.of("src/test/golden/assess");

    @ParameterizedTest
    @ValueSource(strings = {"bare-metal-desk", "compose-desk", "kubernetes-desk"})
    void each_fault_of_a_desk_is_found_where_it_stands_and_nothing_else(String desk)
            throws IOException {
        var golden = GOLDEN.resolve(desk + ".txt");
        String found = text(assess(desk));

        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, found);
        }
        assertThat(found).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare-metal-desk", "compose-desk", "kubernetes-desk"})
    void the_page_of_a_desk_is_one_file_without_script_or_anything_from_elsewhere(String desk)
            throws IOException {
        var assessment = assess(desk);

        String html = HtmlReport.of("<b>&\"", assessment, assessment.outlook());

        assertThat(html)
                .contains("<title>&lt;b&gt;&amp;&quot;")
                .contains("<svg class=\"graph\"")
                .doesNotContain("<script", "<b>&\"", "src=", "@import", "href=");
    }

    private static Assessment assess(String desk) throws IOException {
        return Assess.assess(Path.of("examples", desk), Checks.ALL, Assessed.TODAY);
    }

    private static String text(Assessment assessment) {
        var text = new StringBuilder();
        for (Finding finding : assessment.findings()) {
            text.append(
                    "%s %s %s %s: %s%n"
                            .formatted(
                                    finding.severity(),
                                    finding.confidence(),
                                    finding.check().code(),
                                    finding.place(),
                                    finding.what()));
        }
        return text.toString();
    }
}
