package dev.pitcrew.market;

import dev.pitcrew.market.ClockTime.Span;
import dev.pitcrew.market.Rule.Act;
import dev.pitcrew.market.TradingSession.Pause;
import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One day while the rules of a calendar go over it, line by line.
final class DayPlan {
    private List<Span> regular = List.of();
    private List<Span> special = List.of();
    private boolean isClosed;
    private @Nullable ClockTime open;
    private @Nullable ClockTime close;
    private final List<Span> halts = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    void take(Rule rule) {
        switch (rule.act()) {
            case Act.Hours(var spans) -> regular = spans;
            case Act.Closed _ -> isClosed = true;
            case Act.Open _ -> asUsual();
            case Act.Early(var time) -> {
                close = time;
                because(rule);
            }
            case Act.Late(var time) -> {
                open = time;
                because(rule);
            }
            case Act.Special(var spans) -> {
                asUsual();
                special = spans;
                because(rule);
            }
            case Act.Halt(var span) -> {
                halts.add(span);
                because(rule);
            }
            case Act.Freeze _ -> {} // it says nothing about the venue
        }
    }

    private void asUsual() {
        isClosed = false;
        special = List.of();
        open = null;
        close = null;
        reasons.clear();
    }

    private void because(Rule rule) {
        reasons.add(rule.reason());
    }

    /// What is traded on this day; empty when nothing is.
    Optional<TradingSession> session(LocalDate date, ZoneRules zone) {
        if (isClosed) {
            return Optional.empty();
        }
        var first = open == null ? Long.MIN_VALUE : open.epochSecond(date, zone);
        var last = close == null ? Long.MAX_VALUE : close.epochSecond(date, zone);
        List<long[]> parts = new ArrayList<>();
        for (var span : special.isEmpty() ? regular : special) {
            add(
                    parts,
                    Math.max(first, span.from().epochSecond(date, zone)),
                    Math.min(last, span.to().epochSecond(date, zone)));
        }
        for (var halt : halts) {
            parts = without(parts, halt, date, zone);
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        var breaks = new ArrayList<Pause>();
        for (int i = 1; i < parts.size(); i++) {
            breaks.add(new Pause(instant(parts.get(i - 1)[1]), instant(parts.get(i)[0])));
        }
        return Optional.of(
                new TradingSession(
                        date,
                        instant(parts.getFirst()[0]),
                        instant(parts.getLast()[1]),
                        breaks,
                        reasons.isEmpty() ? TradingSession.REGULAR : String.join("; ", reasons)));
    }

    private static List<long[]> without(
            List<long[]> parts, Span halt, LocalDate date, ZoneRules zone) {
        var from = halt.from().epochSecond(date, zone);
        var to = halt.to().epochSecond(date, zone);
        var left = new ArrayList<long[]>();
        for (var part : parts) {
            add(left, part[0], Math.min(part[1], from));
            add(left, Math.max(part[0], to), part[1]);
        }
        return left;
    }

    private static void add(List<long[]> parts, long from, long to) {
        if (from < to) {
            parts.add(new long[] {from, to});
        }
    }

    private static Instant instant(long epochSecond) {
        return Instant.ofEpochSecond(epochSecond);
    }
}
