package dev.pitcrew.assess.outlook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An estimate of how much of the session time orders can be worked on, from assumed failures and configured recoveries. It is arithmetic, not a promise.
///
/// @param share of session time, from 0 to 1; empty when there is no order path to speak of
/// @param secondsAMonth without orders, in the 136.5 hours of US sessions of a month of 21 days
/// @param terms what adds up to it, the largest first
/// @param assumptions what nobody can read from files
public record Availability(
        Optional<Double> share, double secondsAMonth, List<Term> terms, List<String> assumptions) {
    /// Of a month: 21 sessions of 6.5 hours at 99.99 %.
    public static final double BUDGET_SECONDS = 49.1;

    private static final double SESSION_SECONDS = 21 * 6.5 * 3600;
    private static final double CRASHES_A_MONTH = 1.0 / 3;
    private static final double HANGS_A_MONTH = 1.0 / 6;
    private static final double HOST_LOSSES_A_MONTH = 1.0 / 24;
    private static final double IN_SESSION = 6.5 / 24 * 21 / 30.4;
    private static final Duration PERSON = Duration.ofMinutes(15);
    private static final Duration HOST = Duration.ofHours(1);

    public Availability {
        terms = List.copyOf(terms);
        assumptions = List.copyOf(assumptions);
    }

    /// One kind of failure.
    ///
    /// @param seconds expected in session, in a month
    public record Term(String what, double seconds) {}

    static Availability of(List<Recovery> recoveries) {
        if (recoveries.isEmpty()) {
            return new Availability(Optional.empty(), 0, List.of(), List.of());
        }
        var terms = new ArrayList<Term>();
        for (Recovery one : recoveries) {
            terms.add(term(one.service() + " crashes", CRASHES_A_MONTH, one.crash()));
            terms.add(term(one.service() + " hangs", HANGS_A_MONTH, one.hang()));
        }
        terms.add(term("the host is lost", HOST_LOSSES_A_MONTH, Optional.of(HOST)));
        terms.sort((a, b) -> Double.compare(b.seconds(), a.seconds()));
        double seconds = terms.stream().mapToDouble(Term::seconds).sum();
        return new Availability(
                Optional.of(Math.max(0, 1 - seconds / SESSION_SECONDS)),
                seconds,
                terms,
                List.of(
                        "each service crashes once in 3 months and hangs once in 6, at any hour",
                        "a person takes 15 minutes where nothing else brings it back",
                        "a host is lost once in 2 years and takes an hour",
                        "a start takes 10 s; failures are independent; nothing is counted for changes"));
    }

    private static Term term(String what, double aMonth, Optional<Duration> recovery) {
        return new Term(what, aMonth * IN_SESSION * recovery.orElse(PERSON).toMillis() / 1000.0);
    }
}
