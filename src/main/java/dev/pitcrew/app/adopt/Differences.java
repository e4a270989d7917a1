package dev.pitcrew.app.adopt;

import dev.pitcrew.app.adopt.Difference.Aspect;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container.MountKind;
import dev.pitcrew.runtime.docker.Container;
import dev.pitcrew.runtime.docker.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What of the containers of one service is not what the files say. Pure. Values of the environment are compared and never told: each is a digest,
/// salted by whoever asks, so that two digests tell of one value only within one answer.
final class Differences {
    private final Wanted wanted;
    private final UnaryOperator<String> digest;
    private final List<Difference> all = new ArrayList<>();

    private Differences(Wanted wanted, UnaryOperator<String> digest) {
        this.wanted = wanted;
        this.digest = digest;
    }

    /// @param digest of a variable's value
    static List<Difference> of(Wanted wanted, List<Found> found, UnaryOperator<String> digest) {
        var differences = new Differences(wanted, digest);
        differences.together(found);
        found.forEach(differences::one);
        return List.copyOf(differences.all);
    }

    private void together(List<Found> found) {
        long running = found.stream().filter(one -> one.container().state().lives()).count();
        if (running != wanted.replicas().value()) {
            add(
                    "",
                    Aspect.REPLICAS,
                    "",
                    wanted.replicas().value() + " running",
                    running + " running",
                    wanted.replicas().place());
        }
        var hashes = found.stream().map(Found::configHash).distinct().toList();
        if (hashes.size() > 1) {
            add(
                    "",
                    Aspect.ALIKE,
                    "",
                    "all from the same files",
                    "made from " + hashes.size() + " states of the files",
                    wanted.place());
        }
    }

    private void one(Found found) {
        image(found);
        command(found);
        environment(found);
        mounts(found.container());
        limits(found.container());
    }

    private void image(Found found) {
        var container = found.container();
        wanted.image()
                .filter(one -> !one.value().contains("${"))
                .filter(one -> !one.value().equals(container.image()))
                .ifPresent(
                        one ->
                                add(
                                        container.name(),
                                        Aspect.IMAGE,
                                        "",
                                        one.value(),
                                        container.image(),
                                        one.place()));
        found.named()
                .filter(now -> !now.equals(container.imageId()))
                .ifPresent(
                        now ->
                                add(
                                        container.name(),
                                        Aspect.IMAGE,
                                        "",
                                        container.image() + " is by now " + brief(now),
                                        brief(container.imageId()),
                                        wanted.image().map(Located::place).orElse(wanted.place())));
    }

    private static String brief(String id) {
        return id.startsWith("sha256:") && id.length() > 19 ? id.substring(0, 19) : id;
    }

    /// An entrypoint of the files takes the image's command away.
    private void command(Found found) {
        var container = found.container();
        var image = found.image();
        List<String> entrypoint =
                wanted.entrypoint().isEmpty()
                        ? image.map(Image::entrypoint).orElse(container.entrypoint())
                        : values(wanted.entrypoint());
        List<String> command =
                !wanted.command().isEmpty()
                        ? values(wanted.command())
                        : wanted.entrypoint().isEmpty()
                                ? image.map(Image::command).orElse(container.command())
                                : List.of();
        var said = new ArrayList<>(entrypoint);
        said.addAll(command);
        var runs = new ArrayList<>(container.entrypoint());
        runs.addAll(container.command());
        if (!said.equals(runs) && said.stream().noneMatch(word -> word.contains("${"))) {
            var place =
                    !wanted.command().isEmpty()
                            ? wanted.command().getFirst().place()
                            : wanted.entrypoint().isEmpty()
                                    ? wanted.place()
                                    : wanted.entrypoint().getFirst().place();
            // Arguments may hold a secret, so they are told as values of the environment are.
            add(container.name(), Aspect.COMMAND, "", told(said), told(runs), place);
        }
    }

    private String told(List<String> words) {
        return words.isEmpty()
                ? "nothing"
                : "%s with %d arguments, %s"
                        .formatted(
                                words.getFirst(),
                                words.size() - 1,
                                digest.apply(String.join("\0", words)));
    }

    private static List<String> values(List<Located<String>> words) {
        return words.stream().map(Located::value).toList();
    }

