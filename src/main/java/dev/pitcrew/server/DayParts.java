package dev.pitcrew.server;

import static dev.pitcrew.server.Html.many;
import static dev.pitcrew.server.Html.tag;
import static dev.pitcrew.server.Pieces.DAY;
import static dev.pitcrew.server.Pieces.cell;
import static dev.pitcrew.server.Pieces.nothingYet;
import static dev.pitcrew.server.Pieces.pill;
import static dev.pitcrew.server.Pieces.sentence;
import static dev.pitcrew.server.Pieces.table;
import static dev.pitcrew.server.Pieces.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The last start of day, as the ledger has it.
final class DayParts {
    private static final String NOTHING =
            "Nobody has asked yet whether the day may begin: pitcrew open --check. Where the system file names a deadline, the controller asks by itself.";

    private DayParts() {}

    /// @param last the entry of the last one, and that of the alarm which it raised, if it did
    static Html brief(List<Told> last) {
        if (last.isEmpty()) {
            return nothingYet(NOTHING);
        }
        var day = body(last.getFirst());
        var bad =
                day.path("rows")
                        .valueStream()
                        .filter(one -> one.path("answer").asText().equals("NO"))
                        .map(DayParts::name)
                        .toList();
        return tag("div")
                .as("card")
                .of(
                        headline(last),
                        bad.isEmpty()
                                ? Html.NONE
                                : tag("p").as("quiet").of("Not well: " + String.join(", ", bad)));
    }

    /// All of it: those rows first that are not well.
    static Html whole(List<Told> last) {
        if (last.isEmpty()) {
            return nothingYet(NOTHING);
        }
        var rows = new ArrayList<Html>();
        for (var answer : List.of("NO", "WAIVED", "YES")) {
            for (var row : body(last.getFirst()).path("rows")) {
                if (row.path("answer").asText().equals(answer)) {
                    rows.add(row(row));
                }
            }
        }
        return many(
                tag("div").as("card").of(headline(last)),
                table("day", List.of("", "row", "numbers", "what next"), rows));
    }

    private static Html headline(List<Told> last) {
        var one = last.getFirst();
        var isReady = body(one).path("ready").asBoolean();
        return many(
                tag("p").as("title")
                        .of(
                                tag("strong")
                                        .of(
                                                isReady
                                                        ? "The day may begin"
                                                        : "The day may not begin"),
                                pill(isReady ? "good" : "bad", isReady ? "yes" : "no")),
                tag("p").as("quiet")
                        .of(
                                one.by().isEmpty() ? "asked by the controller" : "asked by ",
                                one.by(),
                                " at ",
                                time(one.at(), DAY),
                                " · ",
                                proof(one, "entry and proof")),
                last.size() < 2 ? Html.NONE : alarm(last.get(1)));
    }

    private static Html alarm(Told raised) {
        var results = body(raised).path("results").valueStream().map(JsonNode::asText).toList();
        return tag("p").as("banner bad")
                .of(
                        tag("strong").of("Somebody was called "),
                        time(raised.at(), DAY),
                        ": " + String.join("; ", results) + " · ",
                        proof(raised, "entry and proof"));
    }

    private static Html proof(Told one, String label) {
        return tag("a").with("href", "/ledger/" + one.index()).of(label);
    }

    private static Html row(JsonNode row) {
        var answer = row.path("answer").asText();
        return tag("tr")
                .of(
                        cell(
                                "answer",
                                switch (answer) {
                                    case "YES" -> pill("good", "yes");
                                    case "WAIVED" -> pill("warn", "waived");
                                    default -> pill("bad", "no");
                                }),
                        cell("row", tag("strong", name(row))),
                        cell("numbers", sentence(row.path("says").asText())),
                        cell("what next", next(row.path("next").asText())));
    }

    private static Html next(String text) {
        return text.isEmpty() ? Html.NONE : tag("span").as("quiet").of(sentence(text));
    }

    private static String name(JsonNode row) {
        return (row.path("name").asText() + " " + row.path("about").asText()).strip();
    }

    private static JsonNode body(Told one) {
        try {
            return Pieces.JSON.readTree(one.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry's body is always JSON", e);
        }
    }
}
