package dev.pitcrew.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.pitcrew.model.Read;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SystemSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_schema_accepts_the_example() {
        assertThat(complaints(Example.text())).isEmpty();
    }

    @Test
    void every_key_stands_in_the_annotated_example() throws IOException {
        var missing = new TreeSet<String>();
        JSON.readTree(SystemSchema.json())
                .get("$defs")
                .forEach(
                        section ->
                                section.get("properties")
                                        .fieldNames()
                                        .forEachRemaining(missing::add));

        missing.removeIf(key -> Pattern.compile("\\b" + key + ":").matcher(Example.text()).find());

        assertThat(missing).isEmpty();
    }

    @Test
    void every_key_has_a_sentence() throws IOException {
        for (JsonNode section : JSON.readTree(SystemSchema.json()).get("$defs")) {
            for (JsonNode key : section.get("properties")) {
                assertThat(key.path("description").asText()).endsWith(".");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "replicas: 2, replicas: two",
        "replicas: 2, replicas: 0",
        "limit: 5s, limit: never",
        "errors: 1%, errors: 101%",
        "memory: 256MiB, memory: 256MB",
        "site: local, sight: local",
        "kind: demo, kind: toy",
        "approval: delay 5m, approval: delay",
        "policy: hand-over, policy: handover"
    })
    void schema_and_validation_refuse_the_same(String right, String wrong) {
        assertThat(Example.text()).contains(right);
        var text = Example.text().replace(right, wrong);

        assertThat(complaints(text)).isNotEmpty();
        assertThat(SystemFile.read("pitcrew.yaml", text)).isInstanceOf(Read.Bad.class);
    }

    private static Set<ValidationMessage> complaints(String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SystemSchema.json())
                .validate(JSON.valueToTree(document));
    }
}