    private void environment(Found found) {
        var container = found.container();
        var image = found.image().map(Image::environment).orElse(Map.of());
        wanted.environment()
                .forEach(
                        (name, said) -> {
                            var runs = container.environment().get(name);
                            if (said.value().isPresent() && !said.value().get().equals(runs)) {
                                add(
                                        container.name(),
                                        Aspect.ENVIRONMENT,
                                        name,
                                        digest.apply(said.value().get()),
                                        runs == null ? "not there" : digest.apply(runs),
                                        said.place());
                            }
                        });
        new TreeMap<>(container.environment())
                .forEach(
                        (name, runs) -> {
                            if (!wanted.environment().containsKey(name)
                                    && !runs.equals(image.get(name))
                                    && found.image().isPresent()) {
                                add(
                                        container.name(),
                                        Aspect.ENVIRONMENT,
                                        name,
                                        image.containsKey(name) ? "as the image says" : "not there",
                                        digest.apply(runs),
                                        wanted.place());
                            }
                        });
    }

    private void mounts(Container container) {
        var runs = new TreeMap<String, Container.Mount>();
        container.mounts().forEach(one -> runs.put(one.target(), one));
        for (Wanted.Mount said : wanted.mounts()) {
            if (said.kind() == MountKind.MEMORY) {
                continue; // the engine tells of those elsewhere
            }
            var there = runs.remove(said.target());
            if (there == null) {
                add(
                        container.name(),
                        Aspect.MOUNTS,
                        said.target(),
                        text(said),
                        "not there",
                        said.place());
            } else if (!isSame(said, there)) {
                add(
                        container.name(),
                        Aspect.MOUNTS,
                        said.target(),
                        text(said),
                        text(there),
                        said.place());
            }
        }
        runs.values().stream()
                .filter(one -> !isAnonymous(one))
                .forEach(
                        one ->
                                add(
                                        container.name(),
                                        Aspect.MOUNTS,
                                        one.target(),
                                        "not there",
                                        text(one),
                                        wanted.place()));
    }

    private static boolean isSame(Wanted.Mount said, Container.Mount runs) {
        boolean isSameSource =
                switch (said.kind()) {
                    case HOST -> runs.isBind() && runs.source().equals(said.source());
                    case VOLUME -> runs.volume().equals(said.source());
                    case ANONYMOUS -> isAnonymous(runs);
                    case MEMORY, EPHEMERAL, SECRET, CONFIG -> true;
                };
        return isSameSource
                && (said.isReadOnly() == runs.isReadOnly()
                        || said.kind() == MountKind.SECRET
                        || said.kind() == MountKind.CONFIG);
    }

    /// As an image may ask for one.
    private static boolean isAnonymous(Container.Mount one) {
        return one.volume().matches("[0-9a-f]{64}");
    }

    private static String text(Wanted.Mount one) {
        return (one.source().isEmpty() ? "one of its own" : one.source())
                + (one.isReadOnly() ? ", read-only" : "");
    }

    private static String text(Container.Mount one) {
        return (one.isBind() ? one.source() : one.volume())
                + (one.isReadOnly() ? ", read-only" : "");
    }

    private void limits(Container container) {
        long memory = wanted.memoryBytes().map(Located::value).orElse(0L);
        if (memory != container.limits().memoryBytes()) {
            limit(
                    container,
                    "memory",
                    bytes(memory),
                    bytes(container.limits().memoryBytes()),
                    wanted.memoryBytes().map(Located::place).orElse(wanted.place()));
        }
        long nanos = Math.round(wanted.cpus().map(Located::value).orElse(0.0) * 1e9);
        if (nanos != container.limits().nanoCpus()) {
            limit(
                    container,
                    "cpus",
                    cpus(nanos),
                    cpus(container.limits().nanoCpus()),
                    wanted.cpus().map(Located::place).orElse(wanted.place()));
        }
    }

    private void limit(Container container, String name, String files, String runs, Place place) {
        add(container.name(), Aspect.LIMITS, name, files, runs, place);
    }

    private static String bytes(long bytes) {
        return bytes == 0 ? "none" : bytes + " bytes";
    }

    private static String cpus(long nanos) {
        return nanos == 0 ? "none" : String.valueOf(nanos / 1e9);
    }

    private void add(
            String container, Aspect aspect, String name, String files, String runs, Place place) {
        all.add(new Difference(container, aspect, name, files, runs, place));
    }
}
