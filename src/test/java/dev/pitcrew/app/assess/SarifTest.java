package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.pitcrew.app.harden.SarifFixes;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Checks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SarifTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_bad_examples_of_all_checks_are_valid_against_the_schema() throws IOException {
        var schema = schema();
        for (var check : Checks.ALL) {
            var sarif = sarif(CheckPage.of(check.id()).orElseThrow().example("Bad"));

            assertThat(schema.validate(sarif)).as(check.id().code()).isEmpty();
            assertThat(sarif.at("/runs/0/results")).as(check.id().code()).isNotEmpty();
        }
    }

    @Test
    void an_empty_repository_is_valid_too() throws IOException {
        assertThat(schema().validate(sarif(Map.of()))).isEmpty();
    }

    @Test
    void places_are_relative_to_the_folder_that_was_assessed() throws IOException {
        for (var check : Checks.ALL) {
            var sarif = sarif(CheckPage.of(check.id()).orElseThrow().example("Bad"));
            for (JsonNode uri : sarif.findValues("uri")) {
                assertThat(uri.asText()).doesNotStartWith("/").doesNotContain("..");
            }
        }
    }

    @Test
    void the_rule_of_a_finding_names_the_controls_that_it_serves() throws IOException {
        for (var check : Checks.ALL) {
            var page = CheckPage.of(check.id()).orElseThrow();
            var tags = new ArrayList<String>();
            sarif(page.example("Bad"))
                    .at("/runs/0/tool/driver/rules/0/properties/tags")
                    .forEach(tag -> tags.add(tag.asText()));

            assertThat(tags).as(check.id().code()).containsAll(page.controls());
            assertThat(page.controls()).as(check.id().code()).isNotEmpty();
        }
    }

    private static JsonNode sarif(Map<String, String> files) throws IOException {
        var assessment = Assessed.of(files);
        return JSON.readTree(Sarif.of(assessment, SarifFixes.of(assessment, false)));
    }

    @Test
    void a_fix_replaces_exactly_what_stands_in_its_region() throws IOException {
        var sarif = sarif(Map.of("postgresql.conf", "port = 5432\nfsync = off # faster\n"));

        assertThat(sarif.at("/runs/0/results/0/fixes/0"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"description": {"text": "From its next start the database waits for the disk with fsync; a commit takes as long as the disk does."},
                                 "artifactChanges": [{
                                   "artifactLocation": {"uri": "postgresql.conf", "uriBaseId": "ROOT"},
                                   "replacements": [{
                                     "deletedRegion": {"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 12},
                                     "insertedContent": {"text": "on"}}]}]}
                                """));
    }

    @Test
    void most_checks_bring_a_fix() throws IOException {
        int fixed = 0;
        for (var check : Checks.ALL) {
            var sarif = sarif(CheckPage.of(check.id()).orElseThrow().example("Bad"));
            fixed += sarif.at("/runs/0/results").findValues("fixes").isEmpty() ? 0 : 1;
        }

        assertThat(fixed * 2).isGreaterThan(Checks.ALL.size());
    }

    private static JsonSchema schema() throws IOException {
        try (var in =
                Objects.requireNonNull(
                        SarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
            return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(in);
        }
    }
}
