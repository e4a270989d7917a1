package dev.pitcrew.read;

import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Words;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.read.compose.ComposeRequest;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A system file over the Compose project that it names: the project in the words of a system file, and then key by key what the file says itself.
final class FromCompose {
    private final ComposeProject project;
    private final Consumer<Problem> problems;

    FromCompose(ComposeProject project, Consumer<Problem> problems) {
        this.project = project;
        this.problems = problems;
    }

    /// Which project the file names; empty when it names none, or in a form that is wrong.
    static Optional<ComposeRequest> request(Node root) {
        return switch (root.at("from").orElse(null)) {
            case Scalar one when !one.isEmpty() ->
                    Optional.of(
                            new ComposeRequest(
                                    List.of(located(one)),
                                    false,
                                    List.of(),
                                    Optional.empty(),
                                    List.of()));
            case Sequence _ ->
                    several(root.scalarsAt("from"), List.of(), Optional.empty(), List.of());
            case Mapping from ->
                    several(
                            from.scalarsAt("files"),
                            from.scalarsAt("profiles"),
                            from.scalarAt("project").map(Scalar::text),
                            from.scalarsAt("without"));
            case null, default -> Optional.empty();
        };
    }

    private static Optional<ComposeRequest> several(
            List<Scalar> files,
            List<Scalar> profiles,
            Optional<String> project,
            List<Scalar> without) {
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ComposeRequest(
                                files.stream().map(FromCompose::located).toList(),
                                true,
                                profiles.stream().map(FromCompose::located).toList(),
                                project,
                                without.stream().map(FromCompose::located).toList()));
    }

    private static Located<String> located(Scalar one) {
        return new Located<>(one.text(), one.place());
    }

    /// The file over the project. A service that the project doesn't have and that says nothing of how it runs is taken for one that is misspelt.
    Node over(Mapping below, Node root) {
        if (!(root instanceof Mapping)) {
            return root;
        }
        var services =
                root.at("services").orElse(null) instanceof Mapping some
                        ? some
                        : new Mapping(root.place(), List.of());
        var known = below.entriesAt("services").stream().map(Entry::name).toList();
        var kept = new ArrayList<Entry>();
        for (Entry service : services.entries()) {
            boolean runs =
                    service.value().at("command").isPresent()
                            || service.value().at("container").isPresent();
            if (known.contains(service.name()) || runs) {
                kept.add(service);
            } else {
                problems.accept(
                        new Problem(
                                service.key().place(),
                                "no service named '%s' in what from names%s"
                                        .formatted(
                                                service.name(),
                                                Nearest.hint(service.name(), known))));
            }
        }
        var above =
                root.at("services").orElse(services) instanceof Mapping
                        ? with(root, "services", new Mapping(services.place(), kept))
                        : root;
        var changed = with(below, "services", bare(below, services));
        return Merge.over(changed, above, SystemSchema.SYSTEM);
    }

    /// The project's services without variables that the file hands over in the other way: as a secret, or in the open.
    private Mapping bare(Mapping below, Mapping services) {
        var all = new ArrayList<Entry>();
        for (Entry service : below.entriesAt("services")) {
            Node value = withRole(service, services.at(service.name()));
            for (var pair : List.of(List.of("env", "secrets"), List.of("secrets", "env"))) {
                var names =
                        services.entriesAt(service.name(), pair.getLast()).stream()
                                .map(Entry::name)
                                .collect(Collectors.toSet());
                if (value.at(pair.getFirst()).orElse(null) instanceof Mapping section) {
                    var rest =
                            section.entries().stream()
                                    .filter(one -> !names.contains(one.name()))
                                    .toList();
                    value = with(value, pair.getFirst(), new Mapping(section.place(), rest));
                }
            }
            all.add(new Entry(service.key(), value));
        }
        return new Mapping(below.at("services").orElse(below).place(), all);
    }

    /// What trades has to be told: nobody guesses that two of it may run at once.
    private Node withRole(Entry service, Optional<Node> said) {
        if (service.value().at("role").isPresent()
                || said.flatMap(one -> one.at("role")).isPresent()) {
            return service.value();
        }
        var place = said.map(Node::place).orElse(service.key().place());
        problems.accept(
                new Problem(
                        place,
                        "nobody says what %s does; say services: {%s: {role: %s}} or another one of %s"
                                .formatted(
                                        service.name(),
                                        service.name(),
                                        role(project.duty(service.name())),
                                        Shapes.words(Role.values()).wanted())));
        var entries = new ArrayList<>(((Mapping) service.value()).entries());
        entries.add(
                new Entry(
                        new Scalar(place, "role", true),
                        new Scalar(place, Words.of(Role.OTHER), true)));
        return new Mapping(service.value().place(), entries);
    }

    private static String role(Duty duty) {
        return Words.of(
                switch (duty) {
                    case ORDER_ENTRY -> Role.ORDER_ENTRY;
                    case STRATEGY -> Role.STRATEGY;
                    case MARKET_DATA -> Role.FEED;
                    case API, WEB -> Role.STATELESS;
                    case RISK, BOOKS, PROXY, STORE, QUEUE, MONITOR, JOB, OTHER -> Role.OTHER;
                });
    }

    private static Node with(Node mapping, String key, Mapping value) {
        var entries = new ArrayList<Entry>();
        for (Entry entry : ((Mapping) mapping).entries()) {
            entries.add(entry.name().equals(key) ? new Entry(entry.key(), value) : entry);
        }
        return new Mapping(mapping.place(), entries);
    }

    /// Of the file and of what it takes from the project, in which no secret is.
    static Digest digest(Digest ofFile, Mapping below) {
        var text = new StringBuilder(ofFile.hex());
        write(below, text);
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Node node, StringBuilder out) {
        switch (node) {
            case Scalar scalar ->
                    out.append(scalar.text().length()).append(':').append(scalar.text());
            case Sequence list -> {
                out.append('[');
                list.items().forEach(one -> write(one, out));
                out.append(']');
            }
            case Mapping mapping -> {
                out.append('{');
                mapping.entries()
                        .forEach(
                                one -> {
                                    write(one.key(), out);
                                    write(one.value(), out);
                                });
                out.append('}');
            }
        }
    }
}
