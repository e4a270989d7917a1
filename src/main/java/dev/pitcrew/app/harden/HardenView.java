package dev.pitcrew.app.harden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.assess.fix.ByHand;
import dev.pitcrew.assess.fix.Fix.Reach;
import java.util.Locale;

/// A hardening as JSON: `fixes`, `withheld`, `by_hand`, and the `patch`.
public final class HardenView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HardenView() {}

    /// The text of it.
    public static String json(Hardening hardening) {
        var root = JSON.createObjectNode();
        var fixes = root.putArray("fixes");
        hardening.mended().forEach(one -> fix(one, fixes));
        var withheld = root.putArray("withheld");
        hardening.withheld().forEach(one -> fix(one, withheld));
        var byHand = root.putArray("by_hand");
        for (var one : hardening.byHand()) {
            finding(one.finding(), byHand.addObject())
                    .put("why", one.why().name().toLowerCase(Locale.ROOT))
                    .put("because", because(one));
        }
        root.put("patch", Patch.of(hardening));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Why a person has to mend it, without a full stop.
    public static String because(Hardening.ByHand one) {
        return ByHand.reason(one.finding().check().code()).orElse(one.why().text());
    }

    private static void fix(Mended one, ArrayNode list) {
        var node = finding(one.finding(), list.addObject());
        node.put("effect", one.fix().effect());
        node.put("behaviour", one.fix().reach() == Reach.BEHAVIOUR);
        node.put("round", one.round());
        var edits = node.putArray("edits");
        for (int i = 0; i < one.edits().size(); i++) {
            var edit = one.edits().get(i);
            edits.addObject()
                    .put("file", edit.file())
                    .put("line", one.lines().get(i))
                    .put("start", edit.start())
                    .put("end", edit.end())
                    .put("text", edit.text());
        }
    }

    private static ObjectNode finding(Finding finding, ObjectNode node) {
        node.put("code", finding.check().code())
                .put("file", finding.place().file())
                .put("line", finding.place().line())
                .put("column", finding.place().column())
                .put("what", finding.what());
        finding.service().ifPresent(service -> node.put("service", service));
        return node;
    }
}
