package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A unit of systemd: a service, or a timer or socket that starts one. Drop-ins are part of it, each line with its own file.
///
/// @param place of what it starts, else its beginning
/// @param name with its ending, such as `gateway.service`
/// @param kind told by the ending
/// @param process what a service runs, in the words of containers; empty for others, and for one that starts containers or holds nothing
/// @param lines in order, those that a later empty one takes back left out
/// @param runs its commands, in order
/// @param files of the host that it names and that belong to the repository
public record SystemdUnit(
        Place place,
        String name,
        UnitKind kind,
        Optional<Container> process,
        List<UnitLine> lines,
        List<UnitCommand> runs,
        List<UnitFile> files)
        implements InfraFact {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(?:\\.[0-9]*)?\\s*([a-zµ]*)");
    private static final Set<String> NEVER_ENDS = Set.of("infinity", "0");

    public SystemdUnit {
        lines = List.copyOf(lines);
        runs = List.copyOf(runs);
        files = List.copyOf(files);
    }

    /// What a unit is.
    public enum UnitKind {
        SERVICE,
        TIMER,
        SOCKET
    }

    /// A setting of a unit.
    ///
    /// @param section such as `Service`
    /// @param place of the key
    public record UnitLine(String section, String key, Place place, Located<String> value) {}

    /// A command of a unit.
    ///
    /// @param key such as `ExecStartPre`
    /// @param mayFail whether its failure doesn't matter
    /// @param commands the one that it runs, and those of the shell text that it gives it
    public record UnitCommand(String key, boolean mayFail, List<ShellCommand> commands) {
        public UnitCommand {
            commands = List.copyOf(commands);
        }
    }

    /// A file of the host that a unit names. Its folder there is that of the repository when another file of it is found in this way.
    ///
    /// @param path as the unit writes it
    /// @param inside where it would be in the repository
    /// @param isThere whether it is
    public record UnitFile(Located<String> path, String inside, boolean isThere) {}

    @Override
    public String format() {
        return "systemd";
    }

    /// Its name without the ending, and without the instance of a template.
    public String stem() {
        return stem(name);
    }

    /// The same of a name.
    public static String stem(String name) {
        return name.replaceFirst("\\.(service|timer|socket)$", "").replaceFirst("@.*", "");
    }

    /// The last setting of a key, which is the one that holds.
    public Optional<Located<String>> last(String key) {
        return lines.stream()
                .filter(one -> one.key().equals(key))
                .map(UnitLine::value)
                .reduce((_, later) -> later);
    }

    /// All settings of a key.
    public List<Located<String>> all(String key) {
        return lines.stream().filter(one -> one.key().equals(key)).map(UnitLine::value).toList();
    }

    /// Whether it is started at boot once it is enabled.
    public boolean isInstalled() {
        return lines.stream()
                .anyMatch(
                        one ->
                                one.section().equals("Install")
                                        && one.key().matches("WantedBy|RequiredBy|UpheldBy|Also"));
    }

    /// The unit that a timer or socket starts.
    public String starts() {
        return last("Unit")
                .map(Located::value)
                .orElse(name.replaceFirst("@?\\.[a-z]+$", ".service"));
    }

    /// The commands of some keys.
    public List<ShellCommand> commands(String... keys) {
        return runs.stream()
                .filter(one -> Set.of(keys).contains(one.key()))
                .flatMap(one -> one.commands().stream())
                .toList();
    }

    /// A span of time as systemd writes it, such as `90`, `5min` or `1min 30s`; empty when it isn't one, or never ends.
    public static Optional<Duration> span(String text) {
        String bare = text.strip();
        if (bare.length() > 100 || NEVER_ENDS.contains(bare)) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        var part = SPAN.matcher(bare);
        int end = 0;
        while (end < bare.length() && part.find(end) && part.start() == end) {
            long count = Long.parseLong(part.group(1));
            Optional<Duration> one = unit(part.group(2), count);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(one.get());
            end = part.end();
            while (end < bare.length() && bare.charAt(end) == ' ') {
                end++;
            }
        }
        return end == bare.length() && !sum.isZero() ? Optional.of(sum) : Optional.empty();
    }

    private static Optional<Duration> unit(String name, long count) {
        return Optional.ofNullable(
                switch (name) {
                    case "", "s", "sec", "second", "seconds" -> Duration.ofSeconds(count);
                    case "ms", "msec" -> Duration.ofMillis(count);
                    case "us", "usec", "µs" -> Duration.ofNanos(count * 1000);
                    case "m", "min", "minute", "minutes" -> Duration.ofMinutes(count);
                    case "h", "hr", "hour", "hours" -> Duration.ofHours(count);
                    case "d", "day", "days" -> Duration.ofDays(count);
                    case "w", "week", "weeks" -> Duration.ofDays(count * 7);
                    default -> null;
                });
    }
}
