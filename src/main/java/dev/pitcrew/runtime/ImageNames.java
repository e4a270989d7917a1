package dev.pitcrew.runtime;

import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.docker.BuiltImages;
import dev.pitcrew.runtime.docker.Image;
import dev.pitcrew.runtime.docker.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the images of versions are called, and which digests that means now.
final class ImageNames {
    private static final String OF_CONTROLLER = "env.";

    private final TradingSystem system;
    private final Map<String, String> environment;
    private final BiFunction<List<String>, Predicate<Image>, Optional<String>> images;

    /// @param environment the controller's own variables, for `${env.NAME}`
    /// @param images the digest, in hex, that the first of these names which is known stands for, if it is one that is meant
    ImageNames(
            TradingSystem system,
            Map<String, String> environment,
            BiFunction<List<String>, Predicate<Image>, Optional<String>> images) {
        this.system = system;
        this.environment = Map.copyOf(environment);
        this.images = images;
    }

    /// The digest of a version's image, in hex.
    ///
    /// @param service as the version has it
    /// @throws IllegalArgumentException when there is no such image, or it can't be told
    String digest(Service service, Version version) {
        var names = all(service, version);
        return find(service, version)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the Docker engine has no image %s; `pitcrew image %s %s` %s it"
                                                .formatted(
                                                        names.getLast(),
                                                        service.name(),
                                                        version,
                                                        container(service).build().isPresent()
                                                                ? "builds"
                                                                : "pulls")));
    }

    /// The id of a version's image; empty when there is none.
    Optional<String> id(Service service, Version version) {
        return find(service, version).map(Images::id);
    }

    private Optional<String> find(Service service, Version version) {
        var isBuilt = container(service).build().isPresent();
        return images.apply(
                all(service, version),
                image -> !isBuilt || !BuiltImages.isOfAnother(image, version.name()));
    }

    /// The names of a version's image, the most exact first. One that is built here and whose name says no version gets one more that does, so that the
    /// next version's does not take its place.
    List<String> all(Service service, Version version) {
        var container = container(service);
        var names = new ArrayList<String>();
        container.image().ifPresent(one -> names.add(one.fill(values(version))));
        var saysVersion = container.image().filter(one -> one.variables().contains("version"));
        if (container.build().isPresent() && saysVersion.isEmpty()) {
            names.addFirst(BuiltImages.name(system.name(), service.name(), version.name()));
        }
        return names;
    }

    static ContainerSpec container(Service service) {
        return service.container()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s: %s names no image; add container: {image: …}"
                                                .formatted(service.place(), service.name())));
    }

    /// What `${…}` stands for where no instance is meant.
    Function<String, String> values(Version version) {
        return name ->
                switch (name) {
                    case "version" -> version.name();
                    case "config" -> system.folder().toString();
                    default ->
                            Optional.of(name)
                                    .filter(one -> one.startsWith(OF_CONTROLLER))
                                    .map(
                                            one ->
                                                    environment.get(
                                                            one.substring(OF_CONTROLLER.length())))
                                    .orElseThrow(
                                            () ->
                                                    new IllegalArgumentException(
                                                            "${%s} stands for nothing when an image is named or built"
                                                                    .formatted(name)));
                };
    }
}
