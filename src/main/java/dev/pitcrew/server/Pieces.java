package dev.pitcrew.server;

import static dev.pitcrew.server.Html.tag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.app.PlainWords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Small pieces of pages.
final class Pieces {
    private Pieces() {}

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    static final JsonMapper JSON = new JsonMapper();

    static final int HASH = 8;

    static Html live(String name, Object... content) {
        return tag("div").with("id", "live-" + name).with("data-live", "").of(content);
    }

    static Html part(String title, Object content) {
        return tag("section").as("part").of(tag("h2", title), content);
    }

    static Html banner(String kind, String title, String text) {
        return tag("p").as("banner " + kind).of(tag("strong", title), " ", text);
    }

    static Html table(String kind, List<String> heads, Collection<? extends Html> rows) {
        return tag("div")
                .as("card flat")
                .of(
                        tag("table")
                                .as(kind)
                                .of(
                                        tag("thead")
                                                .of(
                                                        tag("tr")
                                                                .of(
                                                                        heads.stream()
                                                                                .map(
                                                                                        one ->
                                                                                                tag("th")
                                                                                                        .with(
                                                                                                                "scope",
                                                                                                                "col")
                                                                                                        .of(
                                                                                                                one))
                                                                                .toList())),
                                        tag("tbody").of(rows)));
    }

    /// On a phone each cell stands below the other, after its name.
    static Html cell(String name, Object content) {
        var isNothing = content.equals("") || content.equals(Html.NONE);
        var cell = tag("td").with("data-name", name);
        return isNothing ? cell.as("none") : cell.of(tag("span").of(content));
    }

    static Html facts(Object... namesAndValues) {
        var all = new ArrayList<Html>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.add(
                    tag("div")
                            .of(
                                    tag("dt").of(namesAndValues[i]),
                                    tag("dd").of(namesAndValues[i + 1])));
        }
        return tag("dl").of(all);
    }

    static Html.Tag pill(String kind, String text) {
        return tag("span").as("pill " + kind).of(text);
    }

    static Html nothingYet(String text) {
        return tag("p").as("card quiet").of(text);
    }

    static Html time(Instant at, DateTimeFormatter form) {
        return tag("time").as("number").with("datetime", at).of(form.format(at));
    }

    static String pretty(String json) {
        try {
            return JSON.readTree(json).toPrettyString();
        } catch (JsonProcessingException _) { // then as it is
            return json;
        }
    }

    static String brief(String hash) {
        return hash.substring(0, Math.min(HASH, hash.length()));
    }

    static Html names(Collection<String> names, String all) {
        return names.isEmpty()
                ? tag("span").as("quiet").of(all)
                : tag("span").of(String.join(", ", names));
    }

    static Html number(Object value) {
        return tag("span").as("number").of(value);
    }

    static Object quiet(String text) {
        return text.isEmpty() ? "" : tag("span").as("quiet").of(text);
    }

    /// A time in a sentence without parts of a second.
    static String whole(String text) {
        return text.replaceAll("(\\d\\d:\\d\\d:\\d\\d)\\.\\d+Z", "$1Z");
    }

    /// A sentence of the ledger in readable units; what stands in backquotes is code.
    static Html sentence(String text) {
        var parts = PlainWords.sentence(text).split("`", -1);
        var all = new ArrayList<Object>();
        for (int i = 0; i < parts.length; i++) {
            all.add(i % 2 == 0 ? parts[i] : tag("code", parts[i]));
        }
        return Html.many(all);
    }

    /// What an entry is about; a rollout is one click away.
    static Object about(String subject) {
        if (subject.equals("*")) {
            return tag("span").as("quiet").of("the desk");
        }
        var rollout = subject.replaceFirst("/.*", "");
        return rollout.matches("r[0-9]{1,12}")
                ? tag("a").with("href", "/rollouts/" + rollout).of(subject)
                : subject;
    }

    static Html hidden(String name, String value) {
        return tag("input").with("type", "hidden").with("name", name).with("value", value);
    }
}
