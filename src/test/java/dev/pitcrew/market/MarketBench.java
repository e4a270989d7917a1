package dev.pitcrew.market;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToLongFunction;

/// What a lookup costs, and a year of sessions of all venues laid out from their rules. It stands beside the room, whose rules nobody else sees.
public final class MarketBench {
    private static final int MOMENTS = 1 << 16;
    private static final int ROUNDS = 41;
    private static final double NANOS_A_MILLI = 1e6;

    private MarketBench() {}

    public static void main(String[] args) {
        System.out.println("| what | |\n|---|---|");
        long begin = System.nanoTime();
        var calendars = Calendars.builtIn();
        long lines =
                calendars.names().stream()
                        .mapToInt(name -> calendars.rules(name).rules().size())
                        .sum();
        row("all files read, cold", (System.nanoTime() - begin) / NANOS_A_MILLI, "ms");
        long checksum = lines + year(calendars);
        begin = System.nanoTime();
        checksum +=
                calendars.names().stream()
                        .flatMap(name -> calendars.calendar(name).stream())
                        .count();
        row("all days of all venues laid out", (System.nanoTime() - begin) / NANOS_A_MILLI, "ms");
        var xnys = calendars.calendar("XNYS").orElseThrow();
        var cme = calendars.calendar("CME-EQUITY").orElseThrow();
        checksum += lookup("phase, XNYS", at -> xnys.phase(at) == Phase.OPEN ? 1 : 0);
        checksum += lookup("phase, CME-EQUITY", at -> cme.phase(at) == Phase.OPEN ? 1 : 0);
        checksum +=
                lookup(
                        "next open, XNYS",
                        at -> xnys.nextOpen(at).map(Instant::getEpochSecond).orElse(0L));
        System.out.println("\nchecksum " + checksum);
    }

    private static long year(Calendars calendars) {
        var millis = new double[ROUNDS];
        long sessions = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (var name : calendars.names()) {
                sessions +=
                        Days.sessions(
                                        calendars.rules(name),
                                        LocalDate.of(2026, 1, 1),
                                        LocalDate.of(2026, 12, 31))
                                .size();
            }
            millis[round] = (System.nanoTime() - begin) / NANOS_A_MILLI;
        }
        row("a year of sessions of all venues, cold (goal: under 50 ms)", millis[0], "ms");
        row("a year of sessions of all venues, warm", median(millis), "ms");
        return sessions;
    }

    private static long lookup(String what, ToLongFunction<Instant> question) {
        var random = new Random(1);
        var moments = new Instant[MOMENTS];
        for (int i = 0; i < MOMENTS; i++) {
            moments[i] =
                    Instant.parse("2015-01-02T00:00:00Z").plusSeconds(random.nextInt(400_000_000));
        }
        var nanos = new double[ROUNDS];
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (var at : moments) {
                sum += question.applyAsLong(at);
            }
            nanos[round] = (double) (System.nanoTime() - begin) / MOMENTS;
        }
        row(what + " at a random moment (goal: under 1,000 ns)", median(nanos), "ns");
        return sum;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void row(String what, double value, String unit) {
        System.out.printf("| %s | %.1f %s |%n", what, value, unit);
    }
}
