package dev.pitcrew.runtime.docker;

import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The images that Pitcrew built, by the labels that it gave them. All others are never touched.
public final class BuiltImages {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SYSTEM = "dev.pitcrew.built.system";
    private static final String SERVICE = "dev.pitcrew.built.service";
    private static final String VERSION = "dev.pitcrew.built.version";
    private static final String NAMES = "dev.pitcrew.built.names";

    private final Engine engine;
    private final String system;

    /// @param system whose images
    public BuiltImages(Engine engine, String system) {
        this.engine = engine;
        this.system = system;
    }

    /// What a build writes on its image.
    public static Map<String, String> labels(
            String system, String service, String version, List<String> names) {
        return Map.of(
                SYSTEM, system, SERVICE, service, VERSION, version, NAMES, String.join(",", names));
    }

    /// What Pitcrew calls an image that it built, besides what the system file says. It stays that version's when the other name is the next one's.
    public static String name(String system, String service, String version) {
        return "pitcrew/%s-%s:%s".formatted(system, service, version.replace("+", "-plus-"));
    }

    /// Whether Pitcrew built it for another version: where the name says none, whoever was built last has it.
    public static boolean isOfAnother(Image image, String version) {
        return !image.labels().getOrDefault(VERSION, version).equals(version);
    }

    private record Built(String id, String service, String names, long created) {}

    /// Removes those of these images that nobody needs: neither the newest build of a service, which may be tried again, nor one that has
    /// a name from elsewhere, or a container.
    ///
    /// @param digests in hex
    public void remove(Set<String> digests) {
        if (!(built() instanceof Got<List<Built>>(var all))) {
            return; // another time
        }
        var newest =
                all.stream()
                        .collect(
                                Collectors.toMap(
                                        Built::service,
                                        one -> one,
                                        BuiltImages::newer,
                                        HashMap::new));
        all.stream()
                .filter(one -> digests.contains(Images.digest(one.id())))
                .filter(one -> !one.equals(newest.get(one.service())))
                .forEach(this::remove);
    }

    private static Built newer(Built a, Built b) {
        return Comparator.comparingLong(Built::created).compare(a, b) < 0 ? b : a;
    }

    private EngineAnswer<List<Built>> built() {
        return engine.call(
                Engine.READ_LIMIT,
                client ->
                        client
                                .listImagesCmd()
                                .withLabelFilter(SYSTEM + "=" + system)
                                .exec()
                                .stream()
                                .map(
                                        one -> {
                                            var labels = one.getLabels();
                                            return new Built(
                                                    one.getId(),
                                                    labels.getOrDefault(SERVICE, ""),
                                                    labels.getOrDefault(NAMES, ""),
                                                    one.getCreated());
                                        })
                                .toList());
    }

    /// Name by name, and never by force: the engine refuses what a container has.
    private void remove(Built one) {
        if (!(engine.image(one.id()) instanceof Got<Image>(var image))) {
            return;
        }
        var ours = List.of(one.names().split(",", -1));
        if (!ours.containsAll(image.tags())) {
            return;
        }
        var names = image.tags().isEmpty() ? List.of(one.id()) : image.tags();
        for (var name : names) {
            var _ =
                    engine.call(
                            LIMIT,
                            client -> {
                                client.removeImageCmd(name).exec();
                                return name;
                            });
        }
    }
}
