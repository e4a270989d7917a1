package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.AlertRouting;
import dev.pitcrew.model.infra.AlertRouting.Route;
import dev.pitcrew.model.infra.AlertRouting.Value;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.GrafanaAlert;
import dev.pitcrew.model.infra.Query.Selector;
import dev.pitcrew.model.infra.ScrapeJob;
import dev.pitcrew.model.infra.Watcher;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What alerts are about, and where they go.
public final class Alerts {
    private static final Pattern TRADING =
            Pattern.compile(
                    "(?i).*(order|fills?_|execution|position|kill|reject|feed|tick|market.?data|quote|venue|broker|fix.?session|pnl|drawdown|strateg|trading|trades?_).*",
                    Pattern.DOTALL);
    private static final Pattern SENDER =
            Pattern.compile(
                    "(?i)(.*[_-])?(executor|trader|trading.?bot|oms|ems)s?([_-].*|Down|Dead|Missing|Unreachable|Absent|Stopped|NotRunning)?");
    private static final Set<String> NAMES =
            Set.of(
                    "job",
                    "service",
                    "app",
                    "container",
                    "deployment",
                    "statefulset",
                    "name",
                    "instance");
    private static final Pattern FEED =
            Pattern.compile(
                    "(?i).*(feed|market.?data|tick(s|er|_|$)|quotes?(_|$)|order.?book).*",
                    Pattern.DOTALL);
    private static final Pattern PAGE =
            Pattern.compile(
                    "(?i)critical|crit|page|pager|emergency|p1|p0|sev-?[01]|fatal|disaster");

    private Alerts() {}

    /// Whether it is about orders, positions, feeds, venues, or about a service that works on them: an alert on `up{job="executor"}` is about orders when the executor sends them.
    public static boolean isTrading(Subject subject, AlertRule rule) {
        return TRADING.matcher(words(rule)).matches()
                || SENDER.matcher(rule.name()).matches()
                || rule.query().stream()
                        .flatMap(query -> query.selectors().stream())
                        .flatMap(selector -> selector.matchers().stream())
                        .filter(
                                one ->
                                        NAMES.contains(one.label())
                                                && one.operator().startsWith("="))
                        .anyMatch(one -> trades(subject, one.value()));
    }

    /// Whether a service of this name, or one that a job of this name scrapes, is on the order path or takes prices in.
    private static boolean trades(Subject subject, String name) {
        var hosts =
                subject.all(ScrapeJob.class).stream()
                        .filter(job -> job.name().equals(name))
                        .flatMap(job -> job.targets().stream())
                        .map(target -> target.value().host());
        return SENDER.matcher(name).matches()
                || Stream.concat(Stream.of(name), hosts)
                        .flatMap(host -> subject.sketch().named(host).stream())
                        .map(part -> part.duty())
                        .anyMatch(duty -> duty.isOrderPath() || duty == Duty.MARKET_DATA);
    }

    /// Whether a text speaks of orders, positions, feeds, venues.
    public static boolean isTrading(String text) {
        return TRADING.matcher(text).matches();
    }

    /// Whether its name and texts say that it is about market data.
    public static boolean isFeed(AlertRule rule) {
        return FEED.matcher(rule.name()).matches()
                || rule.annotations().stream()
                        .filter(one -> one.name().equals("summary"))
                        .anyMatch(one -> FEED.matcher(one.value()).matches());
    }

    /// Whether a metric is of market data.
    public static boolean isFeed(String metric) {
        return FEED.matcher(metric).matches();
    }

    /// Whether somebody is to be woken by it.
    public static boolean isPage(AlertRule rule) {
        return Stream.of("severity", "priority", "level")
                        .flatMap(name -> rule.label(name).stream())
                        .anyMatch(label -> PAGE.matcher(label.value()).matches())
                || rule.label("page").isPresent();
    }

    private static String words(AlertRule rule) {
        String metrics = rule.query().map(query -> String.join(" ", query.metrics())).orElse("");
        return rule.name() + " " + metrics;
    }

    /// What is known of an alert's labels when it is sent.
    public static Function<String, Value> labels(AlertRule rule) {
        return name -> {
            if (name.equals("alertname")) {
                return Value.of(rule.name());
            }
            var own = rule.label(name);
            if (own.isPresent()) {
                return own.get().value().contains("{{")
                        ? Value.UNKNOWN
                        : Value.of(own.get().value());
            }
            // Nothing but rules gives a severity; any other label may come from the series or the
            // watcher.
            return name.equals("severity") ? Value.of("") : Value.UNKNOWN;
        };
    }

    /// The routing that it most likely meets, and the routes there that it may take.
    public static Optional<Way> way(Subject subject, AlertRule rule) {
        if (rule.isOfGrafana() && receiver(subject, rule).isPresent()) {
            return Optional.empty(); // it goes past all policies
        }
        return Near.nearest(
                        subject,
                        AlertRouting.class,
                        rule.place(),
                        routing -> routing.isOfGrafana() == rule.isOfGrafana())
                .map(routing -> new Way(routing, routing.routesOf(labels(rule))));
    }

    /// The contact point that an alert of a Grafana names itself.
    private static Optional<Located<String>> receiver(Subject subject, AlertRule rule) {
        return subject.all(GrafanaAlert.class).stream()
                .filter(one -> one.rule().equals(rule))
                .findFirst()
                .flatMap(GrafanaAlert::receiver);
    }

    /// @param routes in order, at least one
    public record Way(AlertRouting routing, List<Route> routes) {
        public Way {
            routes = List.copyOf(routes);
        }
    }

    /// How often a series is scraped at most; empty when no watcher is known.
    public static Optional<Located<Duration>> interval(Subject subject, Selector of) {
        var jobs = Near.all(subject, ScrapeJob.class);
        var named =
                of.matchers().stream()
                        .filter(one -> one.label().equals("job") && one.operator().equals("="))
                        .flatMap(one -> jobs.stream().filter(job -> job.name().equals(one.value())))
                        .toList();
        return (named.isEmpty() ? jobs : named)
                .stream().map(ScrapeJob::interval).min(Comparator.comparing(Located::value));
    }

    /// How often a rule is evaluated.
    public static Duration evaluation(Subject subject, AlertRule rule) {
        return rule.interval()
                .or(
                        () ->
                                rule.isOfGrafana()
                                        ? Optional.empty()
                                        : Near.nearest(subject, Watcher.class, rule.place())
                                                .flatMap(Watcher::evaluationInterval))
                .map(Located::value)
                .orElse(Watcher.INTERVAL_DEFAULT);
    }

    /// A span of time as rules write it: `90s` as `1m30s`.
    public static String text(Duration span) {
        if (span.isZero()) {
            return "0s";
        }
        String text = span.toString().substring(2).toLowerCase(Locale.ROOT);
        return span.toMillis() < 1000 ? span.toMillis() + "ms" : text;
    }

    /// Names in one line, at most three of them.
    public static String some(List<String> names) {
        String first = names.stream().limit(3).collect(Collectors.joining(", "));
        return names.size() > 3 ? first + " and " + (names.size() - 3) + " more" : first;
    }
}
