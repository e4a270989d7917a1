package dev.pitcrew.assess.outlook;

import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Sketch.Part;
import dev.pitcrew.model.infra.Trading;
import java.util.List;

/// How many of a part there are.
final class Copies {
    private Copies() {}

    static List<Container> containers(Part part) {
        return part.facts().stream()
                .filter(Container.class::isInstance)
                .map(Container.class::cast)
                .toList();
    }

    /// The most that any file says; 1 where none does.
    static int of(Part part) {
        return containers(part).stream()
                .flatMap(container -> container.replicas().stream())
                .mapToInt(located -> located.value())
                .max()
                .orElse(1);
    }

    static boolean isForTests(Part part) {
        return part.trading() == Trading.TEST;
    }
}
