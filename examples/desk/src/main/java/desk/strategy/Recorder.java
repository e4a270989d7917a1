package desk.strategy;

import desk.common.Http;
import desk.common.Http.Call;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.common.JsonLines;
import desk.common.Settings;
import java.io.IOException;

/// Takes orders as the gateway does, writes them down, and sends them nowhere: a shadow has it in its own process, and knows no other gateway.
final class Recorder {
    private final JsonLines file;

    private Recorder(JsonLines file) {
        this.file = file;
    }

    static Recorder in(Settings settings) throws IOException {
        var folder = settings.deskDir().resolve("shadow");
        return new Recorder(JsonLines.open(folder.resolve(settings.instance() + ".orders.jsonl")));
    }

    void serve(Http http) {
        http.post("/orders", this::take);
        http.get(
                "/orders",
                _ -> Reply.ok(Json.object().set("events", Json.MAPPER.createArrayNode())));
    }

    private Reply take(Call call) {
        var order = call.json();
        file.append(order);
        var id = order.path("client").asText() + "-" + order.path("clientOrderId").asText();
        return Reply.of(202, Json.object().put("id", id));
    }
}
