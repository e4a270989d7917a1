package dev.pitcrew.server;

import static dev.pitcrew.server.Html.many;
import static dev.pitcrew.server.Html.tag;
import static dev.pitcrew.server.Pieces.DAY;
import static dev.pitcrew.server.Pieces.cell;
import static dev.pitcrew.server.Pieces.names;
import static dev.pitcrew.server.Pieces.nothingYet;
import static dev.pitcrew.server.Pieces.pill;
import static dev.pitcrew.server.Pieces.time;
import static dev.pitcrew.server.Pieces.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Operators as they stand on pages: who may do what, and what changed about that.
final class OperatorParts {
    private static final Duration NEWS = Duration.ofDays(1);

    private OperatorParts() {}

    static Html table(List<Operators.Listed> all, DeskStatus status, Instant now) {
        return Pieces.table(
                "operators",
                List.of("name", "may", "where", "of", "until", "added by", "ledger"),
                all.stream().map(one -> row(one, status, now)).toList());
    }

    private static Html row(Operators.Listed one, DeskStatus status, Instant now) {
        var isKnown =
                status.operators().stream()
                        .anyMatch(it -> it.name().equals(one.name()) && it.isWrittenDown());
        var grant = one.grant();
        return tag("tr")
                .of(
                        cell("name", tag("strong", one.name())),
                        cell(
                                "may",
                                String.join(", ", grant.rights().stream().map(Words::of).toList())),
                        cell("where", names(grant.environments(), "everywhere")),
                        cell("of", names(grant.owners(), "any desk")),
                        cell("until", until(grant, now)),
                        cell("added by", one.by()),
                        cell(
                                "ledger",
                                isKnown ? pill("good", "written down") : pill("warn", "not yet")));
    }

    private static Html until(Grant grant, Instant now) {
        return grant.until()
                .<Html>map(end -> grant.isValid(now) ? time(end, DAY) : pill("bad", "expired"))
                .orElse(tag("span").as("quiet").of("no end"));
    }

    /// The last changes, each with its entry.
    static Html changes(List<Told> all) {
        return all.isEmpty()
                ? nothingYet("The ledger tells of no operator yet; it does before one can act.")
                : Pieces.table(
                        "changes",
                        List.of("time (UTC)", "what", "entry"),
                        all.stream()
                                .map(
                                        one ->
                                                tag("tr")
                                                        .of(
                                                                cell("time", time(one.at(), DAY)),
                                                                cell("what", sentence(one, true)),
                                                                cell("entry", entry(one))))
                                .toList());
    }

    /// What everybody is told for a day: nobody else tells people that a token of theirs was replaced.
    static Html news(List<Told> all, Instant now) {
        var news = all.stream().filter(one -> one.at().isAfter(now.minus(NEWS))).toList();
        return news.isEmpty()
                ? Html.NONE
                : tag("p").as("banner note")
                        .of(
                                news.stream()
                                        .<Html>map(one -> many(sentence(one, false), ". "))
                                        .toList(),
                                tag("a").with("href", "/operators").of("Operators"));
    }

    private static Html entry(Told one) {
        return tag("a").as("number")
                .with("href", "/ledger/" + one.index())
                .of("%,d".formatted(one.index()));
    }

    /// @param isWhole also what the token is limited to
    private static Html sentence(Told one, boolean isWhole) {
        try {
            var body = Pieces.JSON.readTree(one.body());
            var by = body.path("by").asText();
            var key = body.path("key").asText();
            var limits =
                    isWhole && key.contains(" ")
                            ? ", to " + whole(key.substring(key.indexOf(' ') + 1))
                            : "";
            return many(
                    tag("strong", body.path("operator").asText()),
                    key.isEmpty()
                            ? " is no operator any more"
                            : " has a new token"
                                    + limits
                                    + (by.isEmpty() ? "" : ", added by " + by));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry's body is always JSON", e);
        }
    }
}
