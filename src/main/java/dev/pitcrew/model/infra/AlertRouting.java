package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which alert goes to whom: an Alertmanager configuration, or the notification policies of a Grafana.
///
/// @param root the route that takes what no other one does
/// @param receivers in the order of the file
/// @param inhibitions what silences what
/// @param intervals the spans of time that routes name
public record AlertRouting(
        String format,
        Place place,
        Route root,
        List<Receiver> receivers,
        List<Inhibition> inhibitions,
        List<Interval> intervals)
        implements InfraFact {
    public AlertRouting {
        receivers = List.copyOf(receivers);
        inhibitions = List.copyOf(inhibitions);
        intervals = List.copyOf(intervals);
    }

    /// Whether they are the notification policies of a Grafana, rather than of an Alertmanager.
    public boolean isOfGrafana() {
        return format.equals("grafana");
    }

    /// The receiver of a name.
    public Optional<Receiver> receiver(String name) {
        return receivers.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /// All routes, each before those below it.
    public List<Route> routes() {
        var all = new ArrayList<Route>();
        gather(root, all);
        return all;
    }

    private static void gather(Route route, List<Route> all) {
        all.add(route);
        route.routes().forEach(below -> gather(below, all));
    }

    /// The routes that an alert may take, in order; one of which it is not known whether it matches is among them, and so is what follows it.
    public List<Route> routesOf(Function<String, Value> labels) {
        var taken = new ArrayList<Route>();
        take(root, labels, taken);
        return taken;
    }

    private static boolean take(Route route, Function<String, Value> labels, List<Route> taken) {
        boolean wasSure = false;
        for (Route below : route.routes()) {
            var matches = below.matches(labels);
            if (matches == Answer.NO) {
                continue;
            }
            take(below, labels, taken);
            if (matches == Answer.YES) {
                wasSure = true;
                if (!below.goesOn()) {
                    return true;
                }
            }
        }
        if (!wasSure) {
            taken.add(route);
        }
        return wasSure;
    }

    /// A node of the tree.
    ///
    /// @param receiver its own, or the one above's
    /// @param groupWait how long the first message of a group waits; its own, or the one above's
    /// @param goesOn whether routes beside it are tried as well
    /// @param mutedIn the names of intervals in which it sends nothing
    /// @param activeIn the names of intervals in which alone it sends something
    public record Route(
            Place place,
            List<Condition> conditions,
            Located<String> receiver,
            Optional<Located<Duration>> groupWait,
            Optional<Located<Duration>> groupInterval,
            Optional<Located<Duration>> repeatInterval,
            boolean goesOn,
            List<Located<String>> mutedIn,
            List<Located<String>> activeIn,
            List<Route> routes) {
        /// What Alertmanager takes when nothing is said.
        public static final Duration GROUP_WAIT_DEFAULT = Duration.ofSeconds(30);

        public Route {
            conditions = List.copyOf(conditions);
            mutedIn = List.copyOf(mutedIn);
            activeIn = List.copyOf(activeIn);
            routes = List.copyOf(routes);
        }

        /// Whether an alert with these labels goes here, as far as this route's own conditions tell.
        public Answer matches(Function<String, Value> labels) {
            var answer = Answer.YES;
            for (Condition condition : conditions) {
                answer = answer.and(condition.holds(labels.apply(condition.label())));
            }
            return answer;
        }
    }

    /// A condition on one label.
    ///
    /// @param operator `=`, `!=`, `=~` or `!~`
    public record Condition(Place place, String label, String operator, String value) {
        /// Whether it holds for a value of which something is known.
        public Answer holds(Value of) {
            if (!of.isKnown()) {
                return Answer.MAYBE;
            }
            boolean equal;
            if (operator.endsWith("~")) {
                try {
                    equal = Pattern.compile(value).matcher(of.text()).matches();
                } catch (PatternSyntaxException _) { // Go knows other expressions than Java
                    return Answer.MAYBE;
                }
            } else {
                equal = of.text().equals(value);
            }
            return equal == operator.startsWith("=") ? Answer.YES : Answer.NO;
        }
    }

    /// The value of a label, as far as it is known.
    ///
    /// @param text empty as well when the alert has no such label
    public record Value(boolean isKnown, String text) {
        /// It may be anything.
        public static final Value UNKNOWN = new Value(false, "");

        /// It is this one.
        public static Value of(String text) {
            return new Value(true, text);
        }
    }

    /// Whether something is so.
    public enum Answer {
        YES,
        MAYBE,
        NO;

        /// Whether both are so.
        public Answer and(Answer other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /// Somebody who is told.
    ///
    /// @param place of its name
    /// @param addresses empty: what goes there is dropped
    public record Receiver(Place place, String name, List<Destination> addresses) {
        public Receiver {
            addresses = List.copyOf(addresses);
        }

        /// Whether its name says that it drops what it gets.
        public boolean isMeantToDrop() {
            return name.toLowerCase(java.util.Locale.ROOT)
                    .matches(
                            ".*(null|blackhole|black-hole|devnull|dev-null|none|drop|silence|noop).*");
        }
    }

    /// Where a receiver is reached.
    ///
    /// @param kind such as `slack`, `pagerduty`, `email`, `webhook`
    /// @param text the address or key, a secret perhaps, not to be shown; empty when it is kept in a file or given elsewhere
    /// @param isRendered whether something in the repository fills variables of this file in
    public record Destination(Place place, String kind, String text, boolean isRendered) {}

    /// While the source fires, the target is silent.
    ///
    /// @param equal labels that must be the same on both
    public record Inhibition(
            Place place, List<Condition> source, List<Condition> target, List<String> equal) {
        public Inhibition {
            source = List.copyOf(source);
            target = List.copyOf(target);
            equal = List.copyOf(equal);
        }
    }

    /// A span of time with a name.
    ///
    /// @param spans any of them
    public record Interval(Place place, String name, List<Span> spans) {
        public Interval {
            spans = List.copyOf(spans);
        }
    }

    /// Hours on some days.
    ///
    /// @param days all when nothing is said
    /// @param fromMinute of the day
    /// @param toMinute of the day, exclusive
    /// @param zone such as `Europe/Berlin`; UTC when nothing is said
    /// @param isRare only on some days of a month, or in some months or years
    public record Span(
            Set<DayOfWeek> days, int fromMinute, int toMinute, String zone, boolean isRare) {
        public Span {
            days = Set.copyOf(days);
        }
    }
}
