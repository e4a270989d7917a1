package dev.pitcrew.read;

import static dev.pitcrew.read.Shape.Field.optional;
import static dev.pitcrew.read.Shape.Field.preset;
import static dev.pitcrew.read.Shape.Field.required;
import static dev.pitcrew.read.Shapes.POSITIVE;
import static dev.pitcrew.read.Shapes.TEXT;
import static dev.pitcrew.read.Shapes.section;
import static dev.pitcrew.read.Shapes.words;

import dev.pitcrew.model.Proxy;
import dev.pitcrew.model.Template;
import dev.pitcrew.read.Shape.Listing;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.Shape.Whole;
import java.util.LinkedHashMap;

/// Where HAProxy or nginx is: the declaration, and what is made of it.
final class ProxyMaker {
    static final Section PROXY =
            section(
                    "Proxy",
                    optional(
                            "sockets",
                            new Listing(TEXT, 1),
                            "Of HAProxy: the Runtime API of each, a path or host:port."),
                    required("folder", TEXT, "Pitcrew writes here what the balancer begins with."),
                    optional("pid", TEXT, "Of nginx: the file that names its master process."),
                    preset(
                            "configuration",
                            TEXT,
                            "/etc/nginx/nginx.conf",
                            "Of nginx: its main file, checked before each reload."),
                    required(
                            "fronts",
                            new Named(
                                    Kind.NAME,
                                    section(
                                            "Front",
                                            required("listen", TEXT, "host:port for clients."),
                                            preset(
                                                    "mode",
                                                    words(Proxy.Mode.values()),
                                                    "http",
                                                    "tcp for FIX and databases."),
                                            preset(
                                                    "slots",
                                                    new Whole(2, 64),
                                                    "8",
                                                    "So many instances at once, leaving ones included."),
                                            optional(
                                                    "closeAfter",
                                                    POSITIVE,
                                                    "Of HAProxy: connections to an instance that gets no new ones are closed after this, and counted."))),
                            "By service."));

    private ProxyMaker() {}

    static Proxy proxy(Settings s) {
        var fronts = new LinkedHashMap<String, Proxy.Front>();
        for (var one : s.named("fronts", NamedFront::new)) {
            fronts.put(one.name(), front(one.settings()));
        }
        return new Proxy(
                s.templates("sockets"),
                s.template("folder"),
                s.optional("pid").map(Template::new),
                s.template("configuration"),
                fronts);
    }

    private record NamedFront(String name, Settings settings) {}

    private static Proxy.Front front(Settings s) {
        return new Proxy.Front(
                s.template("listen"),
                s.word("mode", Proxy.Mode.class),
                s.whole("slots"),
                s.optional("closeAfter").map(Scalars::duration));
    }
}
