package dev.pitcrew.read;

import static dev.pitcrew.read.Shape.Field.optional;
import static dev.pitcrew.read.Shape.Field.required;
import static dev.pitcrew.read.Shapes.TEXT;
import static dev.pitcrew.read.Shapes.section;

import dev.pitcrew.model.EngineHost;
import dev.pitcrew.model.EngineRef;
import dev.pitcrew.model.Template;
import dev.pitcrew.read.Shape.Field;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.Section;
import java.util.Optional;

/// Where Docker engines are: the declaration, and what is made of it.
final class EngineMaker {
    private static final Field CERTIFICATES =
            optional("certificates", TEXT, "By TLS: the folder of ca.pem, cert.pem and key.pem.");
    private static final Field IDENTITY =
            optional("identity", TEXT, "By SSH: the private key; else what ssh takes by itself.");
    private static final Field KNOWN_HOSTS =
            optional(
                    "knownHosts",
                    TEXT,
                    "By SSH: the file with the host's key; else what ssh takes by itself.");

    static final Section KEYS = section("EngineKeys", CERTIFICATES, IDENTITY, KNOWN_HOSTS);
    static final Named HOSTS =
            new Named(
                    Kind.NAME,
                    section(
                            "EngineHost",
                            required("address", TEXT, "Under which others reach what runs there."),
                            required("engine", TEXT, "As `engine` of an environment."),
                            CERTIFICATES,
                            IDENTITY,
                            KNOWN_HOSTS));

    private EngineMaker() {}

    static EngineRef ref(String at, Optional<Settings> keys) {
        return keys.map(one -> keyed(at, one)).orElseGet(() -> EngineRef.of(at));
    }

    static EngineHost host(String name, Settings s) {
        return new EngineHost(name, s.text("address"), keyed(s.text("engine"), s));
    }

    private static EngineRef keyed(String at, Settings s) {
        return new EngineRef(
                at,
                s.optional("certificates").map(Template::new),
                s.optional("identity").map(Template::new),
                s.optional("knownHosts").map(Template::new));
    }
}
