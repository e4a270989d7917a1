package dev.pitcrew.assess.support;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tells what the things that a desk rents from a cloud are for, by their names and by what the whole repository lets one understand.
public final class Clouds {
    private static final Set<String> TRADES =
            Set.of(
                    "trading",
                    "trader",
                    "traders",
                    "trades",
                    "oms",
                    "ems",
                    "execution",
                    "executor",
                    "executions",
                    "fix",
                    "orderentry",
                    "matching",
                    "positions",
                    "algo",
                    "hft");

    /// Of these, those that say that it sends orders itself.
    private static final Set<String> SENDS =
            Set.of(
                    "oms",
                    "ems",
                    "execution",
                    "executor",
                    "executions",
                    "fix",
                    "orderentry",
                    "matching");

    private static final Set<String> ORDERS = Set.of("order", "orders", "ledger", "fills", "books");
    private static final Set<String> FOR_TESTS =
            Set.of(
                    "dev",
                    "develop",
                    "development",
                    "test",
                    "tests",
                    "testing",
                    "staging",
                    "stage",
                    "stg",
                    "sandbox",
                    "demo",
                    "uat",
                    "qa",
                    "poc",
                    "nonprod",
                    "preprod",
                    "example",
                    "examples",
                    "fixtures",
                    "testdata");

    /// What keeps nothing of orders, wherever it stands.
    private static final Set<String> OTHERS =
            Set.of(
                    "grafana",
                    "metrics",
                    "monitoring",
                    "airflow",
                    "superset",
                    "metabase",
                    "jira",
                    "sonar",
                    "sonarqube",
                    "wiki",
                    "confluence",
                    "gitlab",
                    "jenkins",
                    "cache",
                    "lock",
                    "locks",
                    "tfstate",
                    "terraform",
                    "keycloak",
                    "backstage",
                    "blog",
                    "wordpress");

    /// Longer ones are descriptions.
    private static final int NAME_MAX = 40;

    private static final int WORDS_MAX = 100;

    private Clouds() {}

    /// Those of a kind that are not for tests.
    public static List<CloudResource> all(Subject subject, CloudKind kind) {
        return subject.all(CloudResource.class).stream()
                .filter(one -> one.kind() == kind && !isForTests(one))
                .toList();
    }

    /// Whether its names or its folders say that nothing of it is live.
    public static boolean isForTests(CloudResource one) {
        return Paths.isTest(one.place())
                || one.setting("environment").stream()
                        .flatMap(value -> words(value.value()))
                        .anyMatch(FOR_TESTS::contains)
                || words(one.name(), one.unit(), one.place().file()).anyMatch(FOR_TESTS::contains)
                || one.titles().stream().flatMap(Clouds::words).anyMatch(FOR_TESTS::contains);
    }

    /// Why it seems to be used by what trades: its own names say so, or the repository trades and they say nothing else; empty when nothing says so.
    public static Optional<String> trades(Subject subject, CloudResource one) {
        if (ofOrders(subject, one)) {
            return Optional.of(named(one));
        }
        return names(one).anyMatch(OTHERS::contains) ? Optional.empty() : repository(subject);
    }

    /// Whether its own names say that orders pass through it, or are kept in it.
    public static boolean ofOrders(Subject subject, CloudResource one) {
        return names(one).anyMatch(TRADES::contains)
                || (names(one).anyMatch(ORDERS::contains) && repository(subject).isPresent());
    }

    /// Whether its own names say that it is what sends orders.
    public static boolean sends(Subject subject, CloudResource one) {
        return names(one).anyMatch(SENDS::contains)
                || (names(one).anyMatch(ORDERS::contains) && repository(subject).isPresent());
    }

    /// Whether it stands before others, to whom it alone decides what to pass on.
    public static boolean isBalancer(CloudResource one) {
        return names(one)
                .anyMatch(Set.of("lb", "alb", "elb", "nlb", "balancer", "loadbalancer")::contains);
    }

    /// What it is called: the name that people know, where it has one.
    public static String named(CloudResource one) {
        return one.titles().stream()
                .filter(title -> title.length() <= NAME_MAX)
                .findFirst()
                .orElse(one.name());
    }

    private static Optional<String> repository(Subject subject) {
        return OrderPath.of(subject)
                .or(
                        () ->
                                subject.all(CloudResource.class).stream()
                                        .filter(one -> names(one).anyMatch(TRADES::contains))
                                        .findFirst()
                                        .map(Clouds::named));
    }

    private static Stream<String> names(CloudResource one) {
        return Stream.concat(Stream.of(one.name()), one.titles().stream()).flatMap(Clouds::words);
    }

    private static Stream<String> words(String... texts) {
        return Stream.of(texts).flatMap(Clouds::words);
    }

    private static Stream<String> words(String text) {
        return Stream.of(
                text.replaceAll("([a-z])([A-Z])", "$1-$2")
                        .toLowerCase(Locale.ROOT)
                        .split("[^a-z]+", WORDS_MAX));
    }
}
