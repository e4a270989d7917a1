package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a store or broker is set up: a line of postgresql.conf, redis.conf or the like, or the same on the command line of a container.
///
/// @param format such as `postgresql.conf` or `kafka`; that of the container when its command says it
/// @param key in lower case
/// @param place of the key
/// @param value without quotes
/// @param container whose command says it; empty in a file
public record StoreSetting(
        String format,
        StoreKind kind,
        String key,
        Place place,
        Located<String> value,
        Optional<Container> container)
        implements InfraFact {
    private static final Pattern REDIS_IMAGE =
            Pattern.compile("(redis|redis-stack|redis-stack-server|valkey|keydb)(-[0-9a-z.]+)?");
    private static final Pattern POSTGRESQL_IMAGE =
            Pattern.compile("(postgres|postgresql|timescaledb|timescaledb-ha|postgis|pgvector)");

    private static final int WORDS_MAX = 500;

    /// What is set up.
    public enum StoreKind {
        POSTGRESQL("PostgreSQL"),
        REDIS("Redis"),
        KAFKA("Kafka"),
        RABBITMQ("RabbitMQ"),
        PATRONI("Patroni");

        private final String text;

        StoreKind(String text) {
            this.text = text;
        }

        /// For people.
        public String text() {
            return text;
        }
    }

    private static final Pattern DIGEST = Pattern.compile("@.*");
    private static final Pattern TAG = Pattern.compile(":[^/]*$");
    private static final Pattern SERVER = Pattern.compile("(redis|valkey|keydb)-server|postgres");

    /// What a container runs, told by its image or its command.
    public static Optional<StoreKind> kind(Container container) {
        String image = container.image().map(Located::value).orElse("").toLowerCase(Locale.ROOT);
        String name = TAG.matcher(DIGEST.matcher(image).replaceFirst("")).replaceFirst("");
        String last = name.substring(name.lastIndexOf('/') + 1);
        if (REDIS_IMAGE.matcher(last).matches()) {
            return Optional.of(StoreKind.REDIS);
        }
        if (POSTGRESQL_IMAGE.matcher(last).matches()) {
            return Optional.of(StoreKind.POSTGRESQL);
        }
        var words = words(container);
        return words.stream()
                .map(one -> one.value().substring(one.value().lastIndexOf('/') + 1))
                .limit(8)
                .filter(one -> SERVER.matcher(one).matches())
                .findFirst()
                .map(one -> one.equals("postgres") ? StoreKind.POSTGRESQL : StoreKind.REDIS);
    }

    /// Those on the command line of a container, in order: `-c key=value`, `--key value`.
    public static List<StoreSetting> of(Container container) {
        var kind = kind(container);
        if (kind.isEmpty()) {
            return List.of();
        }
        var words = words(container);
        var found = new ArrayList<StoreSetting>();
        for (int i = 0; i < words.size(); i++) {
            boolean isRedis = kind.get() == StoreKind.REDIS;
            if (isRedis && words.get(i).value().matches("--[a-z-]+")) {
                Located<String> key = words.get(i);
                var values = new ArrayList<String>();
                while (i + 1 < words.size() && isValue(words.get(i + 1).value())) {
                    i++;
                    values.add(words.get(i).value());
                }
                found.add(
                        new StoreSetting(
                                container.format(),
                                StoreKind.REDIS,
                                key.value().substring(2),
                                key.place(),
                                key.as(String.join(" ", values)),
                                Optional.of(container)));
            } else if (!isRedis) {
                boolean isFlag = words.get(i).value().equals("-c");
                Located<String> word =
                        isFlag && i + 1 < words.size() ? words.get(++i) : words.get(i);
                String text = word.value().replaceFirst("^(-c|--)", "");
                int equals = text.indexOf('=');
                if (equals > 0 && (isFlag || word.value().startsWith("-"))) {
                    found.add(
                            new StoreSetting(
                                    container.format(),
                                    StoreKind.POSTGRESQL,
                                    text.substring(0, equals)
                                            .strip()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('-', '_'),
                                    word.place(),
                                    word.as(text.substring(equals + 1).strip()),
                                    Optional.of(container)));
                }
            }
        }
        return found;
    }

    private static boolean isValue(String word) {
        return !word.startsWith("--") && !word.equals("&&") && !word.equals(";");
    }

    /// Words of entrypoint and command; a text that a shell would split is split.
    private static List<Located<String>> words(Container container) {
        var words = new ArrayList<Located<String>>();
        var all = new ArrayList<>(container.entrypoint());
        all.addAll(container.command());
        for (Located<String> one : all) {
            if (one.value().length() > 4000 || words.size() > WORDS_MAX) {
                continue;
            }
            if (!one.value().contains(" ")) {
                words.add(one);
                continue;
            }
            for (String part : one.value().strip().split("\\s+", WORDS_MAX)) {
                words.add(one.as(part.replaceAll("^(['\"])(.*)\\1$", "$2")));
            }
        }
        return words;
    }

    /// Whether a switch is off.
    public boolean isOff() {
        return value.value().toLowerCase(Locale.ROOT).matches("off|false|no|0|f|n");
    }
}
