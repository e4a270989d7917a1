package dev.pitcrew.assess.support;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Trading;
import dev.pitcrew.model.infra.VenueLibraries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tells what sends orders, by the libraries that it is built with and by what the whole repository lets one understand.
public final class OrderPath {
    private static final Function<Survey, Map<String, List<Container>>> BY_BUILD =
            OrderPath::byBuild;

    private static Map<String, List<Container>> byBuild(Survey survey) {
        return survey.all(Container.class).stream()
                .filter(one -> one.build().isPresent())
                .collect(Collectors.groupingBy(one -> one.build().orElseThrow().value()));
    }

    private OrderPath() {}

    /// Whether a library talks to a venue or broker.
    public static boolean isVenueLibrary(String name) {
        return VenueLibraries.isOne(name);
    }

    /// Why an image seems to send orders, such as `ccxt`; empty when nothing says so.
    public static Optional<String> of(Subject subject, ImageBuild build) {
        var container =
                containers(subject, build).stream()
                        .filter(one -> subject.duty(one).isOrderPath())
                        .findFirst();
        if (container.isPresent()) {
            return Optional.of(subject.duty(container.get()).text());
        }
        String text =
                String.join(
                        "\n", build.lineage().stream().map(ImageBuild.Instruction::text).toList());
        String folder = Paths.folder(build.place().file());
        return subject.all(Dependency.class).stream()
                .filter(one -> isVenueLibrary(one.name()))
                .filter(
                        one ->
                                one.folder().isEmpty()
                                        || one.folder().equals(folder)
                                        || folder.startsWith(one.folder() + "/"))
                .filter(
                        one ->
                                text.contains(Paths.name(one.place().file()))
                                        || (one.folder().equals(folder)
                                                && (text.contains("pip ")
                                                        || text.contains("poetry")
                                                        || text.contains("uv ")
                                                        || text.contains("npm "))))
                .map(Dependency::name)
                .findFirst();
    }

    /// The containers that run an image.
    public static List<Container> containers(Subject subject, ImageBuild build) {
        return subject.survey().once(BY_BUILD).getOrDefault(build.place().file(), List.of());
    }

    /// Why the repository as a whole seems to trade; empty when nothing says so.
    public static Optional<String> of(Subject subject) {
        return subject.all(Dependency.class).stream()
                .filter(one -> isVenueLibrary(one.name()) && !Paths.isTest(one.place()))
                .map(Dependency::name)
                .findFirst()
                .or(
                        () ->
                                subject.sketch().services().stream()
                                        .filter(
                                                one ->
                                                        one.duty().isOrderPath()
                                                                && one.trading() != Trading.TEST)
                                        .map(one -> one.name())
                                        .findFirst());
    }
}
