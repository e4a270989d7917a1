package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Plays;
import dev.pitcrew.model.infra.HostGroup;
import dev.pitcrew.model.infra.HostPlay;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A deploy that ends well and reaches no host.
final class PlayForNobody implements Check {
    private static final Id ID =
            new Id(
                    "SYS-082",
                    "play-for-nobody",
                    Severity.HIGH,
                    "A play is for a group that no inventory here lists");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var groups = subject.all(HostGroup.class);
        boolean isMade =
                subject.all(HostPlay.class).stream()
                        .flatMap(one -> one.tasks().stream())
                        .anyMatch(one -> one.module().matches("add_host|group_by"));
        if (groups.isEmpty() || isMade) {
            return;
        }
        for (HostPlay play : Plays.all(subject)) {
            String name = play.hosts().value();
            boolean isName =
                    name.matches("[A-Za-z][A-Za-z0-9_-]*")
                            && !name.matches("all|ungrouped|localhost");
            boolean isListed =
                    groups.stream()
                            .anyMatch(one -> one.name().equals(name) || one.hosts().contains(name));
            if (isName && !isListed) {
                near(name, groups)
                        .ifPresent(
                                one ->
                                        report.finding(
                                                        play.hosts().place(),
                                                        "no inventory lists %s, and %s is there: the run skips the play, ends well and changes nothing"
                                                                .formatted(name, one.name()))
                                                .also(
                                                        one.place(),
                                                        "the group of nearly that name"));
            }
        }
    }

    /// A group of the same letters, in the singular or the plural, or whose name is the beginning of the other one or the other way round.
    private static Optional<HostGroup> near(String name, List<HostGroup> groups) {
        String mine = letters(name);
        return groups.stream()
                .filter(
                        one -> {
                            String other = letters(one.name());
                            return Math.min(mine.length(), other.length()) > 2
                                    && (other.startsWith(mine) || mine.startsWith(other));
                        })
                .findFirst();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]", "")
                .replaceAll("(ies|y|s)$", "");
    }
}
