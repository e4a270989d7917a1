package dev.pitcrew.read;

import static dev.pitcrew.read.Shape.Field.optional;
import static dev.pitcrew.read.Shape.Field.preset;
import static dev.pitcrew.read.Shape.Field.required;
import static dev.pitcrew.read.Shapes.COMMAND;
import static dev.pitcrew.read.Shapes.DURATION;
import static dev.pitcrew.read.Shapes.POSITIVE;
import static dev.pitcrew.read.Shapes.TEXT;
import static dev.pitcrew.read.Shapes.TEXTS;
import static dev.pitcrew.read.Shapes.section;

import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.ContainerSpec.Build;
import dev.pitcrew.model.ContainerSpec.Health;
import dev.pitcrew.model.ContainerSpec.Isolation;
import dev.pitcrew.model.ContainerSpec.Logging;
import dev.pitcrew.model.ContainerSpec.Login;
import dev.pitcrew.model.ContainerSpec.Mount;
import dev.pitcrew.model.ContainerSpec.MountKind;
import dev.pitcrew.model.Template;
import dev.pitcrew.read.Shape.Listing;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.Shape.Value;
import dev.pitcrew.read.Shape.Whole;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.List;

/// How a service runs in a container: the declaration, and what is made of it.
final class Containers {
    /// Keys of a service whose values may name variables.
    static final List<List<String>> TEMPLATES =
            List.of(
                    List.of("container", "image"),
                    List.of("container", "build"),
                    List.of("container", "login"),
                    List.of("container", "entrypoint"),
                    List.of("container", "mounts"),
                    List.of("container", "labels"));

    private static final Section BUILD =
            section(
                    "Build",
                    required("context", TEXT, "The folder that is sent to whoever builds."),
                    preset("dockerfile", TEXT, "Dockerfile", "Relative to the context."),
                    optional("target", TEXT, "The stage that is built; left out: the last one."),
                    optional(
                            "args",
                            new Named(Kind.VARIABLE, TEXT),
                            "Arguments of the build; no secrets, they stay in the image."));

    private static final Section LOGIN =
            section(
                    "Login",
                    required("user", TEXT, "Whom the registry knows."),
                    required("password", ServiceSchema.SECRET, "Where it is fetched from."));

    private static final Section MOUNT =
            new Section(
                    "Mount",
                    List.of(
                            optional(
                                    "folder",
                                    TEXT,
                                    "A folder or file of the host, from this file's folder."),
                            optional(
                                    "volume",
                                    TEXT,
                                    "A volume's name; new: one that each container has for itself."),
                            optional(
                                    "memory",
                                    new Value(Kind.FLAG),
                                    "true: memory, which ends with the container."),
                            required("at", new Value(Kind.PATH), "The path in the container."),
                            optional("readOnly", new Value(Kind.FLAG), "It can't be written.")),
                    List.of("folder", "volume", "memory"));

    private static final Section HEALTH =
            new Section(
                    "Health",
                    List.of(
                            optional("command", COMMAND, "Run in the container; 0 is well."),
                            optional("shell", TEXT, "The same as one line for its shell."),
                            preset("every", POSITIVE, "30s", "How often."),
                            preset("timeout", POSITIVE, "30s", "Of one check."),
                            preset("grace", DURATION, "0s", "Failures so soon don't count."),
                            preset(
                                    "retries",
                                    new Whole(1, 1000),
                                    "3",
                                    "Failures in a row until it is unwell.")),
                    List.of("command", "shell"));

    private static final Section LOGGING =
            section(
                    "Logging",
                    required("driver", TEXT, "Such as json-file."),
                    optional("options", new Named(Kind.THING, TEXT), "What it is told."));

