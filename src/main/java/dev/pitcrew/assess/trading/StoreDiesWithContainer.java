package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.Mount;
import dev.pitcrew.model.infra.Container.MountKind;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A database or broker without a volume that outlives it.
public final class StoreDiesWithContainer implements Check {
    private static final Id ID =
            new Id(
                    "TRD-013",
                    "store-dies-with-container",
                    Severity.CRITICAL,
                    "A store or broker keeps its data where it dies with its container");
    private static final Map<String, String> FOLDERS =
            Map.of(
                    "postgres", "/var/lib/postgresql/data",
                    "timescaledb", "/var/lib/postgresql/data",
                    "mysql", "/var/lib/mysql",
                    "mariadb", "/var/lib/mysql",
                    "mongo", "/data/db",
                    "rabbitmq", "/var/lib/rabbitmq",
                    "influxdb", "/var/lib/influxdb",
                    "clickhouse-server", "/var/lib/clickhouse",
                    "questdb", "/var/lib/questdb");

    /// A tag of PostgreSQL from 18 on, or one that follows the newest: these keep a folder for each version, one further up, and refuse to start with a volume in the old place.
    private static final Pattern ONE_UP = Pattern.compile("(1[89]|[2-9][0-9])([.-].*)?|[a-z-]*");

    private static @Nullable String folder(String name, String tag) {
        return name.equals("postgres") && ONE_UP.matcher(tag).matches()
                ? "/var/lib/postgresql"
                : FOLDERS.get(name);
    }

    /// Programs that ask a store, and keep nothing themselves: a backup has the store's image, and a command of its own.
    private static final Pattern CLIENT =
            Pattern.compile(
                    "(.*/)?(ba|da)?sh|psql|pg_[a-z]+|mysql(dump)?|mariadb-dump|mongo(sh|dump)");

    private static boolean isClient(Container one) {
        return Stream.of(one.entrypoint(), one.command())
                .filter(words -> !words.isEmpty())
                .findFirst()
                .filter(words -> CLIENT.matcher(words.getFirst().value()).matches())
                .isPresent();
    }

    private static boolean keeps(MountKind kind) {
        return kind == MountKind.VOLUME || kind == MountKind.HOST;
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            String image = one.image().map(Located::value).orElse("").replaceFirst("@.*", "");
            String[] named = image.substring(image.lastIndexOf('/') + 1).split(":", 2);
            String folder = folder(named[0], named.length > 1 ? named[1] : "");
            if (folder == null
                    || one.build().isPresent()
                    || isClient(one)
                    || Paths.isTest(one.place())) {
                continue;
            }
            var mount =
                    one.mounts().stream()
                            .filter(
                                    at ->
                                            at.target().startsWith(folder)
                                                    || (!at.target().isEmpty()
                                                            && folder.startsWith(at.target())))
                            .findFirst();
            boolean isKept = mount.filter(at -> keeps(at.kind())).isPresent();
            boolean isMoved =
                    one.environment().stream()
                                    .anyMatch(
                                            v -> v.name().matches("PGDATA|.*_DATA_DIR|.*_LOG_DIRS"))
                            || one.command().stream()
                                    .anyMatch(word -> word.value().contains("dir"));
            if (!isKept && !isMoved) {
                report.finding(
                                mount.map(Mount::place).orElse(one.place()),
                                "%s keeps %s in the container, and loses it when the container is replaced"
                                        .formatted(one.name(), folder))
                        .about(one);
            }
        }
    }
}
