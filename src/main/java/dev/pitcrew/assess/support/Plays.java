package dev.pitcrew.assess.support;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.HostGroup;
import dev.pitcrew.model.infra.HostPlay;
import dev.pitcrew.model.infra.HostPlay.HostTask;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What plays do to the services of a desk.
public final class Plays {
    private static final Pattern SENDS =
            Pattern.compile(
                    "(.*[-_.@])?(gateway|gateways|oms|ems|executor|execution|trader|trading|orders?|orderentry|fix|freqtrade|bot|strategy)([-_.@].*)?");
    private static final Pattern NETWORK =
            Pattern.compile(
                    ".*(api|web|http|network|nat|vpn|payment|push|mail|telegram|discord).*");
    private static final Pattern DRAINS =
            Pattern.compile(
                    "(?is).*(drain|deactivat|quiesc|flatten|cancel[-_ ]?all|log[-_ ]?out|stop[-_ ]?(accept|trading|orders)|pause|halt|failover|handoff|pitcrew).*");

    private Plays() {}

    /// The plays that are not for tests.
    public static List<HostPlay> all(Subject subject) {
        return subject.all(HostPlay.class).stream()
                .filter(one -> !Paths.isTest(one.place()))
                .toList();
    }

    /// The tasks of a play that restart something on the order path, and the handlers that do it when they are called.
    public static Stream<HostTask> restarts(Subject subject, HostPlay play) {
        return Stream.concat(play.tasks().stream(), play.called().stream())
                .filter(
                        one ->
                                one.restarts()
                                        .filter(name -> sends(subject, name.value()))
                                        .isPresent());
    }

    private static boolean sends(Subject subject, String name) {
        String stem = SystemdUnit.stem(name).toLowerCase(Locale.ROOT);
        var part = subject.sketch().named(stem);
        return part.isPresent()
                ? part.get().duty().isOrderPath()
                : stem.length() < 200
                        && SENDS.matcher(stem).matches()
                        && !NETWORK.matcher(stem).matches()
                        && OrderPath.of(subject).isPresent();
    }

    /// Whether something before a restart, or the unit itself when it is stopped, hands over what is open.
    public static boolean drains(Subject subject, HostPlay play, HostTask restart) {
        boolean isBefore =
                play.tasks().stream()
                        .takeWhile(one -> !one.equals(restart))
                        .anyMatch(Plays::drains);
        String name = restart.restarts().map(Located::value).orElse("");
        return isBefore
                || subject.all(SystemdUnit.class).stream()
                        .filter(one -> one.stem().equals(SystemdUnit.stem(name)))
                        .anyMatch(one -> !one.commands("ExecStop").isEmpty());
    }

    private static boolean drains(HostTask task) {
        return Stream.of(
                        Stream.of(task.name(), task.module()),
                        task.arguments().stream().map(Setting::value).map(Located::value),
                        task.commands().stream().map(ShellCommand::text))
                .flatMap(all -> all)
                .filter(text -> text.length() < 4000)
                .anyMatch(text -> DRAINS.matcher(text).matches());
    }

    /// The group that a play is for, if it is for one, and an inventory of the repository lists it.
    public static Optional<HostGroup> group(Subject subject, HostPlay play) {
        return subject.all(HostGroup.class).stream()
                .filter(one -> one.name().equals(play.hosts().value()))
                .max((a, b) -> Integer.compare(a.hosts().size(), b.hosts().size()));
    }
}
