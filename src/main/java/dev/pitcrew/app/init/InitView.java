package dev.pitcrew.app.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pitcrew.model.Words;
import java.util.List;

/// A first system file as JSON: `origin`, `services` with what becomes of each, `questions` with what was chosen, `missing`, and the `text`.
public final class InitView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private InitView() {}

    /// The text of it.
    public static String json(Initial initial) {
        var ground = initial.ground();
        var root = JSON.createObjectNode();
        root.put("system", ground.name()).put("origin", Words.of(ground.origin()));
        texts(root, "files", ground.files());
        var services = root.putArray("services");
        for (var one : ground.services()) {
            var refused = initial.refused().get(one.original());
            services.addObject()
                    .put("name", one.name())
                    .put("called", one.original())
                    .put("duty", Words.of(one.duty()))
                    .put("because", one.because())
                    .put("file", one.place().file())
                    .put("line", one.place().line())
                    .put("written", refused == null && !one.isLeft())
                    .put("refused", refused);
        }
        texts(root, "venues", ground.venues());
        texts(root, "feeds", ground.feeds());
        texts(root, "not_in_it", ground.others());
        var questions = root.putArray("questions");
        for (var one : initial.questions()) {
            texts(
                    questions
                            .addObject()
                            .put("name", one.name().word())
                            .put("text", one.text())
                            .put("chosen", one.chosen())
                            .put("because", one.because())
                            .put("answered", one.isAnswered()),
                    "choices",
                    one.choices());
        }
        root.put("open", initial.open());
        texts(root, "missing", initial.gaps().stream().map(Object::toString).toList());
        root.put("text", initial.text());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is always JSON", e);
        }
    }

    private static void texts(ObjectNode node, String key, List<String> texts) {
        var list = node.putArray(key);
        texts.forEach(list::add);
    }
}
