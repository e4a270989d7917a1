package dev.pitcrew.read;

import dev.pitcrew.model.DatabaseUrl;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the file says, in a variable or a command, that a PostgreSQL database is used.
final class DatabaseUses {
    private static final Pattern URL =
            Pattern.compile(
                    "postgres(?:ql)?(?:\\+[a-z0-9]+)?://(?:[^@/\\s]*@)?([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?/([A-Za-z0-9_.-]+)");
    private static final String PORT = "5432";

    private DatabaseUses() {}

    /// One such place.
    record Use(Place place, String host, String port, String database) {
        boolean isOf(DatabaseUrl url) {
            return isAtServerOf(url) && database.equals(url.database());
        }

        boolean isAtServerOf(DatabaseUrl url) {
            return plain(host).equals(plain(url.host()))
                    && port.equals(Integer.toString(url.port()));
        }

        /// This machine has two names.
        private static String plain(String host) {
            var name = host.toLowerCase(Locale.ROOT);
            return name.equals("localhost") ? "127.0.0.1" : name;
        }
    }

    /// Who uses the server of an environment's ledger as well, in a database of his own: what takes that server away takes both.
    static Optional<Problem> sharedServer(Node root, String environment) {
        return root.at("environments", environment, "ledger", "url")
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .flatMap(url -> database(url).flatMap(one -> sharedServer(root, url, one)));
    }

    private static Optional<DatabaseUrl> database(Scalar url) {
        try {
            return Optional.of(DatabaseUrl.parse(url.text()));
        } catch (IllegalArgumentException _) { // a problem of its own
            return Optional.empty();
        }
    }

    private static Optional<Problem> sharedServer(Node root, Scalar url, DatabaseUrl database) {
        return Stream.of("services", "stores")
                .flatMap(key -> root.entriesAt(key).stream())
                .flatMap(
                        named ->
                                of(named.value())
                                        .filter(one -> one.isAtServerOf(database))
                                        .map(
                                                one ->
                                                        new Problem(
                                                                url.place(),
                                                                "%s trades on this server as well, in line %d, so one fault takes both; best give the ledger a server of its own"
                                                                        .formatted(
                                                                                named.name(),
                                                                                one.place()
                                                                                        .line()))))
                .findFirst();
    }

    /// All below a node, in order.
    static Stream<Use> of(Node node) {
        return switch (node) {
            case Scalar scalar ->
                    URL.matcher(scalar.text()).results().map(one -> use(scalar.place(), one));
            case Sequence sequence -> sequence.items().stream().flatMap(DatabaseUses::of);
            case Mapping mapping -> mapping.entries().stream().flatMap(one -> of(one.value()));
        };
    }

    private static Use use(Place place, MatchResult found) {
        return new Use(
                place,
                found.group(1),
                found.group(2) == null ? PORT : found.group(2),
                found.group(3));
    }
}
