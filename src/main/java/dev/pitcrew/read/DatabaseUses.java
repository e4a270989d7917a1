package dev.pitcrew.read;

import dev.pitcrew.model.DatabaseUrl;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
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
            return host.equalsIgnoreCase(url.host())
                    && port.equals(Integer.toString(url.port()))
                    && database.equals(url.database());
        }
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
