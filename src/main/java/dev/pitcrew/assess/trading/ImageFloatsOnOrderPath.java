package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import java.util.Set;

/// A restart of the order path may start another program than the one that stopped.
public final class ImageFloatsOnOrderPath implements Check {
    private static final Id ID =
            new Id(
                    "TRD-007",
                    "image-floats-on-order-path",
                    Severity.HIGH,
                    "The order path runs an image whose tag moves");

    private static final Set<String> MOVING =
            Set.of(
                    "latest",
                    "stable",
                    "develop",
                    "dev",
                    "main",
                    "master",
                    "edge",
                    "nightly",
                    "prod",
                    "production",
                    "live");

    private static boolean floats(String image) {
        if (image.contains("@") || image.contains("$") || image.contains("‹")) {
            return false;
        }
        String name = image.substring(image.lastIndexOf('/') + 1);
        int colon = name.indexOf(':');
        return colon < 0 || MOVING.contains(name.substring(colon + 1));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            var image = one.image().filter(name -> one.build().isEmpty() && floats(name.value()));
            if (image.isPresent() && subject.duty(one).isOrderPath()) {
                report.finding(
                                image.get().place(),
                                "%s runs %s, which may be another program after each pull"
                                        .formatted(one.name(), image.get().value()))
                        .about(one);
            }
        }
    }
}
