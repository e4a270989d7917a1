package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.model.infra.Pipeline;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;

/// What CI servers read, against what they document, over the bad examples of all checks; and the snippets of docs/ci.md, which are read as they stand there.
class CiFormatsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void junit_is_valid_and_has_a_failure_for_each_finding() throws Exception {
        Schema schema =
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(CiFormatsTest.class.getResource("/schema/junit.xsd"));
        for (var check : Checks.ALL) {
            var run = Assessed.of(CheckPage.of(check.id()).orElseThrow().example("Bad"));
            String xml = JUnitReport.of(run, Checks.ALL);

            schema.newValidator().validate(new StreamSource(new StringReader(xml)));
            assertThat(xml.split("<failure ", -1)).hasSize(run.findings().size() + 1);
            assertThat(xml)
                    .contains(
                            "tests=\"%d\" failures=\"%d\""
                                    .formatted(
                                            xml.split("<testcase ", -1).length - 1,
                                            run.findings().size()));
        }
    }

    @Test
    void in_junit_what_is_suppressed_is_skipped_and_no_character_breaks_it() throws Exception {
        var run =
                Assessed.of(
                        Map.of(
                                "a&\u0001<\".yml",
                                """
                                services:
                                  db:
                                    image: postgres:16.4
                                    # pitcrew: ignore TRD-014 because "x" < y
                                    command: [postgres, -c, fsync=off]
                                """));
        String xml = JUnitReport.of(run, Checks.ALL);

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(CiFormatsTest.class.getResource("/schema/junit.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        assertThat(run.suppressed()).isNotEmpty();
        assertThat(xml.split("<skipped ", -1)).hasSize(run.suppressed().size() + 1);
    }

    @Test
    void code_quality_is_as_gitlab_documents_it_and_names_each_finding_once() throws Exception {
        try (var in =
                Objects.requireNonNull(
                        CiFormatsTest.class.getResourceAsStream("/schema/code-quality.json"))) {
            var schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(in);
            for (var check : Checks.ALL) {
                var run = Assessed.of(CheckPage.of(check.id()).orElseThrow().example("Bad"));
                JsonNode json = JSON.readTree(CodeClimate.of(run));

                assertThat(schema.validate(json)).as(check.id().code()).isEmpty();
                assertThat(json).as(check.id().code()).hasSize(run.findings().size());
                assertThat(json.findValuesAsText("fingerprint")).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void the_snippets_are_pipelines_in_which_nothing_is_wrong() throws Exception {
        var page = CheckPage.parse(Files.readString(Path.of("docs/ci.md")));
        var files = page.example("GitHub Actions");
        files.putAll(page.example("GitLab CI"));

        var run = Assessed.of(files);

        assertThat(files).containsOnlyKeys(".github/workflows/pitcrew.yml", ".gitlab-ci.yml");
        assertThat(run.problems()).isEmpty();
        assertThat(run.findings())
                .extracting(one -> one.check().code() + " " + one.place() + " " + one.what())
                .isEmpty();
        var commands = new ArrayList<String>();
        run.subject().all(Pipeline.class).stream()
                .flatMap(one -> one.jobs().stream())
                .flatMap(job -> job.commands().stream())
                .forEach(one -> commands.add(one.program()));
        assertThat(commands).containsOnly("pitcrew").hasSize(4);
    }
}
