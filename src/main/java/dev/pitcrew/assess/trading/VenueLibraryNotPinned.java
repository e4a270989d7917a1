package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.Dependency.Pinning;
import dev.pitcrew.model.infra.ImageBuild;
import java.util.regex.Pattern;

/// The library that talks to the venue is taken in whatever version is the newest on the day of the build.
public final class VenueLibraryNotPinned implements Check {
    @Override
    public Id id() {
        return new Id(
                "TRD-055",
                "venue-library-not-pinned",
                Severity.MEDIUM,
                "The library that talks to the venue is taken in whatever version is the newest on the day of the build");
    }

    private static final Pattern INSTALLS = Pattern.compile("\\b(pip3?|uv pip) install\\b");

    @Override
    public void look(Subject subject, Report report) {
        for (Dependency one : subject.all(Dependency.class)) {
            boolean open = one.pinning() == Pinning.NONE || one.pinning() == Pinning.RANGE;
            if (open
                    && OrderPath.isVenueLibrary(one.name())
                    && !Paths.isTest(one.place())
                    && !isPinnedBeside(subject, one)) {
                report.finding(
                                one.place(),
                                one.version().isEmpty()
                                        ? "%s has no version and no lock file, so every build may send orders with other code"
                                                .formatted(one.name())
                                        : "%s %s has no lock file, so every build may send orders with other code"
                                                .formatted(one.name(), one.version()))
                        .severity(one.pinning() == Pinning.NONE ? Severity.HIGH : Severity.MEDIUM);
            }
        }
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            build.stages().stream()
                    .flatMap(stage -> stage.instructions().stream())
                    .flatMap(instruction -> instruction.commands().stream())
                    .filter(command -> INSTALLS.matcher(command.text()).find())
                    .flatMap(command -> command.words().stream())
                    .filter(
                            word ->
                                    OrderPath.isVenueLibrary(
                                            word.value().replaceAll("[\\[<>~!].*", "")))
                    .filter(word -> !word.value().contains("=="))
                    .forEach(
                            word ->
                                    report.finding(
                                                    word.place(),
                                                    "'%s' is installed without an exact version, so every build may send orders with other code"
                                                            .formatted(word.value()))
                                            .severity(Severity.HIGH));
        }
    }

    /// A library says from which version on it works in pyproject.toml, and a requirements.txt beside it says which one is installed.
    private static boolean isPinnedBeside(Subject subject, Dependency one) {
        return subject.all(Dependency.class).stream()
                .anyMatch(
                        other ->
                                other.name().equalsIgnoreCase(one.name())
                                        && other.folder().equals(one.folder())
                                        && other.pinning() != Pinning.NONE
                                        && other.pinning() != Pinning.RANGE);
    }
}