    static final Section CONTAINER =
            section(
                    "Container",
                    optional("image", TEXT, "Its name; with build, what the image is called."),
                    optional("build", BUILD, "How the image is built."),
                    optional(
                            "login",
                            LOGIN,
                            "For the image's registry; left out: as docker login left it."),
                    optional("entrypoint", TEXTS, "Left out: as the image says."),
                    optional(
                            "ports",
                            new Named(Kind.NAME, new Whole(1, 65_535)),
                            "Where it listens inside, by the names of ports."),
                    optional("mounts", new Listing(MOUNT, 0), "What it sees of the host."),
                    optional(
                            "health",
                            HEALTH,
                            "How the engine asks; without a probe ready it says what is ready."),
                    preset("stopGrace", DURATION, "10s", "From the signal until it is killed."),
                    optional("stopSignal", TEXT, "Left out: as the image says."),
                    optional(
                            "networks",
                            new Named(Kind.THING, TEXTS),
                            "Which it joins, with more names that it has there."),
                    optional(
                            "newNetworks",
                            TEXTS,
                            "Of these networks, those that are made where there is none."),
                    optional("cpus", new Value(Kind.NUMBER), "The most cores it may use."),
                    optional("user", TEXT, "Left out: as the image says."),
                    optional("workingDirectory", TEXT, "Left out: as the image says."),
                    optional("init", new Value(Kind.FLAG), "A first process that reaps."),
                    optional("readOnly", new Value(Kind.FLAG), "Its files can't be written."),
                    optional("addCapabilities", TEXTS, "Such as NET_BIND_SERVICE."),
                    optional("dropCapabilities", TEXTS, "Such as ALL."),
                    optional("securityOptions", TEXTS, "Such as no-new-privileges."),
                    optional("extraHosts", new Named(Kind.THING, TEXT), "Names with addresses."),
                    optional("logging", LOGGING, "Where its output goes."),
                    optional("labels", new Named(Kind.THING, TEXT), "For other programs."));

    private Containers() {}

    static ContainerSpec make(Settings s) {
        return new ContainerSpec(
                s.optional("image").map(Template::new),
                s.inIfGiven("build").map(Containers::build),
                s.templates("entrypoint"),
                s.map("ports", node -> Integer.parseInt(((Scalar) node).text())),
                mounts(s),
                s.inIfGiven("health").map(Containers::health),
                s.duration("stopGrace"),
                s.optional("stopSignal"),
                s.inIfGiven("login")
                        .map(
                                one ->
                                        new Login(
                                                one.text("user"),
                                                ServiceMaker.secret(one.in("password")))),
                s.map("networks", Containers::texts),
                s.texts("newNetworks"),
                s.optional("cpus").map(Double::parseDouble),
                new Isolation(
                        s.optional("user"),
                        s.optional("workingDirectory"),
                        s.flag("init"),
                        s.flag("readOnly"),
                        s.texts("addCapabilities"),
                        s.texts("dropCapabilities"),
                        s.texts("securityOptions"),
                        s.map("extraHosts", node -> ((Scalar) node).text())),
                s.inIfGiven("logging")
                        .map(
                                one ->
                                        new Logging(
                                                one.text("driver"),
                                                one.map(
                                                        "options",
                                                        node -> ((Scalar) node).text()))),
                s.map("labels", node -> new Template(((Scalar) node).text())));
    }

    private static List<String> texts(Node node) {
        return ((Sequence) node).items().stream().map(one -> ((Scalar) one).text()).toList();
    }

    private static Build build(Settings s) {
        return new Build(
                s.template("context"),
                s.text("dockerfile"),
                s.optional("target"),
                s.map("args", node -> new Template(((Scalar) node).text())));
    }

    private static Health health(Settings s) {
        boolean isShell = s.has("shell");
        return new Health(
                isShell ? List.of(s.text("shell")) : s.texts("command"),
                isShell,
                s.duration("every"),
                s.duration("timeout"),
                s.duration("grace"),
                s.whole("retries"));
    }

    private static List<Mount> mounts(Settings s) {
        return s.mapping().at("mounts").stream()
                .flatMap(node -> ((Sequence) node).items().stream())
                .map(node -> mount(new Settings((Mapping) node, MOUNT)))
                .toList();
    }

    private static Mount mount(Settings s) {
        var kind =
                s.has("folder")
                        ? MountKind.FOLDER
                        : s.has("volume") ? MountKind.VOLUME : MountKind.MEMORY;
        var source =
                s.optional("folder")
                        .or(() -> s.optional("volume"))
                        .filter(one -> kind != MountKind.VOLUME || !one.equals("new"))
                        .orElse("");
        return new Mount(kind, new Template(source), s.text("at"), s.flag("readOnly"));
    }
}
