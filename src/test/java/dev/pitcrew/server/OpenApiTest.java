package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API's document says what is served, and what is served is as the document says; `-Dgolden=update` writes it anew.
@Tag("real")
class OpenApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path GOLDEN = Path.of("docs/openapi.json");

    @TempDir Path folder;
    private ServedDesk desk;
    private JsonNode document;

    @BeforeEach
    void open() throws Exception {
        desk = new ServedDesk(folder);
        document = JSON.readTree(desk.send(desk.request("/openapi.json")).body());
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void the_document_is_the_one_in_docs() throws Exception {
        var served = desk.send(desk.request("/openapi.json")).body();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(GOLDEN, served);
        }

        assertThat(served).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void it_is_openapi_3_1_with_an_operation_for_each_route_and_none_besides() {
        var described = new TreeSet<String>();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                one ->
                                                        described.add(
                                                                one.getKey()
                                                                                .toUpperCase(
                                                                                        Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        var served =
                desk.api().routes().stream()
                        .map(one -> one.method() + " " + one.path())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(described).isEqualTo(served);
    }

    @Test
    void what_the_document_names_is_there() {
        for (var path : document.path("paths").properties()) {
            for (var one : path.getValue().properties()) {
                if (path.getKey().equals("/v1/stream")) {
                    continue; // it never ends; StreamTest listens to it
                }
                var at = path.getKey().replace("{index}", "0");
                var answer =
                        one.getKey().equals("get")
                                ? desk.get(at, desk.ann)
                                : desk.post(at.substring("/v1/".length()), "{}", desk.ann);

                assertThat(answer.body()).as(at).doesNotContain("no-such-act", "nothing-there");
            }
        }
    }

    @Test
    void every_answer_is_as_its_schema_says() throws Exception {
        desk.first("books");
        desk.deploy("gateway", "1");
        desk.post("freeze", "{}", desk.ann);
        for (var path : new String[] {"/v1/status", "/v1/desk", "/v1/rollouts", "/v1/events"}) {
            isAsDescribed(path, "get", desk.get(path, desk.ann).body());
        }
        isAsDescribed("/v1/ledger/{index}", "get", desk.get("/v1/ledger/3", desk.ann).body());
        isAsDescribed("/v1/thaw", "post", desk.post("thaw", "{}", desk.ann).body());
        isAsDescribed(
                "/v1/deploy",
                "post",
                desk.post(
                                "deploy",
                                "{\"service\":\"books\",\"version\":\"2\",\"plan\":true}",
                                desk.ann)
                        .body());
    }

    @Test
    void every_refusal_is_as_its_schema_says() throws Exception {
        for (var refusal :
                new String[] {
                    desk.get("/v1/status", "nobody").body(),
                    desk.get("/v1/nothing", desk.ann).body(),
                    desk.get("/v1/ledger/9999", desk.ann).body(),
                    desk.get("/v1/events?after=x", desk.ann).body(),
                    desk.post("deploy", "[]", desk.ann).body(),
                    desk.post("freeze", "{}", desk.guest).body()
                }) {
            var problems =
                    schema("#/components/schemas/RefusalBody").validate(JSON.readTree(refusal));

            assertThat(problems).as(refusal).isEmpty();
        }
    }

    private void isAsDescribed(String path, String method, String body) throws Exception {
        var pointer =
                "#/paths/%s/%s/responses/200/content/application~1json/schema"
                        .formatted(path.replace("~", "~0").replace("/", "~1"), method);
        var problems =
                schema(pointer.replace("{", "%7B").replace("}", "%7D"))
                        .validate(JSON.readTree(body));

        assertThat(problems).as("%s %s: %s", method, path, body).isEmpty();
    }

    private com.networknt.schema.JsonSchema schema(String reference) {
        ObjectNode schema = document.deepCopy();
        schema.put("$ref", reference);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
}
