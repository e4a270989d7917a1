package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;

/// An updater restarts the order path whenever somebody pushes an image.
public final class ImageChangesUnattended implements Check {
    private static final Id ID =
            new Id(
                    "TRD-006",
                    "image-changes-unattended",
                    Severity.CRITICAL,
                    "Something replaces the images of running services by itself");

    private static boolean isOn(Container one, String variable) {
        return one.variable(variable).filter(value -> value.value().equals("true")).isPresent();
    }

    private static boolean says(Container one, String word) {
        return one.command().stream().anyMatch(part -> part.value().equals(word));
    }

    private static boolean label(Container one, String value) {
        return one.labels().stream()
                .anyMatch(
                        label ->
                                label.value()
                                        .equals("com.centurylinklabs.watchtower.enable=" + value));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            String image = one.image().map(Located::value).orElse("");
            boolean isUpdater = image.matches("(?i).*(watchtower|ouroboros)(:.*|@.*)?");
            if (!isUpdater || isOn(one, "WATCHTOWER_MONITOR_ONLY") || says(one, "--monitor-only")) {
                continue;
            }
            boolean asks = isOn(one, "WATCHTOWER_LABEL_ENABLE") || says(one, "--label-enable");
            subject.all(Container.class).stream()
                    .filter(other -> other.unit().equals(one.unit()))
                    .filter(other -> subject.duty(other).isOrderPath())
                    .filter(other -> asks ? label(other, "true") : !label(other, "false"))
                    .findFirst()
                    .ifPresent(
                            other ->
                                    report.finding(
                                                    one.place(),
                                                    "%s replaces %s as soon as a new image is pushed, also while the market is open"
                                                            .formatted(one.name(), other.name()))
                                            .about(other)
                                            .also(other.place(), "what is replaced"));
        }
    }
}
