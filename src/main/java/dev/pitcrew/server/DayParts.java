package dev.pitcrew.server;

import static dev.pitcrew.server.Html.many;
import static dev.pitcrew.server.Html.tag;
import static dev.pitcrew.server.Pieces.DAY;
import static dev.pitcrew.server.Pieces.cell;
import static dev.pitcrew.server.Pieces.facts;
import static dev.pitcrew.server.Pieces.nothingYet;
import static dev.pitcrew.server.Pieces.pill;
import static dev.pitcrew.server.Pieces.table;
import static dev.pitcrew.server.Pieces.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Optional;

/// The start of day, whatever the ledger says of it.
final class DayParts {
    private DayParts() {}

    static Html day(Optional<Told> last, boolean isBrief) {
        if (last.isEmpty()) {
            return nothingYet(
                    "The ledger tells of no start of day yet. Once a check before the open is written down, it stands here.");
        }
        var one = last.get();
        var when =
                tag("p").as("quiet")
                        .of(
                                tag("a").with("href", "/ledger/" + one.index()).of(one.type()),
                                " by ",
                                one.by(),
                                " at ",
                                time(one.at(), DAY));
        try {
            var body = Pieces.JSON.readTree(one.body());
            return tag("div").as("card").of(when, isBrief ? brief(body) : told(body));
        } catch (JsonProcessingException _) { // a newer release wrote it in another form
            return tag("div").as("card").of(when, tag("pre", one.body()));
        }
    }

    /// Without its tables.
    static Html brief(JsonNode body) {
        var all = new ArrayList<Object>();
        body.properties()
                .forEach(
                        one -> {
                            if (one.getValue().isValueNode()) {
                                all.add(one.getKey());
                                all.add(one.getValue().asText());
                            }
                        });
        return facts(all.toArray());
    }

    /// Whatever it says: values as a list, lists of objects as tables.
    static Html told(JsonNode body) {
        var all = new ArrayList<Html>();
        all.add(brief(body));
        body.properties()
                .forEach(
                        one -> {
                            var value = one.getValue();
                            if (value.isArray() && value.path(0).isObject()) {
                                var heads = new ArrayList<String>();
                                value.path(0)
                                        .properties()
                                        .forEach(head -> heads.add(head.getKey()));
                                var rows = new ArrayList<Html>();
                                value.forEach(
                                        row ->
                                                rows.add(
                                                        tag("tr")
                                                                .of(
                                                                        heads.stream()
                                                                                .map(
                                                                                        head ->
                                                                                                cell(
                                                                                                        head,
                                                                                                        text(
                                                                                                                row
                                                                                                                        .path(
                                                                                                                                head))))
                                                                                .toList())));
                                all.add(tag("h3", one.getKey()));
                                all.add(table("day", heads, rows));
                            } else if (!value.isValueNode()) {
                                all.add(tag("h3", one.getKey()));
                                all.add(tag("pre", value.toPrettyString()));
                            }
                        });
        return many(all);
    }

    static Object text(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? pill("good", "yes") : pill("bad", "no");
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
