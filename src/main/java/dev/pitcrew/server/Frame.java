package dev.pitcrew.server;

import static dev.pitcrew.server.Html.many;
import static dev.pitcrew.server.Html.tag;
import static dev.pitcrew.server.Pieces.hidden;

import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// What stands around every page, and the forms in it, for whoever asks.
///
/// @param asker null for somebody who has not logged in
record Frame(Asker.Place place, @Nullable Asker asker, Instant now) {
    Html page(String title, String here, Object... content) {
        var body =
                tag("body")
                        .of(
                                tag("a").as("skip").with("href", "#content").of("To the content"),
                                header(here),
                                tag("main").with("id", "content").of(said(), many(content)),
                                tag("footer")
                                        .of(
                                                "Pitcrew. All times are UTC. ",
                                                tag("a").with("href", "/openapi.json").of("API")));
        var head =
                tag("head")
                        .of(
                                tag("meta").with("charset", "utf-8"),
                                tag("title", title + " · Pitcrew"),
                                tag("meta")
                                        .with("name", "viewport")
                                        .with("content", "width=device-width, initial-scale=1"),
                                tag("meta")
                                        .with("name", "color-scheme")
                                        .with("content", "light dark"),
                                tag("link").with("rel", "icon").with("href", "/icon.svg"),
                                tag("link").with("rel", "stylesheet").with("href", "/console.css"),
                                asker == null
                                        ? Html.NONE
                                        : many(
                                                tag("script")
                                                        .with("src", "/console.js")
                                                        .with("defer", ""),
                                                tag("noscript")
                                                        .of(
                                                                tag("meta")
                                                                        .with(
                                                                                "http-equiv",
                                                                                "refresh")
                                                                        .with("content", "10"))));
        return tag("html").with("lang", "en").of(head, body);
    }

    Html header(String here) {
        if (asker == null) {
            return tag("header").as("top").of(tag("span").as("brand").of("Pitcrew"));
        }
        return tag("header")
                .as("top")
                .of(
                        tag("a").as("brand")
                                .with("href", "/")
                                .of("Pitcrew", tag("span").as("where").of(place.environment())),
                        tag("nav")
                                .with("aria-label", "pages")
                                .of(
                                        link("/", "Desk", here),
                                        link("/rollouts", "Rollouts", here),
                                        link("/ledger", "Ledger", here),
                                        link("/day", "Start of day", here),
                                        link("/operators", "Operators", here)),
                        tag("div")
                                .as("who")
                                .of(
                                        tag("span")
                                                .with("id", "line")
                                                .as("line")
                                                .with("role", "status")
                                                .of(""),
                                        tag("span").of(asker.name()),
                                        form("/logout", "", tag("button").of("Log out"))));
    }

    static Html link(String path, String name, String here) {
        var link = tag("a").with("href", path).of(name);
        return path.equals(here) ? link.with("aria-current", "page") : link;
    }

    /// What the last act came to.
    Html said() {
        var text = asker == null ? "" : asker.session().map(Sessions.Session::said).orElse("");
        if (text.isEmpty()) {
            return Html.NONE;
        }
        var isBad = text.startsWith("! ");
        return tag("p").as("banner " + (isBad ? "bad" : "good"))
                .with("role", isBad ? "alert" : "status")
                .of(isBad ? text.substring(2) : text);
    }

    boolean may(Right right) {
        return asker != null && asker.may(right, now);
    }

    boolean may(Right right, String service) {
        return asker != null && asker.may(right, service, now);
    }

    Html act(String act, String kind, String label, String... fields) {
        var hidden = new ArrayList<Html>();
        hidden.add(hidden("act", act));
        for (int i = 0; i < fields.length; i += 2) {
            hidden.add(hidden(fields[i], fields[i + 1]));
        }
        return form("/act", "", hidden, tag("button").as(kind).with("type", "submit").of(label));
    }

    Html form(String action, String kind, Object... content) {
        var key = asker == null ? "" : asker.session().map(Sessions.Session::form).orElse("");
        return tag("form")
                .as(kind)
                .with("method", "post")
                .with("action", action)
                .of(hidden("form", key), many(content));
    }
}
