package dev.pitcrew.assess;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How long a container says that it takes to stop: variables, flags of servers, sleeps of pre-stop hooks.
public final class Drains {
    private static final Pattern VARIABLE =
            Pattern.compile(
                    "(?i)(.*_)?(DRAIN|SHUTDOWN|GRACEFUL|GRACEFUL_SHUTDOWN|STOP|CANCEL_ON_(EXIT|STOP|SHUTDOWN))_?(TIMEOUT|PERIOD|SECONDS|TIMEOUT_SECONDS|WAIT|TIME)(_SEC(OND)?S)?");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,5})\\s*(s|sec|seconds|m|min)?");
    private static final Pattern SLEEP = Pattern.compile("pre-stop:.*\\bsleep ([0-9]{1,5})\\b.*");
    private static final List<String> FLAGS =
            List.of("--timeout-graceful-shutdown", "--graceful-timeout", "--shutdown-timeout");

    private Drains() {}

    /// The time and where it is said; the pre-stop hook's sleep is added to it.
    public static Optional<Located<Duration>> of(Container container) {
        var sleep =
                container.traits().stream()
                        .map(Drains::slept)
                        .flatMap(Optional::stream)
                        .findFirst();
        var drain = variable(container).or(() -> flag(container));
        if (drain.isPresent() && sleep.isPresent()) {
            return drain.map(one -> one.as(one.value().plus(sleep.get().value())));
        }
        return drain.or(() -> sleep);
    }

    private static Optional<Located<Duration>> slept(Located<String> trait) {
        var match = SLEEP.matcher(trait.value());
        return match.matches()
                ? Optional.of(trait.as(Duration.ofSeconds(Long.parseLong(match.group(1)))))
                : Optional.empty();
    }

    private static Optional<Located<Duration>> variable(Container container) {
        return container.environment().stream()
                .filter(one -> VARIABLE.matcher(one.name()).matches())
                .flatMap(one -> one.value().stream())
                .flatMap(one -> time(one).stream())
                .findFirst();
    }

    private static Optional<Located<Duration>> flag(Container container) {
        var words = container.command();
        for (int i = 0; i < words.size(); i++) {
            for (String flag : FLAGS) {
                Located<String> word = words.get(i);
                if (word.value().equals(flag) && i + 1 < words.size()) {
                    return time(words.get(i + 1));
                }
                if (word.value().startsWith(flag + "=")) {
                    return time(word.as(word.value().substring(flag.length() + 1)));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Located<Duration>> time(Located<String> text) {
        var match = TIME.matcher(text.value().strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(match.group(1));
        boolean isMinutes = match.group(2) != null && match.group(2).startsWith("m");
        // More than an hour is in thousandths, or no drain at all.
        Duration time = isMinutes ? Duration.ofMinutes(count) : Duration.ofSeconds(count);
        return time.compareTo(Duration.ofHours(1)) > 0
                ? Optional.empty()
                : Optional.of(text.as(time));
    }
}
